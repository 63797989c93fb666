package vault

import (
	"fmt"

	"github.com/clipmend/clipmend/vault/merge"
)

// PlanResolve plans to end the conflict at path with the text that a person
// decided on: theirs to keep the note as it is, ours, or another. The clip then
// counts as dealt with. Texts of the conflict are read with [Vault.Text].
func (v *Vault) PlanResolve(path string, text []byte) (*Plan, error) {
	known := v.notes.byPath[path]
	if known == nil || known.Conflict == nil {
		return nil, fmt.Errorf("vault: resolve %s: no conflict waits", path)
	}
	_, disk, err := v.readNow(path)
	if err != nil {
		return nil, fmt.Errorf("vault: resolve: %w", err)
	}
	next := known.Note
	next.Base, next.Conflict, next.Disk = known.Conflict.Ours, nil, merge.HashOf(text)
	change := Change{Path: path, Why: []string{"decided"}, Before: disk, base: known.Conflict.Theirs, note: &next}
	return v.planDecided(change, text)
}
