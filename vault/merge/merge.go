// Package merge holds the vault's pure decisions: what to do given three
// hashes, and how to join three texts. It reads and writes nothing.
package merge

import "bytes"

// wordLimit is the size in bytes (base, ours and theirs together) up to which
// a conflicting hunk is tried again word by word. Longer hunks were rewritten
// as a whole; joining their words would invent sentences.
const wordLimit = 64 << 10

// A Hunk is a place where ours and theirs changed the same part of base in
// different ways. The slices point into the texts given to [Merge].
type Hunk struct {
	Base, Ours, Theirs []byte
}

// Merge joins two texts that were both made from base. Where only one side
// changed, the change is taken; where both made the same change, it is taken
// once; where they differ, the hunk is compared again word by word, so that a
// repaired letter and a person's new clause on one line both survive.
//
// If nothing is left in dispute, merged is the joined text, byte for byte from
// the three (never nil), and conflicts is nil. Otherwise merged is nil and
// conflicts lists what a person has to decide: no conflict marker is ever made.
// Time is linear in the texts but for a bounded factor; the inputs are not kept
// by merged and not changed.
func Merge(base, ours, theirs []byte) (merged []byte, conflicts []Hunk) {
	switch {
	case bytes.Equal(ours, theirs), bytes.Equal(base, theirs):
		return append([]byte{}, ours...), nil
	case bytes.Equal(base, ours):
		return append([]byte{}, theirs...), nil
	}
	merged = make([]byte, 0, max(len(ours), len(theirs)))
	for _, p := range diff3(lines(base), lines(ours), lines(theirs)) {
		if p.conflict {
			text, ok := mergeWords(p)
			if !ok {
				conflicts = append(conflicts, Hunk{p.base, p.ours, p.theirs})
				continue
			}
			p.text = text
		}
		merged = append(merged, p.text...)
	}
	if conflicts != nil {
		return nil, conflicts
	}
	return merged, nil
}

// mergeWords joins a conflicting part word by word, if all of it can be.
func mergeWords(p part) ([]byte, bool) {
	size := len(p.base) + len(p.ours) + len(p.theirs)
	if len(p.base) == 0 || len(p.ours) == 0 || len(p.theirs) == 0 || size > wordLimit {
		return nil, false
	}
	text := []byte{}
	for _, w := range diff3(words(p.base), words(p.ours), words(p.theirs)) {
		if w.conflict {
			return nil, false
		}
		text = append(text, w.text...)
	}
	return text, true
}

// A part is a stretch of a merge: settled text, or three versions in dispute.
type part struct {
	conflict           bool
	text               []byte
	base, ours, theirs []byte
}

// diff3 splits three token lists into parts: runs that all three share, and
// between them stretches where at least one side differs.
func diff3(base, ours, theirs tokens) []part {
	ids := intern(base, ours, theirs)
	toOurs, toTheirs := match(ids[0], ids[1]), match(ids[0], ids[2])
	var parts []part
	var o, a, b int // position in base, ours, theirs
	for {
		end := o
		for end < base.len() && toOurs[end] == a+end-o && toTheirs[end] == b+end-o {
			end++
		}
		if end > o {
			parts = append(parts, part{text: base.slice(o, end)})
			a, b, o = a+end-o, b+end-o, end
		}
		if o == base.len() && a == ours.len() && b == theirs.len() {
			return parts
		}
		for end < base.len() && (toOurs[end] < 0 || toTheirs[end] < 0) {
			end++
		}
		endA, endB := ours.len(), theirs.len()
		if end < base.len() {
			endA, endB = toOurs[end], toTheirs[end]
		}
		parts = append(parts, settle(base.slice(o, end), ours.slice(a, endA), theirs.slice(b, endB)))
		o, a, b = end, endA, endB
	}
}

// settle decides a stretch where not all three agree.
func settle(base, ours, theirs []byte) part {
	switch {
	case bytes.Equal(ours, theirs), bytes.Equal(base, theirs):
		return part{text: ours}
	case bytes.Equal(base, ours):
		return part{text: theirs}
	}
	return part{conflict: true, base: base, ours: ours, theirs: theirs}
}
