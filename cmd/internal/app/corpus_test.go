package app

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// repository is where the goldens of all packages are.
const repository = "../../.."

// corpus copies Markdown and pages of the packages' test data, and all Markdown
// below CLIPMEND_CORPUS if that is set, into a folder, and returns how many.
func corpus(t *testing.T, to string, ends ...string) int {
	t.Helper()
	n := 0
	add := func(root, within string) {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() && (strings.HasPrefix(entry.Name(), ".") && path != root || entry.Name() == "script") {
				return fs.SkipDir
			}
			wanted := false
			for _, end := range ends {
				wanted = wanted || strings.HasSuffix(path, end)
			}
			if !wanted || !entry.Type().IsRegular() || !strings.Contains(path, within) {
				return nil
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			n++
			return os.WriteFile(filepath.Join(to, fmt.Sprintf("%d %s", n, entry.Name())), text, 0o644)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	add(repository, "testdata")
	if more := os.Getenv("CLIPMEND_CORPUS"); more != "" {
		add(more, "")
	}
	return n
}

func hashes(t *testing.T, dir string) map[string][32]byte {
	t.Helper()
	all := map[string][32]byte{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		all[path] = sha256.Sum256(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// run runs the command, which may report notes that it leaves alone.
func runMain(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := Main(append([]string{"clipmend"}, args...), nil, &out, &errs); code != exitDone && code != exitPartial {
		t.Fatalf("%q ended with %d: %s", args, code, &errs)
	}
	return out.String() + errs.String()
}

func changed(before, after map[string][32]byte) (paths []string) {
	for path := range maps.Keys(after) {
		if was, known := before[path]; !known || was != after[path] {
			paths = append(paths, path)
		}
	}
	for path := range before {
		if _, left := after[path]; !left {
			paths = append(paths, path)
		}
	}
	return paths
}

// TestTwiceIsOnce cleans and clips all goldens: the second run changes no byte,
// and undo gives every byte back.
func TestTwiceIsOnce(t *testing.T) {
	for _, test := range []struct {
		name string
		ends []string
		args func(corpus, vault string) []string
	}{
		{"clean", []string{".md"}, func(corpus, _ string) []string { return []string{"clean", "--write", corpus} }},
		{"clip", []string{".md", ".html"}, func(corpus, vault string) []string { return []string{"clip", corpus, "--vault", vault} }},
	} {
		t.Run(test.name, func(t *testing.T) {
			from, notes := t.TempDir(), t.TempDir()
			t.Setenv("CLIPMEND_STATE", t.TempDir())
			t.Setenv("CLIPMEND_CONFIG", os.DevNull)
			count := corpus(t, from, test.ends...)
			written := notes
			if test.name == "clean" {
				written = from
			}
			before := hashes(t, written)
			first := runMain(t, test.args(from, notes)...)
			once := hashes(t, written)
			if len(changed(before, once)) == 0 {
				t.Fatalf("nothing was changed: %s", first)
			}
			second := runMain(t, test.args(from, notes)...)
			if again := changed(once, hashes(t, written)); len(again) > 0 {
				t.Errorf("the second run changed %q: %s", again, second)
			}
			runMain(t, "undo", "--vault", written)
			if left := changed(before, hashes(t, written)); len(left) > 0 {
				t.Errorf("undo left %d, such as %q", len(left), left[0])
			}
			t.Logf("%d files, %d changed", count, len(changed(before, once)))
		})
	}
}
