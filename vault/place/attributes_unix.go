//go:build linux || darwin

package place

import (
	"bytes"
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// copyAttributes copies extended attributes: Finder's tags, access lists. What
// the file system or the system's policy does not let a user set is left out.
func copyAttributes(to, from *os.File) error {
	size, err := unix.Flistxattr(int(from.Fd()), nil)
	if err != nil || size == 0 {
		return nil
	}
	names := make([]byte, size)
	if size, err = unix.Flistxattr(int(from.Fd()), names); err != nil {
		return nil
	}
	for name := range bytes.SplitSeq(bytes.TrimSuffix(names[:size], []byte{0}), []byte{0}) {
		err := copyAttribute(int(to.Fd()), int(from.Fd()), string(name))
		if err != nil && !errors.Is(err, unix.EPERM) && !errors.Is(err, unix.ENOTSUP) && !errors.Is(err, unix.EACCES) {
			return err
		}
	}
	return nil
}

func copyAttribute(to, from int, name string) error {
	size, err := unix.Fgetxattr(from, name, nil)
	if err != nil {
		return err
	}
	value := make([]byte, size)
	if size, err = unix.Fgetxattr(from, name, value); err != nil {
		return err
	}
	return os.NewSyscallError("fsetxattr", unix.Fsetxattr(to, name, value[:size], 0))
}
