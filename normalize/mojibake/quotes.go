package mojibake

import (
	"unicode"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// costPrinted is what a quote of print costs, in nats, where a typewriter's may stand: the model
// has seen more of those.
const costPrinted = 2

// printedStep is m.Step for what may be a quote of print, behind the character before.
func printedStep(m scorer, s plausible.State, before, r rune) (float32, plausible.State) {
	w, next := m.Step(s, r)
	if plain := typed(before, r); plain != 0 {
		if p, after := m.Step(s, plain); p-costPrinted > w {
			return p - costPrinted, after
		}
	}
	return w, next
}

// typed returns what a typewriter has for the quote r, if r opens behind a blank or closes
// behind another ASCII character; 0 for all others.
func typed(before, r rune) rune {
	if r < '‘' || r > '”' {
		return 0
	}
	opens := before == 0 || before == '(' || isBlank(before)
	closes := !opens && ascii(before)
	switch {
	case r == '‘' && opens, r == '’' && closes:
		return '\''
	case r == '“' && opens, r == '”' && closes:
		return '"'
	}
	return 0
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
