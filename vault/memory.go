package vault

import (
	"path/filepath"

	"github.com/clipmend/clipmend/vault/books"
)

// Memory returns the part of the books where a caller may remember what it made
// of clips, so that it need not make it again to see that nothing changed. It
// knows nothing where the journal knows of no run: books that lost their journal
// are those of a new vault. Close closes it.
func (v *Vault) Memory() (*books.Memory, error) {
	if v.memory != nil {
		return v.memory, nil
	}
	m, err := books.OpenMemory(filepath.Join(v.state, "memory"), v.options.ReadOnly)
	if err != nil {
		return nil, err
	}
	v.memory = m
	if len(v.notes.runs) == 0 {
		err = m.Forget()
	}
	return m, err
}
