package plausible

import (
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Texts in Unicode's normalization form D have accents as characters of their own, which
// few texts do. There an accent is as much likelier or less as the letter with it, as one
// character, is than the letter without.
const costDecomposed = -4 // nats of such an accent, else

// Combining accents, of which most letters with accents are made.
const (
	firstAccent = 0x300
	lastAccent  = 0x345
)

// composed returns how likely accent is after s as a part of the last letter, and the
// state after that letter with it; false if there is none.
func (m *Model) composed(s State, accent rune) (logP float32, next State, ok bool) {
	letter, ok := compositions()[[2]rune{s.last, accent}]
	if !ok {
		return 0, s, false
	}
	var before State
	if s.kept.n() > 0 {
		before.last = s.before
	}
	with, next := m.Step(before, letter)
	without, _ := m.Step(before, s.last)
	return min(0, with-without) + costDecomposed, next, true
}

// compositions holds the letters that a letter and an accent make.
var compositions = sync.OnceValue(func() map[[2]rune]rune {
	all := make(map[[2]rune]rune)
	var room [utf8.UTFMax]byte
	for r := rune(0xC0); r < 0x2000; r++ {
		text := utf8.AppendRune(room[:0], r)
		parts := norm.NFD.Properties(text).Decomposition()
		accent, size := utf8.DecodeLastRune(parts)
		if parts == nil || accent < firstAccent || accent > lastAccent || !norm.NFC.IsNormal(text) {
			continue
		}
		if letter := []rune(string(norm.NFC.Bytes(parts[:len(parts)-size]))); len(letter) == 1 {
			all[[2]rune{letter[0], accent}] = r
		}
	}
	return all
})
