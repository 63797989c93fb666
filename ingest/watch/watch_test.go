package watch

import (
	"context"
	"errors"
	"fmt"
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
	for paths, err := range Changed(ctx, []string{dir}, Options{Quiet: 100 * time.Millisecond, Ready: func() { go do() }}) {
		if errors.Is(err, ErrGone) {
			told = append(told, "gone")
		} else if err != nil {
			t.Fatal(paths, err)
		}
		for _, path := range paths {
			name, _ := filepath.Rel(dir, path)
			told = append(told, filepath.ToSlash(name))
		}
		if slices.Contains(told, last) {
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
			for _, name := range []string{
				".a.html.swp", "4913", "a.html~", "#a.html#", ".#a.html", "a.html___jb_tmp___", "a.html.tmp", ".goutputstream-ABCDEF", "page.html.crdownload", "~$a.docx",
				"a.sync-conflict-20260101-120000-ABCDEFG.html", "~syncthing~a.html.tmp", "a (Ann's conflicted copy 2026-01-02).html",
				"a (Conflicted copy laptop 202601021200).md", "a_conflict-20260102-101500.html", ".a.html.icloud", "a.html.!sync",
			} {
				write(t, filepath.Join(dir, name), "x")
			}
		}, []string{"z.html"}},
		{"a folder that was moved, then written to", func(t *testing.T, dir string) {
			write(t, dir+"/sub/deep/a.html", "a")
			time.Sleep(400 * time.Millisecond)
			if err := os.Rename(dir+"/sub", dir+"/moved"); err != nil {
				t.Error(err)
			}
			time.Sleep(400 * time.Millisecond)
			write(t, dir+"/moved/deep/a.html", "again")
		}, []string{"sub/deep/a.html", "moved/deep/a.html", "z.html"}},
		{"a folder that was moved away", func(t *testing.T, dir string) {
			away := t.TempDir() + "/away"
			write(t, dir+"/sub/a.html", "a")
			time.Sleep(400 * time.Millisecond)
			if err := os.Rename(dir+"/sub", away); err != nil {
				t.Error(err)
			}
			write(t, away+"/a.html", "not ours")
		}, []string{"sub/a.html", "z.html"}},
		{"the whole folder goes and comes back", func(t *testing.T, dir string) {
			if err := os.Rename(dir, dir+".away"); err != nil {
				t.Error(err)
			}
			time.Sleep(time.Second)
			if err := os.Rename(dir+".away", dir); err != nil {
				t.Error(err)
			}
			time.Sleep(time.Second)
		}, []string{"gone", "old.html", "z.html"}},
		{"another folder in its place", func(t *testing.T, dir string) {
			away := t.TempDir() + "/away"
			if err := os.Rename(dir, away); err != nil {
				t.Error(err)
			}
			write(t, dir+"/new.html", "new")
			time.Sleep(time.Second)
			write(t, away+"/x.html", "not ours")
		}, []string{"new.html", "z.html"}},
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
			got = slices.Compact(got) // on a busy machine one change may be told as two
			if !slices.Equal(got, test.want) {
				t.Errorf("told %q, want %q", got, test.want)
			}
		})
	}
}

func TestChangedEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	for paths, err := range Changed(ctx, []string{t.TempDir()}, Options{Ready: cancel}) {
		t.Errorf("told %q, %v", paths, err)
	}
	for paths, err := range Changed(t.Context(), []string{t.TempDir() + "/missing"}, Options{}) {
		if paths != nil || !errors.Is(err, os.ErrNotExist) {
			t.Errorf("told %q, %v", paths, err)
		}
	}
}

// TestBurst holds that many files at once are told together, each once.
func TestBurst(t *testing.T) {
	const count = 3000
	dir := t.TempDir()
	told, batches := map[string]int{}, 0
	make := func() {
		for i := range count {
			write(t, fmt.Sprintf("%s/%d/%d.html", dir, i%10, i), "x")
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for paths, err := range Changed(ctx, []string{dir + "/"}, Options{Quiet: 200 * time.Millisecond, Ready: func() { go make() }}) {
		if err != nil {
			t.Fatal(err)
		}
		batches++
		for _, path := range paths {
			told[path]++
		}
		if len(told) == count {
			break
		}
	}
	if len(told) != count || batches > count/10 {
		t.Errorf("%d files told in %d batches", len(told), batches)
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
