package source

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/clipmend/clipmend/ingest"
)

// folder reads the files below a folder, in the order of their names, folder
// by folder, so that the tree is never held in memory. Names that begin with a
// dot are passed over; a symbolic link is not followed, so what it points to is
// read where it lies, if that is in the folder at all.
func (op *opener) folder(path string) bool {
	root, err := os.OpenRoot(path)
	if err != nil {
		return op.out.fail(ingest.Origin{Path: path}, pathless(err))
	}
	defer root.Close()
	found := false
	err = fs.WalkDir(root.FS(), ".", func(rel string, entry fs.DirEntry, err error) error {
		origin := ingest.Origin{Path: filepath.Join(path, filepath.FromSlash(rel))}
		goOn := true
		switch {
		case err != nil:
			found = true
			goOn = op.out.fail(origin, pathless(err))
		case rel == ".":
		case strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case entry.IsDir():
			if pageOf(rel, func(name string) bool { _, err := root.Lstat(filepath.FromSlash(name)); return err == nil }) {
				return fs.SkipDir
			}
		case entry.Type()&fs.ModeSymlink != 0:
			goOn = op.out.notice(origin, fmt.Errorf("%w: a symbolic link, not followed", ingest.ErrNotClip))
		case !entry.Type().IsRegular():
			goOn = op.out.notice(origin, fmt.Errorf("%w: a device, a socket or a pipe", ingest.ErrNotClip))
		default:
			found = true
			goOn = op.entry(root, rel, origin)
		}
		if !goOn {
			return fs.SkipAll
		}
		return nil
	})
	if err != nil {
		return op.out.fail(ingest.Origin{Path: path}, pathless(err))
	}
	if !found && !op.out.stopped {
		return op.out.fail(ingest.Origin{Path: path}, fmt.Errorf("folder with no files: %w", ingest.ErrEmpty))
	}
	return !op.out.stopped && op.ctx.Err() == nil
}

// entry reads one file of a folder. Opening it through root keeps a link that
// was put in its place meanwhile from leading outside.
func (op *opener) entry(root *os.Root, rel string, origin ingest.Origin) bool {
	f, err := root.Open(filepath.FromSlash(rel))
	if err != nil {
		return op.out.fail(origin, pathless(err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return op.out.fail(origin, pathless(err))
	}
	return op.file(f, info, input{origin: origin, near: inRoot(root, rel, op.used), member: filepath.ToSlash(rel)})
}

// pathless takes the path out of an error of the file system: the origin has it.
func pathless(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%s: %w", e.Op, e.Err)
	}
	return err
}
