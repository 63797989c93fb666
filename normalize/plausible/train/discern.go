package main

import (
	"math"
	"strings"
	"unicode/utf8"
)

// losable are the bytes that some code page leaves undefined, so that texts
// read as it lose them.
const losable = "\x81\x83\x88\x8D\x8E\x8F\x90\x98\x9D\x9E"

// mistakable returns, for each byte of r that may be lost, what else r may be then.
func mistakable(r rune) (sets [][]rune) {
	b := []byte(string(r))
	for i, was := range b {
		if !isLosable(was) {
			continue
		}
		var set []rune
		for j := range len(losable) {
			b[i] = losable[j]
			if other, size := utf8.DecodeRune(b); b[i] != was && size == len(b) {
				set = append(set, other)
			}
		}
		b[i] = was
		sets = append(sets, set)
	}
	return sets
}

// isLosable reports whether b may be lost in the midst of a character.
func isLosable(b byte) bool { return b >= 0x80 && b < 0xC0 && strings.IndexByte(losable, b) >= 0 }

// rivals are, for each symbol, what it may be taken for when one of its bytes is
// lost: a set of symbols for each such byte.
func (a alphabet) rivals() [][][]uint16 {
	out := make([][][]uint16, len(a.runes))
	for s, r := range a.runes {
		for _, others := range mistakable(r) {
			var set []uint16
			for _, other := range others {
				if o, ok := a.of[other]; ok {
					set = append(set, o)
				}
			}
			out[s] = append(out[s], set)
		}
	}
	return out
}

// What an n-gram's likelihood is worth by itself, by which languages and
// encodings are told apart, beside what it is worth where a byte is lost: with a
// character that may lose one, and without.
const (
	touched   = .1
	untouched = .35
)

// discern sets what each n-gram is worth. That is how much likelier it makes
// what it knows than what a lost byte leaves possible in the place of one of its
// characters; and, for less, than all else.
func discern(e *estimate, order int, rivals [][][]uint16) {
	x := newIndex(e.keys)
	// unseen is how often an n-gram that did not come counts as one that came.
	const unseen = .3
	worth := func(i int) float64 {
		n, key := float64(e.counts[i]), e.keys[i]
		likelier := e.worth[i] / n
		share, gain := untouched, 0.0
		for j := range order {
			for _, set := range rivals[key>>(16*j)&0xFFFF] {
				share = touched
				others := 0.0
				for _, o := range set {
					at := x.find(key&^(0xFFFF<<(16*j)) | uint64(o)<<(16*j))
					if at < 0 {
						others += unseen
					} else {
						others += float64(e.counts[at])
					}
				}
				others /= n
				gain += math.Log1p(others*math.Exp(likelier)) - math.Log1p(others)
			}
		}
		return n * (share*likelier + gain)
	}
	for i := range e.keys {
		e.worth[i] = worth(i)
	}
}

// An index finds keys fast: by their hashes, in a table that is half empty.
type index struct {
	keys  []uint64
	slots []uint32 // places in keys, plus one
}

func newIndex(keys []uint64) index {
	n := 1
	for n < 2*len(keys) {
		n *= 2
	}
	x := index{keys, make([]uint32, n)}
	for i, k := range keys {
		at := x.first(k)
		for x.slots[at] != 0 {
			at = (at + 1) & (n - 1)
		}
		x.slots[at] = uint32(i + 1)
	}
	return x
}

func (x index) first(key uint64) int {
	return int(key*0x9E37_79B9_7F4A_7C15>>20) & (len(x.slots) - 1)
}

// find returns the place of a key, or -1.
func (x index) find(key uint64) int {
	for at := x.first(key); x.slots[at] != 0; at = (at + 1) & (len(x.slots) - 1) {
		if i := int(x.slots[at] - 1); x.keys[i] == key {
			return i
		}
	}
	return -1
}
