package main

import "unicode/utf8"

// fold maps characters as the model does.
func fold(r rune) rune {
	switch {
	case r >= '0' && r <= '9':
		return '0'
	case r == '\t':
		return ' '
	}
	return r
}

// symbols turns the texts into one stream of symbols, and tells how often each
// came.
func symbols(training []text) (stream []uint16, a alphabet, occurs []float64) {
	seen, size := map[rune]int{'\n': 2}, 0
	for _, t := range training {
		for _, l := range t.lines {
			for _, r := range l {
				seen[fold(r)]++
				size++
			}
			size += 2
		}
	}
	a = newAlphabet(seen)
	occurs = make([]float64, len(a.runes))
	stream = make([]uint16, 0, size)
	for _, t := range training {
		first, last := start, a.of['\n']
		if t.words || t.spaced {
			first, last = gap, gap
		}
		for i, l := range t.lines {
			if t.words && (i%4 == 0 || t.lines[i-1] != l) { // lines begin with words
				r, _ := utf8.DecodeRuneInString(l)
				if s, ok := a.of[fold(r)]; ok {
					stream = append(stream, start, s)
				}
			}
			stream = append(stream, first)
			for _, r := range l {
				s, ok := a.of[fold(r)]
				if !ok {
					s = gap
				}
				stream = append(stream, s)
			}
			stream = append(stream, last)
		}
	}
	for _, s := range stream {
		if s > gap {
			occurs[s]++
		}
	}
	return stream, a, occurs
}

// at returns the probability of a key, or a floor for one below the cut-off,
// which only words that lines never hold have.
func (e *estimate) at(key uint64) float64 {
	if i := e.find(key); i >= 0 {
		return e.p[i]
	}
	return 1e-6
}
