package main

import (
	"math"
	"unicode"
)

// A group is a set of characters that may share classes: a script, or a kind of
// sign. Its classes are consecutive.
type group struct {
	name    string
	classes int // how many the exchange may tell apart; one more is for the unseen
	has     func(r rune) bool
}

func in(t ...*unicode.RangeTable) func(rune) bool {
	return func(r rune) bool { return unicode.In(r, t...) }
}

func between(lo, hi rune) func(rune) bool { return func(r rune) bool { return r >= lo && r <= hi } }

func letters(t *unicode.RangeTable, upper bool) func(rune) bool {
	return func(r rune) bool { return unicode.Is(t, r) && unicode.IsUpper(r) == upper }
}

// groups are asked in order; the last has everything.
func groups() []group {
	return []group{
		{"line", 1, func(r rune) bool { return r == 0 || r == '\n' }},
		{"control", 0, between(1, 31)},
		{"c1", 0, between(0x7F, 0x9F)},
		{"space", 1, between(' ', ' ')},
		{"nbsp", 1, between(0xA0, 0xA0)},
		{"digit", 1, between('0', '9')},
		{"ascii", 8, func(r rune) bool { return r < 0x80 && !unicode.IsLetter(r) }},
		{"ascii lower", 8, between('a', 'z')},
		{"ascii upper", 4, between('A', 'Z')},
		{"han", 78, func(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }},
		{"hangul", 14, between(0xAC00, 0xD7A3)},
		{"hiragana", 6, in(unicode.Hiragana)},
		{"half kana", 1, between(0xFF61, 0xFF9F)},
		{"katakana", 6, in(unicode.Katakana)},
		{"vietnamese lower", 2, func(r rune) bool { return r >= 0x1EA0 && r <= 0x1EFF && unicode.IsLower(r) }},
		{"latin lower", 8, letters(unicode.Latin, false)},
		{"latin upper", 4, letters(unicode.Latin, true)},
		{"cyrillic lower", 6, letters(unicode.Cyrillic, false)},
		{"cyrillic upper", 3, letters(unicode.Cyrillic, true)},
		{"greek lower", 3, letters(unicode.Greek, false)},
		{"greek upper", 2, letters(unicode.Greek, true)},
		{"arabic", 4, in(unicode.Arabic)},
		{"hebrew", 2, in(unicode.Hebrew)},
		{"thai", 4, in(unicode.Thai)},
		{"devanagari", 4, in(unicode.Devanagari)},
		{"bengali", 1, in(unicode.Bengali)},
		{"gujarati", 1, in(unicode.Gujarati)},
		{"tamil", 1, in(unicode.Tamil)},
		{"telugu", 1, in(unicode.Telugu)},
		{"malayalam", 1, in(unicode.Malayalam)},
		{"khmer", 1, in(unicode.Khmer)},
		{"georgian", 1, in(unicode.Georgian)},
		{"armenian", 1, in(unicode.Armenian)},
		{"latin-1 signs", 3, between(0xA1, 0xBF)},
		{"marks", 1, between(0x300, 0x36F)},
		{"format", 1, in(unicode.Cf)},
		{"quotes and dashes", 5, between(0x2010, 0x203E)},
		{"currency", 1, in(unicode.Sc)},
		{"arrows and mathematics", 1, between(0x2190, 0x23FF)},
		{"boxes", 1, between(0x2500, 0x259F)},
		{"shapes", 1, between(0x25A0, 0x2BFF)},
		{"wide signs", 5, between(0x3000, 0x303F)},
		{"wide forms", 4, between(0xFF00, 0xFF60)},
		{"mathematical letters", 0, between(0x1D400, 0x1D7FF)},
		{"emoji", 0, between(0x1F300, 0x1FAFF)},
		{"private", 0, in(unicode.Co)},
		{"replacement", 0, between(0xFFFD, 0xFFFD)},
		{"rare han", 0, in(unicode.Han)},
		{"other letters", 1, in(unicode.L, unicode.M)},
		{"other signs", 1, in(unicode.S, unicode.P, unicode.N, unicode.Z)},
		{"unassigned", 0, func(rune) bool { return true }},
	}
}

// classing puts every character into a class.
type classing struct {
	of      []uint8 // by rune
	n       []float64
	groupOf []int     // by class: index in groups
	size    []float64 // members of a class
	members []float64 // occurrences in a class
}

// classify makes the classes from how often each symbol came; within a group by
// turns, the frequent first, for the exchange to better.
func classify(occurs []float64, a alphabet) *classing {
	c := &classing{of: make([]uint8, unicode.MaxRune+1), n: make([]float64, unicode.MaxRune+1)}
	gs := groups()
	first := make([]int, len(gs))
	for i, g := range gs {
		first[i] = len(c.groupOf)
		for range g.classes + 1 {
			c.groupOf = append(c.groupOf, i)
		}
	}
	c.size, c.members = make([]float64, len(c.groupOf)), make([]float64, len(c.groupOf))
	for s, r := range a.runes {
		c.n[r] += occurs[s]
	}
	turn := make([]int, len(gs))
	for r := range rune(unicode.MaxRune + 1) {
		g := 0
		for !gs[g].has(r) {
			g++
		}
		class := first[g] + gs[g].classes
		if c.n[r] > 0 && gs[g].classes > 0 {
			class = first[g] + turn[g]%gs[g].classes
			turn[g]++
		}
		c.of[r] = uint8(class)
		c.size[class]++
		c.members[class] += c.n[r]
	}
	return c
}

// logMember is log P(character | its class).
func (c *classing) logMember(r rune) float64 {
	class := c.of[r]
	const unseen = .05
	return math.Log((c.n[r] + unseen) / (c.members[class] + unseen*c.size[class]))
}

// recount tells the characters of a class apart by how often each came second
// in a pair.
func (c *classing) recount(t tally, a alphabet) {
	clear(c.n)
	clear(c.members)
	for i, k := range t.keys {
		r := a.runes[k&0xFFFF]
		c.n[r] += t.n[i]
		c.members[c.of[r]] += t.n[i]
	}
}
