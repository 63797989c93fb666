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
	runes   []rune
	chars   []char
	wide    int    // the first of Han and Hangul
	classes []byte // as in Model
}

const maxLetters = 1 << 16 // of which the trainer tells no more apart

// lettersOf returns the letters of a model, with those of the East or without.
func lettersOf(m *Model, east bool) *letters {
	keys := letterKeys(m, east)
	l := &letters{wide: len(keys), runes: make([]rune, len(keys)), chars: make([]char, len(keys)), classes: m.classes}
	for i, k := range keys {
		r := rune(k & (1<<24 - 1))
		if k>>60 > 0 {
			l.wide = min(l.wide, i)
		}
		l.runes[i], l.chars[i] = r, m.char(r)
	}
	return l
}

// letterKeys returns what the letters go by, in order: their script, their rarity and
// the character.
func letterKeys(m *Model, east bool) []uint64 {
	popular := popularity(m.classes)
	known := make([]bool, len(m.chars)/256) // pages with letters
	for i := range m.chars {
		if m.chars[i].backoff != unseen {
			known[i/256] = true
		}
	}
	keys := make([]uint64, 0, 1<<14)
	for p, page := range m.page {
		first := rune(p << 8)
		if !known[page] || !east && eastern(first) && eastern(first|0xFF) {
			continue
		}
		for i, c := range m.chars[int(page)<<8:][:256] {
			r := first | rune(i)
			if c.backoff == unseen || !east && eastern(r) {
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
	return keys[:min(len(keys), maxLetters)]
}

// members are the letters of each group.
func (l *letters) members() [][]uint16 {
	var size [numGroups]int
	for _, c := range l.chars {
		size[c.group]++
	}
	all, out := make([]uint16, len(l.chars)), make([][]uint16, numGroups)
	for group, n := range size {
		out[group], all = all[:0:n], all[n:]
	}
	for i, c := range l.chars {
		out[c.group] = append(out[c.group], uint16(i))
	}
	return out
}

// wideScript tells Han, Hangul and all other scripts, which is 0.
func wideScript(r rune) int {
	switch {
	case r >= 0x4E00 && r < 0xA000, unicode.Is(unicode.Han, r): // most are there
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

// expected tells how likely letters are after another by their classes alone, in
// steps; the likeliest have 0.
type expected []byte // as in Model, by the class of the letter

func (l *letters) expectedAfter(letter int) expected {
	return l.classes[int(l.chars[letter].class)*numClasses:][:numClasses]
}

func (e expected) of(c char) int {
	return min((int(e[c.class])+int(c.member))/expectedStep, numExpected-1)
}

const (
	expectedStep = 12 // sixteenths of a nat
	numExpected  = 16
)
