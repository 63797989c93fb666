package place

import (
	"errors"
	"fmt"
	"os"
	"path"

	"golang.org/x/sys/unix"
)

func (t *Tree) renameNew(from, to string) error {
	err := t.rename2(from, to, unix.RENAME_NOREPLACE)
	if !cannot(err) {
		return err
	}
	if err := t.root.Link(from, to); err != nil {
		return err
	}
	return t.root.Remove(from)
}

func (t *Tree) exchange(temp, name string) error {
	err := t.rename2(temp, name, unix.RENAME_EXCHANGE)
	if !cannot(err) {
		return err
	}
	return t.exchangeByLink(temp, name)
}

// cannot reports whether a file system does not know the kind of rename.
func cannot(err error) bool {
	return errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.ENOTSUP)
}

func (t *Tree) rename2(from, to string, flags uint) error {
	dir, err := t.parent(from, to)
	if err != nil {
		return err
	}
	defer dir.Close()
	fd := int(dir.Fd())
	if err := unix.Renameat2(fd, path.Base(from), fd, path.Base(to), flags); err != nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	return nil
}

// idle asks for a read lease, which the kernel grants only while nobody has the
// file open for writing.
func idle(file *os.File) error {
	_, err := unix.FcntlInt(file.Fd(), unix.F_SETLEASE, unix.F_RDLCK)
	switch {
	case err == nil:
		_, err = unix.FcntlInt(file.Fd(), unix.F_SETLEASE, unix.F_UNLCK)
		return err
	case errors.Is(err, unix.EAGAIN):
		return fmt.Errorf("%s: %w", file.Name(), ErrInUse)
	}
	return fmt.Errorf("%s: %w", file.Name(), errors.ErrUnsupported)
}

func syncOne(*os.File) error { return nil }

func (t *Tree) syncTree() error {
	dir, err := t.root.Open(".")
	if err != nil {
		return err
	}
	defer dir.Close()
	return os.NewSyscallError("syncfs", unix.Syncfs(int(dir.Fd())))
}
