package mojibake

import (
	"unicode"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// An agreement knows which endings of words go together. Scorers may be one.
type agreement interface {
	Ending(first, second []rune) float32
}

// maxBetween is the number of characters that may stand between two words.
const maxBetween = 3

// endBefore returns the ending of the word before the one that ends at a place of the answer, nil
// if none does, or it has none.
func (u *undoer) endBefore(at int) []rune {
	a := u.answer.runes
	if _, ok := u.f.m.(agreement); !ok || at == 0 || !spelling(a[at-1]) || spelling(u.answer.at(at+1)) {
		return nil
	}
	i := at
	for i > 0 && spelling(a[i-1]) {
		i--
	}
	n := 0
	for ; i > 0 && !spelling(a[i-1]); i-- {
		if n++; n > maxBetween || a[i-1] == '\n' {
			return nil
		}
	}
	if i < plausible.EndingLetters || !spelling(a[i-plausible.EndingLetters]) {
		return nil
	}
	return a[i-plausible.EndingLetters : i]
}

// ends returns what the ending of the word before speaks for r as the last letter of the word
// at a place of the answer.
func (u *undoer) ends(first []rune, r rune, at int) float32 {
	if first == nil || !spelling(r) {
		return 0
	}
	second := [plausible.EndingLetters]rune{unicode.ToLower(u.answer.runes[at-1]), unicode.ToLower(r)}
	return u.f.m.(agreement).Ending(first, second[:])
}
