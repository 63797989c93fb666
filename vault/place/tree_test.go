package place

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func newTree(t *testing.T, files map[string]string) (*Tree, string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	tree, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	return tree, dir
}

func wantText(t *testing.T, tree *Tree, name, want string) {
	t.Helper()
	if text, err := tree.Read(name); err != nil || string(text) != want {
		t.Errorf("%s holds %q, %v, want %q", name, text, err, want)
	}
}

func TestCheckName(t *testing.T) {
	for name, legal := range map[string]bool{
		"a.md": true, "a/b c.md": true, "a..b": true,
		"": false, ".": false, "..": false, "../a": false, "a/../b": false, "/a": false, "a//b": false, "a/": false,
		".obsidian/app.json": false, "a/.hidden": false, `a\b`: false, "a\x00b": false,
	} {
		if err := CheckName(name); legal != (err == nil) || err != nil && !errors.Is(err, ErrName) {
			t.Errorf("CheckName(%q) is %v", name, err)
		}
	}
}

func TestExchange(t *testing.T) {
	for how, exchange := range map[string]func(*Tree, string, string) error{
		"by the system": (*Tree).Exchange,
		"by links":      (*Tree).exchangeByLink,
	} {
		t.Run(how, func(t *testing.T) {
			tree, dir := newTree(t, map[string]string{"note.md": "old"})
			temp := TempName("note.md")
			if err := tree.WriteTemp(temp, "note.md", []byte("new"), false); err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(exchange(tree, temp, "note.md"), tree.Reclaim(temp)); err != nil {
				t.Fatal(err)
			}
			wantText(t, tree, "note.md", "new")
			wantText(t, tree, temp, "old")
			if info, err := os.Stat(filepath.Join(dir, "note.md")); err != nil || info.Mode().Perm() != 0o640 {
				t.Errorf("mode %v, %v", info.Mode(), err)
			}
		})
	}
}

func TestCreateRefuses(t *testing.T) {
	tree, _ := newTree(t, map[string]string{"note.md": "theirs"})
	temp := TempName("note.md")
	if err := tree.WriteTemp(temp, "missing.md", []byte("ours"), false); err != nil {
		t.Fatal(err)
	}
	if err := tree.Create(temp, "note.md"); !errors.Is(err, fs.ErrExist) {
		t.Errorf("created over a file: %v", err)
	}
	wantText(t, tree, "note.md", "theirs")
	wantText(t, tree, temp, "ours")
}

// TestConfined holds that no link leads out of the folder.
func TestConfined(t *testing.T) {
	tree, dir := newTree(t, nil)
	outside := t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, "out")); err != nil {
		t.Skip(err)
	}
	if err := tree.WriteTemp(TempName("out/note.md"), "out/note.md", []byte("x"), false); err == nil {
		t.Error("a file was written outside of the folder")
	}
	if entries, _ := os.ReadDir(outside); len(entries) != 0 {
		t.Errorf("%v is outside", entries)
	}
}
