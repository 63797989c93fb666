package mojibake

import (
	"strings"
	"unicode"
)

// maxUpended is the share of words outside ASCII that may not look like words.
const maxUpended = .15

// cased reports whether the words of text look like words, where letters have
// cases: small letters that a capital may begin, or capitals, with no signs in
// their midst. What encodings of one script make of each other, and what a
// language that the model does not know is taken for, does not.
func cased(text string) bool {
	words, upended := 0, 0
	var w wordShape
	for _, r := range text + " " {
		if w.goesOn(r) {
			continue
		}
		if w.foreign {
			words++
			if w.odd || w.small > 0 && (w.rowed || w.run == 0) {
				upended++
			}
		}
		w = wordShape{}
	}
	return float32(upended) <= maxUpended*float32(words)
}

// A wordShape is what the letters of a word look like.
type wordShape struct {
	small, capitals int
	run             int  // small letters since the last capital
	foreign         bool // it has letters outside ASCII
	rowed           bool // a capital stands before another, or after a small letter by itself
	sign            bool // the last character is a sign that words do not have
	odd             bool // such signs stand in its midst
}

// goesOn adds r to the word, and reports whether it is part of it.
func (w *wordShape) goesOn(r rune) bool {
	started := w.small+w.capitals > 0
	switch {
	case unicode.IsUpper(r):
		w.rowed = w.rowed || started && w.run < 2
		w.capitals++
		w.run = 0
	case unicode.IsLower(r):
		w.small++
		w.run++
	case !started || unicode.IsLetter(r):
		return false
	case unicode.In(r, unicode.M, unicode.Cf):
		return true
	case r < 0xA0 || r == '’' || r == '·' || unicode.In(r, unicode.N, unicode.Pd, unicode.Z):
		return false
	default:
		w.sign = true
		return true
	}
	w.odd = w.odd || w.sign
	w.sign = false
	w.foreign = w.foreign || r >= 0x80
	return true
}

// misplaced reports whether the i-th character of text, which is outside ASCII, stands
// where no word has it: a capital behind a small letter, a letter of another script
// among others, or a sign within a word or behind one that it never ends.
func misplaced(text []rune, i int) bool {
	r, before, after := text[i], runeAt(text, i-1), runeAt(text, i+1)
	switch {
	case unicode.IsLetter(r) && (otherScript(r, before) && otherScript(r, after) || otherScript(r, before) && otherScript(r, runeAt(text, i-2))):
		return true
	case unicode.IsUpper(r):
		return unicode.IsLower(before) && !otherScript(r, before)
	case unicode.IsLetter(r):
		return unicode.IsUpper(before) && unicode.IsUpper(after)
	case unicode.IsMark(r) || strings.ContainsRune("’‘'·–—‑\u00ad\u00a0…", r):
		return false
	case unicode.IsLetter(before) && unicode.IsLetter(after):
		return true
	case unicode.IsLetter(before):
		return unicode.In(r, unicode.Sc, unicode.Ps) || boxed(r) || strings.ContainsRune("«‹‚„¿¡ˆ˜¨¯¸´÷±≈∞", r)
	}
	return false
}

// otherScript reports whether r and other are letters of different scripts, of which one is
// Latin.
func otherScript(r, other rune) bool {
	return unicode.IsLetter(other) && unicode.Is(unicode.Latin, r) != latin(other)
}
