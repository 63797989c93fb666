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
	certainGain  = 9 // with which nothing else is asked
	listedSure   = 3 // characters of a list of letters, which must be of the East for that
)

// A makeup tells of a text's characters outside ASCII what they are, and how
// likely all of them are.
type makeup struct {
	sum                               float32 // nats
	n, letters                        int
	han, hangul, half, latins, others int // half: forms of kana, of which two make a character; others: letters
	eastern                           int // of any kind
}

func makeupOf(m scorer, text string) (k makeup) {
	var s plausible.State
	var w float32
	for _, r := range text {
		w, s = m.Step(s, r)
		if r < 0x80 {
			continue
		}
		k.sum += w
		k.n++
		if eastern(r) {
			k.eastern++
		}
		if unicode.IsLetter(r) {
			k.letters++
		}
		switch {
		case unicode.Is(unicode.Hangul, r):
			k.hangul++
		case r >= 0xFF61 && r < 0xFFA0:
			k.half++
		case eastern(r):
			k.han++
		case latin(r):
			k.latins++
		case unicode.IsLetter(r):
			k.others++
		}
	}
	return k
}

// fluentEnough reports whether a text made up like r may be what somebody wrote in
// the encoding src, if each misread character brings gain; listed says that none
// of them comes twice.
func fluentEnough(src charset, r makeup, gain float32, listed bool) bool {
	if src.name == utf8Name {
		return r.letters > 0
	}
	floor, need := float32(fluentLetter), float32(0)
	switch {
	case 2*r.eastern > r.n && listed:
		floor, need = listedHan, perHan
	case 2*r.eastern > r.n:
		floor, need = fluentHan, perHan
	case 2*r.latins > r.n:
		return false // convincing asks for more
	case listed:
		floor = listedLetter
	}
	certain := gain >= certainGain && (!listed || 2*r.eastern > r.n && r.n >= listedSure)
	return certain || gain >= need && r.sum >= floor*float32(r.n)
}

// oddKinds counts the different characters of the sample outside ASCII.
func oddKinds(sample []oddWindow) int {
	kinds := make(map[rune]bool)
	for _, w := range sample {
		for _, r := range w.runes {
			if r >= 0x80 {
				kinds[r] = true
			}
		}
	}
	return len(kinds)
}
