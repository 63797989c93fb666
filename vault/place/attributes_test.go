//go:build linux

package place

import (
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// TestAttributesStay holds that what a person's programs noted beside a file goes
// over to the file in its place.
func TestAttributesStay(t *testing.T) {
	tree, dir := newTree(t, map[string]string{"note.md": "old"})
	note := filepath.Join(dir, "note.md")
	if err := unix.Setxattr(note, "user.rating", []byte("5"), 0); err != nil {
		t.Skip("the file system keeps no attributes:", err)
	}
	temp := TempName("note.md")
	if err := tree.WriteTemp(temp, "note.md", []byte("new"), false); err != nil {
		t.Fatal(err)
	}
	if err := tree.Exchange(temp, "note.md"); err != nil {
		t.Fatal(err)
	}
	value := make([]byte, 8)
	n, err := unix.Getxattr(note, "user.rating", value)
	if err != nil || string(value[:n]) != "5" {
		t.Errorf("the attribute is %q, %v", value[:max(n, 0)], err)
	}
	wantText(t, tree, "note.md", "new")
}

func TestReadOnlyFolder(t *testing.T) {
	tree, dir := newTree(t, map[string]string{"note.md": "old"})
	if err := unix.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = unix.Chmod(dir, 0o755) }()
	if err := tree.Writable("note.md"); err == nil {
		t.Error("a note in a read-only folder counts as writable")
	}
	if err := tree.Writable("new.md"); err == nil {
		t.Error("a new note in a read-only folder counts as writable")
	}
}
