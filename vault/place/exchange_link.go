package place

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
)

// keptName is where exchangeByLink keeps the old file between its steps.
func keptName(temp string) string {
	return path.Join(path.Dir(temp), tempPrefix+"kept-"+path.Base(temp)[len(tempPrefix):])
}

// exchangeByLink is Exchange in three steps, for file systems without it. The
// old file gets a second name, the new one is renamed over it, and the old one
// takes the temporary name. After a failure between the steps [Tree.Reclaim]
// finds the old file.
func (t *Tree) exchangeByLink(temp, name string) error {
	kept := keptName(temp)
	if err := t.root.Link(name, kept); err != nil {
		return fmt.Errorf("keeping the file that is replaced: %w", err)
	}
	if err := t.root.Rename(temp, name); err != nil {
		return errors.Join(err, t.root.Remove(kept))
	}
	return t.root.Rename(kept, temp)
}

// Reclaim ends what an Exchange of temp left that was stopped between its steps:
// the old file, if it was replaced already, takes the name temp.
func (t *Tree) Reclaim(temp string) error {
	kept := keptName(temp)
	if _, err := t.root.Lstat(kept); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if _, err := t.root.Lstat(temp); err == nil {
		return t.Remove(kept) // a second name only: the file has its own still
	}
	if err := t.before("reclaim", temp); err != nil {
		return err
	}
	return t.root.Rename(kept, temp)
}
