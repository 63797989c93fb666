package watch

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// changes runs do once dir is followed, and returns what is told until last is.
func changes(t *testing.T, dir, last string, do func()) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	var told []string
	for path, err := range Changed(ctx, []string{dir}, Options{Quiet: 100 * time.Millisecond, Ready: func() { go do() }}) {
		if err != nil {
			t.Fatal(path, err)
		}
		name, _ := filepath.Rel(dir, path)
		told = append(told, filepath.ToSlash(name))
		if told[len(told)-1] == last {
			return told
		}
	}
	t.Fatalf("%s was not told, only %q", last, told)
	return nil
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
		t.Error(err)
	}
}

func TestChanged(t *testing.T) {
	tests := []struct {
		name string
		do   func(t *testing.T, dir string)
		want []string
	}{
		{"a save in place, of several steps", func(t *testing.T, dir string) {
			for _, text := range []string{"", "half", "whole"} {
				write(t, dir+"/a.html", text)
			}
		}, []string{"a.html", "z.html"}},
		{"a save by renaming", func(t *testing.T, dir string) {
			write(t, dir+"/a.html~", "new")
			if err := os.Rename(dir+"/a.html~", dir+"/a.html"); err != nil {
				t.Error(err)
			}
		}, []string{"a.html", "z.html"}},
		{"folders that are made together with their files", func(t *testing.T, dir string) {
			write(t, dir+"/new/deep/b.html", "b")
			write(t, dir+"/.hidden/c.html", "c")
		}, []string{"new/deep/b.html", "z.html"}},
		{"what is nobody's text", func(t *testing.T, dir string) {
			for _, name := range []string{".a.html.swp", "4913", "a.sync-conflict-20260101-120000-ABCDEFG.html", "page.html.crdownload", "~$a.docx"} {
				write(t, filepath.Join(dir, name), "x")
			}
		}, []string{"z.html"}},
		{"removed before it was told", func(t *testing.T, dir string) {
			write(t, dir+"/gone.html", "x")
			if err := os.Remove(dir + "/gone.html"); err != nil {
				t.Error(err)
			}
		}, []string{"z.html"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, dir+"/old.html", "untouched")
			got := changes(t, dir, "z.html", func() {
				test.do(t, dir)
				time.Sleep(20 * time.Millisecond)
				write(t, dir+"/z.html", "last")
			})
			if !slices.Equal(got, test.want) {
				t.Errorf("told %q, want %q", got, test.want)
			}
		})
	}
}

func TestChangedEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	for path, err := range Changed(ctx, []string{t.TempDir()}, Options{Ready: cancel}) {
		t.Errorf("told %q, %v", path, err)
	}
	for path, err := range Changed(t.Context(), []string{t.TempDir() + "/missing"}, Options{}) {
		if path != "" || !errors.Is(err, os.ErrNotExist) {
			t.Errorf("told %q, %v", path, err)
		}
	}
}

func TestIgnored(t *testing.T) {
	for name, ignored := range map[string]bool{
		"note.md": false, "a~b.md": false, "Conflict.md": false, "#1 hit.md": false, "temp.md": false,
		"note.md~": true, "#note.md#": true, "Note (Ann's conflicted copy 2026-01-02).md": true, "note_conflict-20260102-101500.md": true,
		"folder/.obsidian": true,
	} {
		if Ignored(name) != ignored {
			t.Errorf("Ignored(%q) is %v", name, !ignored)
		}
	}
}
