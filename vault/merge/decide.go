package merge

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// A Hash is the SHA-256 of a file's bytes. The zero Hash means that there is no
// file; an empty file has a hash of its own.
type Hash [sha256.Size]byte

// HashOf returns the hash of a file with these bytes.
func HashOf(text []byte) Hash { return sha256.Sum256(text) }

// Absent reports whether h stands for no file.
func (h Hash) Absent() bool { return h == Hash{} }

// String returns the hash in hexadecimal, "" if absent.
func (h Hash) String() string {
	if h.Absent() {
		return ""
	}
	return hex.EncodeToString(h[:])
}

// MarshalText writes the hash as [Hash.String] does.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (h *Hash) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*h = Hash{}
		return nil
	}
	if len(text) != 2*len(h) {
		return fmt.Errorf("hash of %d characters, not %d", len(text), 2*len(h))
	}
	_, err := hex.Decode(h[:], text)
	return err
}

// A Decision is what to do with one note.
type Decision int

// The decisions. None of them loses a person's text.
const (
	Nothing   Decision = iota // nothing is wanted, nothing is there
	Create                    // write a file where none is
	Unchanged                 // the file is already as wanted
	Replace                   // the file is as it was left: write the new text
	Keep                      // a person changed the file, and nothing new is wanted of it
	Gone                      // a person deleted the file: it stays deleted
	Foreign                   // a file that the books do not know: it is a person's
	Join                      // both changed: merge, with the last text as base
	Remove                    // nothing is wanted any more and the file is as it was left
)

// String names the decision in lower case.
func (d Decision) String() string {
	names := [...]string{"nothing", "create", "unchanged", "replace", "keep", "gone", "foreign", "join", "remove"}
	if d < 0 || int(d) >= len(names) {
		return fmt.Sprintf("decision %d", int(d))
	}
	return names[d]
}

// Decide compares what is wanted, what was last wanted and written, and what is
// on disk. An absent hash means no file: none wanted, none ever written, none
// there.
func Decide(want, last, disk Hash) Decision {
	switch {
	case disk.Absent():
		return decideMissing(want, last)
	case want == disk:
		return Unchanged
	case last.Absent():
		return Foreign
	case want.Absent() && disk == last:
		return Remove
	case disk == last:
		return Replace
	case want == last, want.Absent():
		return Keep
	}
	return Join
}

// decideMissing is Decide where no file is on disk.
func decideMissing(want, last Hash) Decision {
	switch {
	case want.Absent():
		return Nothing
	case last.Absent():
		return Create
	}
	return Gone
}
