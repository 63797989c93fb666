package mojibake

import (
	"unicode"
	"unicode/utf8"
)

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
