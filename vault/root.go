package vault

import (
	"errors"

	"github.com/clipmend/clipmend/vault/books"
)

// forgetOldRoot forgets the notes that are missing from a folder that was made
// anew where the vault was: nobody deleted them one by one.
func (v *Vault) forgetOldRoot() error {
	now := rootIdentity(v.dir)
	if now == "" || v.notes.root == "" || now == v.notes.root {
		return nil
	}
	var missing []string
	for path := range v.notes.byPath {
		if hash, err := v.tree.Hash(path); err == nil && hash.Absent() {
			missing = append(missing, path)
		}
	}
	var errs []error
	for _, path := range missing {
		r := books.Record{Op: books.OpNote, Path: path}
		v.notes.replay(r)
		if v.journal != nil {
			errs = append(errs, v.journal.Append(r))
		}
	}
	return errors.Join(errs...)
}
