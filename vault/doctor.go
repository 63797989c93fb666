package vault

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/clipmend/clipmend/vault/books"
)

// A Finding is something wrong with the books or left over in the vault.
type Finding struct {
	What   string `json:"what"`
	Mended bool   `json:"mended"`
}

// Doctor checks the books: every line of the journal, every text against its
// hash, temporary files. With mend, which a read-only vault does not allow, it
// removes damaged and left-over files; a lost text can no longer be undone to
// or merged from, which the vault then says where it matters. A lost journal is
// begun anew with the notes that can be told from what is left.
func (v *Vault) Doctor(ctx context.Context, mend bool) ([]Finding, error) {
	if mend && v.options.ReadOnly {
		return nil, ErrReadOnly
	}
	var found []Finding
	for _, err := range v.notes.bad {
		found = append(found, Finding{What: err.Error() + " (skipped)", Mended: true})
	}
	for hash, err := range v.blobs.All() {
		if ctx.Err() != nil {
			return found, ctx.Err()
		}
		if err == nil {
			if _, err = v.blobs.Get(hash); err == nil {
				continue
			}
		}
		finding := Finding{What: err.Error()}
		if leftover, ok := errors.AsType[*books.LeftoverError](err); mend && ok {
			finding.Mended = os.Remove(leftover.Path) == nil
		} else if mend && errors.Is(err, books.ErrDamaged) {
			finding.Mended = v.blobs.Remove(hash) == nil
		}
		found = append(found, finding)
	}
	for path, known := range v.notes.byPath {
		if !known.Gone && !known.Base.Absent() && !v.blobs.Has(known.Base) {
			found = append(found, Finding{What: fmt.Sprintf("%s: the text last written is lost: it cannot be merged any more", path)})
		}
	}
	found = append(found, v.leftovers(mend)...)
	lost, err := v.lostJournal(ctx, mend)
	return append(found, lost...), err
}

// leftovers finds temporary files in the vault.
func (v *Vault) leftovers(mend bool) []Finding {
	var found []Finding
	for temp, r := range v.notes.temps {
		found = append(found, Finding{What: fmt.Sprintf("%s: holds what %s was; a program had it open, or it could not be read", temp, r.Path)})
	}
	for _, temp := range v.unnamed() {
		finding := Finding{What: temp + ": left over by a run that was stopped"}
		if mend {
			finding.Mended = v.sweepOne(temp) == nil
		}
		found = append(found, finding)
	}
	return found
}
