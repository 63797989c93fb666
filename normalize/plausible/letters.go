package plausible

import (
	"math/bits"
	"slices"
	"unicode"
)

// letters are the characters that n-grams have, in an order that both ends of
// the packing of n-grams know: those of a small script stand together, Han and
// Hangul begin with the frequent ones.
type letters struct {
	runes         []rune
	class, member []uint8
	wide          int    // the first of Han and Hangul
	follow        []byte // -log P(class | class before) in sixteenths, numClasses in a row
}

const maxLetters = 1 << 16 // of which the trainer tells no more apart

// lettersOf returns the letters of a model, with those of the East or without.
func lettersOf(m *Model, follow []byte, east bool) *letters {
	popular := popularity(follow)
	known := make([]bool, len(m.chars)/256) // pages with letters
	for i, c := range m.chars {
		known[i/256] = known[i/256] || c.backoff != unseen
	}
	var keys []uint64 // what the order goes by, above the character
	for p, page := range m.page {
		if !known[page] {
			continue
		}
		for i, c := range m.chars[int(page)<<8:][:256] {
			if c.backoff == unseen {
				continue
			}
			r := rune(p<<8 | i)
			if !east && eastern(r) {
				continue
			}
			script, rarity := 0, 0
			if r >= 0x2E80 { // before the Han and Hangul
				script = wideScript(r)
			}
			if script > 0 {
				rarity = rarest + int(c.member)*eighths - popular[c.class]*sixteens
			}
			keys = append(keys, uint64(script)<<60|uint64(rarity)<<24|uint64(r))
		}
	}
	slices.Sort(keys)
	keys = keys[:min(len(keys), maxLetters)]
	l := &letters{wide: len(keys), follow: follow}
	for i, k := range keys {
		r := rune(k & (1<<24 - 1))
		if k>>60 > 0 {
			l.wide = min(l.wide, i)
		}
		c := m.char(r)
		l.runes, l.class, l.member = append(l.runes, r), append(l.class, c.class), append(l.member, c.member)
	}
	return l
}

// wideScript tells Han, Hangul and all other scripts, which is 0.
func wideScript(r rune) int {
	switch {
	case unicode.Is(unicode.Han, r):
		return 1
	case unicode.Is(unicode.Hangul, r):
		return 2
	}
	return 0
}

// An eighth of a power of two is 1.386 sixteenths of a power of e.
const (
	eighths  = 1000
	sixteens = 1386
	rarest   = 1 << 20 // more than a class can be popular
)

// popularity tells how often each class follows others, all of which count the
// same: the logarithm in eighths of a power of two. It is found with integers,
// so that it is the same everywhere.
func popularity(follow []byte) (popular [numClasses]int) {
	var sum [numClasses]uint32
	for i, p := range follow {
		const powerOfTwo = 11 // sixteenths of a power of e
		sum[i%numClasses] += 1 << 20 >> (p / powerOfTwo)
	}
	for c, n := range sum {
		length := bits.Len32(n)
		popular[c] = length * 8
		if length >= 4 {
			popular[c] += int(n >> (length - 4) & 7)
		}
	}
	return popular
}

// expected tells how likely a letter is after another by their classes alone, in
// steps; the likeliest have 0.
func (l *letters) expected(before, letter int) int {
	cost := int(l.follow[int(l.class[before])*numClasses+int(l.class[letter])]) + int(l.member[letter])
	return min(cost/expectedStep, numExpected-1)
}

const (
	expectedStep = 12 // sixteenths of a nat
	numExpected  = 16
)
