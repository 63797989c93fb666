// Package place puts files into a folder that other programs write to at the
// same time, without losing what they wrote.
//
// A new file is linked to its name in one step that fails if the name is taken.
// A file is replaced by exchanging it with the new one; what was displaced is
// kept under a temporary name until it is certain that nobody writes to it any
// more. Where the system has no exchange, the nearest thing is done; see
// [Tree.Exchange]. Every name is confined to the folder by os.Root, and a name
// with a component that begins with a dot is refused.
package place

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"github.com/clipmend/clipmend/vault/merge"
)

// MaxFile bounds in bytes the files that are read. A note is far smaller.
const MaxFile = 64 << 20

// Reasons for leaving a file alone. Errors of this package wrap them.
var (
	ErrName     = errors.New("the name is not allowed in a vault")
	ErrSymlink  = errors.New("it is a symbolic link")
	ErrHardLink = errors.New("it has another hard link, which replacing it would cut off")
	ErrReadOnly = errors.New("it is read-only")
	ErrSpecial  = errors.New("it is no regular file")
	ErrTooLarge = errors.New("it is too large for a note")
	ErrOwner    = errors.New("it belongs to another user")
	ErrInUse    = errors.New("another program has it open for writing")
)

// A Tree is a folder to write to.
type Tree struct {
	root   *os.Root
	before func(op, name string) error
}

// Open opens a folder. If before is not nil, it is called before every step
// that changes the disk, and an error from it stands for the step's failure:
// tests of crashes and bad disks use it.
func Open(dir string, before func(op, name string) error) (*Tree, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	if before == nil {
		before = func(string, string) error { return nil }
	}
	return &Tree{root: root, before: before}, nil
}

// Close closes the folder.
func (t *Tree) Close() error { return t.root.Close() }

// FS gives the folder for reading.
func (t *Tree) FS() fs.FS { return t.root.FS() }

// CheckName returns an error that wraps ErrName unless name is a clean relative
// slash path without dot components.
func CheckName(name string) error {
	if !fs.ValidPath(name) || name == "." || strings.ContainsAny(name, "\\\x00") {
		return fmt.Errorf("%q: %w", name, ErrName)
	}
	for component := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(component, ".") {
			return fmt.Errorf("%q: %w", name, ErrName)
		}
	}
	return nil
}

// Read returns a regular file's bytes. A symbolic link is not followed.
func (t *Tree) Read(name string) ([]byte, error) {
	if err := t.checkKind(name); err != nil {
		return nil, err
	}
	file, err := t.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, MaxFile+1))
	if err == nil && len(text) > MaxFile {
		err = fmt.Errorf("%s: %w", name, ErrTooLarge)
	}
	if err != nil {
		return nil, err
	}
	return text, nil
}

// Hash returns the hash of a file's bytes, the absent one if there is no file.
func (t *Tree) Hash(name string) (merge.Hash, error) {
	text, err := t.Read(name)
	if errors.Is(err, fs.ErrNotExist) {
		return merge.Hash{}, nil
	}
	if err != nil {
		return merge.Hash{}, err
	}
	return merge.HashOf(text), nil
}

func (t *Tree) checkKind(name string) error {
	info, err := t.root.Lstat(name)
	switch {
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink != 0:
		return fmt.Errorf("%s: %w", name, ErrSymlink)
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s: %w", name, ErrSpecial)
	case info.Size() > MaxFile:
		return fmt.Errorf("%s: %w", name, ErrTooLarge)
	}
	return nil
}

// Writable says why a file must not be created or replaced, nil if it may be.
// Permissions count even for a user whom the system lets pass.
func (t *Tree) Writable(name string) error {
	if err := CheckName(name); err != nil {
		return err
	}
	info, err := t.root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return t.dirWritable(path.Dir(name))
	}
	if err != nil {
		return err
	}
	if err := t.checkKind(name); err != nil {
		return err
	}
	if info.Mode().Perm()&0o200 == 0 {
		return fmt.Errorf("%s: %w", name, ErrReadOnly)
	}
	if links(info) > 1 {
		return fmt.Errorf("%s: %w", name, ErrHardLink)
	}
	return t.dirWritable(path.Dir(name))
}

// dirWritable checks the nearest folder that exists.
func (t *Tree) dirWritable(dir string) error {
	info, err := t.root.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist) && dir != ".":
		return t.dirWritable(path.Dir(dir))
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s: is not a folder", dir)
	case info.Mode().Perm()&0o200 == 0:
		return fmt.Errorf("folder %s: %w", dir, ErrReadOnly)
	}
	return nil
}

// tempPrefix begins the name of every temporary file. Obsidian does not show
// files that begin with a dot.
const tempPrefix = ".clipmend-"

// TempName returns a new temporary name in the folder of name.
func TempName(name string) string {
	return path.Join(path.Dir(name), tempPrefix+rand.Text()+".tmp")
}

// IsTemp reports whether a path is a name that TempName makes.
func IsTemp(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(base, tempPrefix) && strings.HasSuffix(base, ".tmp")
}

// WriteTemp writes text to a new file temp, with the mode, owner and extended
// attributes of the file like, if there is one, and with keepTime its modification
// time. Missing folders are made.
func (t *Tree) WriteTemp(temp, like string, text []byte, keepTime bool) error {
	if err := t.before("mkdir", path.Dir(temp)); err != nil {
		return err
	}
	if err := t.root.MkdirAll(path.Dir(temp), 0o777); err != nil {
		return err
	}
	if err := t.before("create", temp); err != nil {
		return err
	}
	file, err := t.root.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	err = t.fill(file, temp, like, text)
	if err == nil && keepTime {
		err = t.copyTime(temp, like)
	}
	if err == nil {
		err = syncOne(file)
	}
	return errors.Join(err, file.Close())
}

// fill writes in two halves, so that tests can stop between them.
func (t *Tree) fill(file *os.File, temp, like string, text []byte) error {
	for _, half := range [][]byte{text[:len(text)/2], text[len(text)/2:]} {
		if err := t.before("write", temp); err != nil {
			return err
		}
		if _, err := file.Write(half); err != nil {
			return err
		}
	}
	return t.copyLooks(file, like)
}

// copyTime gives the file temp the modification time of like, if there is one.
func (t *Tree) copyTime(temp, like string) error {
	info, err := t.root.Stat(like)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return t.root.Chtimes(temp, time.Time{}, info.ModTime())
}

// copyLooks gives file the mode, owner and attributes of like.
func (t *Tree) copyLooks(file *os.File, like string) error {
	from, err := t.root.Open(like)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer from.Close()
	info, err := from.Stat()
	if err != nil {
		return err
	}
	if err := copyOwner(file, info); err != nil {
		return fmt.Errorf("%s: %w", like, err)
	}
	if err := file.Chmod(info.Mode().Perm()); err != nil {
		return err
	}
	return copyAttributes(file, from)
}

// Create gives the file temp its name. It fails with an error that wraps
// fs.ErrExist if the name is taken, and changes nothing then.
func (t *Tree) Create(temp, name string) error {
	if err := t.before("link", name); err != nil {
		return err
	}
	return t.renameNew(temp, name)
}

// Exchange puts the file temp in the place of name; afterwards temp is what
// name was. On Linux and macOS that is one step of the system. On Windows, and
// on file systems that cannot exchange, the old file is first kept under a
// second name: there a save that replaces the file in the microseconds between
// the two steps can be lost.
func (t *Tree) Exchange(temp, name string) error {
	if err := t.before("exchange", name); err != nil {
		return err
	}
	return t.exchange(temp, name)
}

// Remove removes a file.
func (t *Tree) Remove(name string) error {
	if err := t.before("remove", name); err != nil {
		return err
	}
	return t.root.Remove(name)
}

// Withdraw moves name to the new name temp, where it can be looked at before it
// is removed.
func (t *Tree) Withdraw(name, temp string) error {
	if err := t.before("withdraw", name); err != nil {
		return err
	}
	return t.renameNew(name, temp)
}

// Sync makes everything written so far durable.
func (t *Tree) Sync() error {
	if err := t.before("sync", "."); err != nil {
		return err
	}
	return t.syncTree()
}

// Idle returns nil if no program has the file open for writing, an error that
// wraps ErrInUse if one has, and one that wraps errors.ErrUnsupported where the
// system cannot tell.
func (t *Tree) Idle(name string) error {
	file, err := t.root.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	return idle(file)
}

// parent opens the folder of a and b, confined to the tree, so that the system
// can be given plain names in it.
func (t *Tree) parent(a, b string) (*os.File, error) {
	if path.Dir(a) != path.Dir(b) {
		return nil, fmt.Errorf("%s and %s are not in one folder", a, b)
	}
	return t.root.Open(path.Dir(a))
}
