package source_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/source"
)

// write makes a folder of the given files and returns its path.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// lines opens the sources and gives a line for each clip, error and notice,
// with dir taken out.
func lines(t *testing.T, dir string, o source.Options, sources ...string) []string {
	t.Helper()
	var got []string
	for c, err := range source.Open(t.Context(), sources, o) {
		line := fmt.Sprintf("%s %s %q", c.Origin, c.MediaType, c.Body)
		switch {
		case ingest.IsNotice(err):
			line = "notice " + err.Error()
		case err != nil:
			line = "error " + err.Error()
		}
		if dir != "" {
			line = strings.ReplaceAll(line, dir+string(filepath.Separator), "")
		}
		got = append(got, line)
	}
	return got
}

func check(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestFolder(t *testing.T) {
	dir := write(t, map[string]string{
		"b.html":          "<!doctype html><p>b",
		"a/2.md":          "two",
		"a/1.txt":         "one",
		"a/notes.conf":    "x = 1",
		"a.md":            "# A",
		"pixel.png":       "\x89PNG\r\n\x1a\n\x00\x00",
		"z-empty.html":    "",
		".obsidian/x.md":  "not ours",
		"a/.hidden.md":    "not ours",
		"program":         "\x7fELF\x00\x00\x01",
		"page-as-txt.txt": "<html><p>told by content",
	})
	if err := os.Symlink(filepath.Join(dir, "a.md"), filepath.Join(dir, "link.md")); err != nil {
		t.Skip(err)
	}
	check(t, lines(t, dir, source.Options{}, dir),
		`a/1.txt text/plain "one"`,
		`a/2.md text/markdown "two"`,
		`a.md text/markdown "# A"`,
		`b.html text/html "<!doctype html><p>b"`,
		`notice link.md: not a clip: a symbolic link, not followed`,
		`page-as-txt.txt text/html "<html><p>told by content"`,
		`error z-empty.html: empty`,
		`notice a/notes.conf: not a clip: text/plain`,
		`notice pixel.png: not a clip: image/png`,
		`notice program: not a clip: application/octet-stream`,
	)
}

func TestNamedFiles(t *testing.T) {
	dir := write(t, map[string]string{
		"a.conf":     "named, so wanted",
		"big.txt":    strings.Repeat("x", 2048),
		"photo.jpg":  "\xff\xd8\xff\xe0\x00",
		"old.arc":    "filedesc://x.arc 0.0.0.0 2010 text/plain 76\n",
		"dir/dot/.x": "hidden",
	})
	in := func(name string) string { return filepath.Join(dir, name) }
	check(t, lines(t, dir, source.Options{Limits: ingest.Limits{Clip: 1024}},
		in("missing.md"), in("a.conf"), in("big.txt"), in("photo.jpg"), in("old.arc"), in("dir")),
		`error missing.md: stat: no such file or directory`,
		`a.conf text/plain "named, so wanted"`,
		`error big.txt: too large: over the limit of 1 KiB`,
		`error photo.jpg: not a clip: image/jpeg`,
		`error old.arc: ARC archive (convert it to WARC): not supported`,
		`error dir: folder with no files: empty`,
	)
}

func TestStandardInput(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"", `error -: empty`},
		{"plain", `- text/plain "plain"`},
		{"---\ntitle: x\n---\nbody", `- text/markdown "---\ntitle: x\n---\nbody"`},
		{"\xef\xbb\xbf<!-- c -->\n<p>x", `- text/html "\ufeff<!-- c -->\n<p>x"`},
		{"<\x00p\x00>\x00x\x00", `- text/html "<\x00p\x00>\x00x\x00"`},
		{strings.Repeat("x", 65), `error -: too large: over the limit of 64 bytes`},
	} {
		o := source.Options{Stdin: strings.NewReader(test.in), Limits: ingest.Limits{Clip: 64}}
		check(t, lines(t, "", o, "-"), test.want)
	}
}

func TestUnreadableFolderEntry(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root can read everything")
	}
	dir := write(t, map[string]string{"a.md": "a", "b.md": "b"})
	if err := os.Chmod(filepath.Join(dir, "a.md"), 0); err != nil {
		t.Fatal(err)
	}
	check(t, lines(t, dir, source.Options{}, dir),
		`error a.md: openat: permission denied`, `b.md text/markdown "b"`)
}

func TestStopsEarlyAndOnCancel(t *testing.T) {
	dir := write(t, map[string]string{"a.md": "a", "b.md": "b", "c.md": "c"})
	for range source.Open(t.Context(), []string{dir, dir}, source.Options{}) {
		break
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n, last := 0, error(nil)
	for _, err := range source.Open(ctx, []string{dir}, source.Options{}) {
		n, last = n+1, err
		cancel()
	}
	if n != 2 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d results, last %v; want one clip and the reason", n, last)
	}
}

// What a watch finds is judged as what a folder holds.
func TestFound(t *testing.T) {
	dir := write(t, map[string]string{"page.html": "<p>x", "page_files/ad.html": "<p>ad", "i.png": "\x89PNG\r\n\x1a\n"})
	in := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	check(t, lines(t, dir, source.Options{Found: true}, in("page_files/ad.html"), in("page.html"), in("i.png")),
		`page.html text/html "<p>x"`, `notice i.png: not a clip: image/png`)
	check(t, lines(t, dir, source.Options{}, in("page_files/ad.html")), `page_files/ad.html text/html "<p>ad"`)
}
