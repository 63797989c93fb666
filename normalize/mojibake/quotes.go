package mojibake

import (
	"unicode"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// printedStep is m.Step for what may be a quote of print, behind the character before.
func printedStep(m scorer, s plausible.State, before, r rune) (float32, plausible.State) {
	w, next := m.Step(s, r)
	if turned(before, r) {
		if p, after := m.Step(s, plausible.Typewritten(r)); p-plausible.Typeset > w {
			return p - plausible.Typeset, after
		}
	}
	return w, next
}

// turned reports whether r is a quote that opens behind a blank, or one that closes behind another
// ASCII character.
func turned(before, r rune) bool {
	opens := before == 0 || before == '(' || isBlank(before)
	switch r {
	case '‘', '“':
		return opens
	case '’', '”':
		return !opens && ascii(before)
	}
	return false
}

// What speaks against a quote, in nats.
const (
	costMidword = -5 // it stands between letters, where an apostrophe does
	costAlone   = -5 // it stands between blanks, where a dash does
	costLow     = -3 // it opens below the line in text without letters outside ASCII
)

// quote returns what the characters on both sides of a place of the answer, and the letters of
// the document, speak for the quote r.
func (u *undoer) quote(text []byte, r rune, at int) (bonus float32) {
	if r < '‘' || r > '„' {
		return 0
	}
	before, after := u.answer.at(at-1), u.answer.at(at+1)
	switch {
	case isBlank(before) && isBlank(after):
		bonus = costAlone
	case r != '’' && unicode.IsLetter(before) && unicode.IsLetter(after):
		bonus = costMidword
	}
	if r == '„' && u.orthography(text).english {
		bonus += costLow
	}
	return bonus
}

// at returns the character at a place, or right behind the answer as it stands; a line's end
// before it, and where no text follows.
func (a *answer) at(i int) rune {
	switch {
	case i >= 0 && i < len(a.runes):
		return a.runes[i]
	case i < 0 || len(a.after) == 0:
		return '\n'
	}
	r, _ := utf8.DecodeRune(a.after)
	return r
}
