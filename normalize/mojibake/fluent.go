package mojibake

import (
	"unicode"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// How fluent a text must be, in mean nats for each of its characters outside
// ASCII, and how many nats each of those that were misread must bring.
const (
	fluentHan    = -9.5
	fluentLetter = -7.6
	listedHan    = -6 // the same if no character comes twice, as in lists of letters
	listedLetter = -4.2
	perHan       = 5.5
	certainGain  = 9
)

// fluentEnough reports whether right may be what somebody wrote in the encoding
// src, if each misread character brings gain; listed says that none of them
// comes twice.
func fluentEnough(m scorer, src charset, right string, gain float32, listed bool) bool {
	var s plausible.State
	var w, sum float32
	letters, latins, han, n := 0, 0, 0, 0
	for _, r := range right {
		w, s = m.Step(s, r)
		if r < 0x80 {
			continue
		}
		sum += w
		n++
		switch {
		case eastern(r):
			han++
		case latin(r):
			latins++
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if src.name == utf8Name {
		return letters > 0
	}
	floor, need := float32(fluentLetter), float32(0)
	switch {
	case 2*han > n && listed:
		floor, need = listedHan, perHan
	case 2*han > n:
		floor, need = fluentHan, perHan
	case 2*latins > n:
		return false // convincing asks for more
	case listed:
		floor = listedLetter
	}
	return gain >= certainGain || gain >= need && sum >= floor*float32(n)
}

// oddKinds counts the different characters of the sample outside ASCII.
func oddKinds(sample []oddWindow) int {
	kinds := make(map[rune]bool)
	for _, w := range sample {
		for _, r := range w.text {
			if r >= 0x80 {
				kinds[r] = true
			}
		}
	}
	return len(kinds)
}
