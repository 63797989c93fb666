//go:build !linux && !darwin

package place

import (
	"errors"
	"io/fs"
	"os"
)

// renameNew links, because os.Root's rename would replace what is there.
func (t *Tree) renameNew(from, to string) error {
	err := t.root.Link(from, to)
	if err == nil {
		return t.root.Remove(from)
	}
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	// FAT has no links: look, then rename.
	if _, missing := t.root.Lstat(to); !errors.Is(missing, fs.ErrNotExist) {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: fs.ErrExist}
	}
	return t.root.Rename(from, to)
}

func (t *Tree) exchange(temp, name string) error { return t.exchangeByLink(temp, name) }
