package mojibake

import (
	"unicode"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// Most words are seldom seen with a capital, and few in capitals, so that how they go on is
// known better of small letters.
const (
	costAsSmall = 1 // nats
	wordReach   = 3 // letters on either side by which a word is known
)

// asSmall returns by how much likelier r, a capital at a place of the answer, is if its word may
// be as likely as in small letters.
func (u *undoer) asSmall(r rune, at int) float32 {
	a := u.answer.runes
	if !unicode.IsUpper(r) {
		return 0
	}
	before, after := a[max(0, at-wordReach):at], a[at+1:min(len(a), at+1+wordReach)]
	opens := len(before) == 0 || !unicode.IsLetter(before[len(before)-1])
	switch {
	case opens && len(after) > 0 && unicode.IsLower(after[0]):
		// What the word begins with says nothing: small letters begin no lines.
		_, capital := u.spells(nil, r, after, false)
		_, small := u.spells(nil, r, after, true)
		return logAdd(capital, small-costAsSmall) - capital
	case !opens && unicode.IsUpper(before[len(before)-1]) || len(after) > 0 && unicode.IsUpper(after[0]):
		capital, _ := u.spells(before, r, after, false)
		small, _ := u.spells(before, r, after, true)
		return logAdd(capital, small-costAsSmall) - capital
	}
	return 0
}

// spells returns how likely r with what comes after it is behind what stands before, and how likely
// what comes after it is then by itself.
func (u *undoer) spells(before []rune, r rune, after []rune, small bool) (both, rest float32) {
	step := func(s plausible.State, r rune) (float32, plausible.State) {
		if small {
			r = unicode.ToLower(r)
		}
		return u.l.m.Step(s, r)
	}
	_, s := step(plausible.State{}, ' ')
	for _, b := range before {
		_, s = step(s, b)
	}
	w, s := step(s, r)
	for _, b := range after {
		var more float32
		more, s = step(s, b)
		rest += more
	}
	return w + rest, rest
}
