package place

import (
	"errors"
	"os"
	"path"

	"golang.org/x/sys/unix"
)

func (t *Tree) renameNew(from, to string) error {
	err := t.renamex(from, to, unix.RENAME_EXCL)
	if !cannot(err) {
		return err
	}
	if err := t.root.Link(from, to); err != nil {
		return err
	}
	return t.root.Remove(from)
}

func (t *Tree) exchange(temp, name string) error {
	err := t.renamex(temp, name, unix.RENAME_SWAP)
	if !cannot(err) {
		return err
	}
	return t.exchangeByLink(temp, name)
}

// cannot reports whether a file system does not know the kind of rename.
func cannot(err error) bool {
	return errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOTSUP)
}

func (t *Tree) renamex(from, to string, flag uint32) error {
	dir, err := t.parent(from, to)
	if err != nil {
		return err
	}
	defer dir.Close()
	fd := int(dir.Fd())
	if err := unix.RenameatxNp(fd, path.Base(from), fd, path.Base(to), flag); err != nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	return nil
}
