package place

import (
	"fmt"
	"path"
)

// exchangeByLink is Exchange in three steps, for file systems without it. The
// old file gets a second name, the new one is renamed over it, and the old one
// takes the temporary name.
func (t *Tree) exchangeByLink(temp, name string) error {
	kept := path.Join(path.Dir(temp), tempPrefix+"kept-"+path.Base(temp)[len(tempPrefix):])
	if err := t.root.Link(name, kept); err != nil {
		return fmt.Errorf("keeping the file that is replaced: %w", err)
	}
	if err := t.root.Rename(temp, name); err != nil {
		t.root.Remove(kept)
		return err
	}
	return t.root.Rename(kept, temp)
}
