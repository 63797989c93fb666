package app

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/clipmend/clipmend/vault/place"
)

// An output is where the result goes.
type output struct {
	io.Writer
	file *os.File // nil for standard output
	name string   // of the file that is made when all is written; "" for one that was there
}

// output opens what the result is written to, or gives standard output for "". A file
// that exists is not written over, but a device or a pipe is written to. A new one has
// another name until it is whole.
func (s *session) output(name string) (*output, error) {
	if name == "" || name == "-" {
		return &output{Writer: s.out}, nil
	}
	o, err := openOutput(name)
	if err != nil {
		return nil, fmt.Errorf("--output: %w", err)
	}
	if o.name != "" {
		temp := o.file.Name()
		s.unfinished.Store(&temp)
	}
	return o, nil
}

func openOutput(name string) (*output, error) {
	if _, err := os.Lstat(name); err == nil {
		if info, err := os.Stat(name); err != nil || info.Mode().IsRegular() || info.IsDir() {
			return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrExist}
		}
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		return &output{Writer: f, file: f}, err
	}
	temp := filepath.Join(filepath.Dir(name), place.TempName("."))
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		pathErr.Path = name // a person did not name the other one
	}
	return &output{Writer: f, file: f, name: name}, err
}

// end closes the file, and gives a new one its name if it is whole, or takes it away.
func (o *output) end(whole bool) error {
	if o.file == nil {
		return nil
	}
	err := o.file.Close()
	if o.name == "" {
		return err
	}
	temp := o.file.Name()
	if err == nil && whole {
		err = rename(temp, o.name)
	}
	if err != nil || !whole {
		err = errors.Join(err, os.Remove(temp))
	}
	return err
}

// rename gives the file temp a name in its folder that nothing has.
func rename(temp, name string) error {
	dir, err := place.Open(filepath.Dir(name), nil)
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Create(filepath.Base(temp), filepath.Base(name))
}
