package vault

import (
	"cmp"
	"slices"

	"github.com/clipmend/clipmend/vault/books"
)

// A Status is what the books say of a vault.
type Status struct {
	Notes     int             `json:"notes"` // known and not deleted
	Gone      int             `json:"gone"`  // deleted by a person
	Runs      []Run           `json:"runs"`  // oldest first
	Conflicts []PendingMerge  `json:"conflicts"`
	Rescued   map[string]Hash `json:"rescued,omitempty"` // path → a person's text that is only in the books
	BadLines  []string        `json:"bad_lines,omitempty"`
}

// A PendingMerge waits for a person's decision. Its texts are read with
// [Vault.Text].
type PendingMerge struct {
	Path string `json:"path"`
	books.Conflict
}

// Status returns what the books say; it does not look at the notes.
func (v *Vault) Status() Status {
	s := Status{Runs: slices.Clone(v.notes.runs)}
	for path, known := range v.notes.byPath {
		switch {
		case known.Gone:
			s.Gone++
			continue
		case known.Conflict != nil:
			s.Conflicts = append(s.Conflicts, PendingMerge{Path: path, Conflict: *known.Conflict})
		}
		s.Notes++
	}
	slices.SortFunc(s.Conflicts, func(a, b PendingMerge) int { return cmp.Compare(a.Path, b.Path) })
	for _, r := range v.notes.rescued {
		if s.Rescued == nil {
			s.Rescued = map[string]Hash{}
		}
		s.Rescued[r.Path] = r.After
	}
	for _, err := range v.notes.bad {
		s.BadLines = append(s.BadLines, err.Error())
	}
	return s
}

// Text returns a text that the books keep.
func (v *Vault) Text(hash Hash) ([]byte, error) { return v.blobs.Get(hash) }

// Read returns a note as it is, nil if it is not there.
func (v *Vault) Read(path string) ([]byte, error) {
	text, _, err := v.readNow(path)
	return text, err
}

// Wrote reports whether the file at path is as this package left it: a watcher
// uses it to pass over the vault's own writes.
func (v *Vault) Wrote(path string) bool {
	known := v.notes.byPath[path]
	if known == nil || known.Gone {
		return false
	}
	hash, err := v.tree.Hash(path)
	return err == nil && hash == known.Disk
}
