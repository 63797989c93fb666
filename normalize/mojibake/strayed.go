package mojibake

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// rarePage is the price, in nats, from which on few texts were read by a code page.
const rarePage = 9

// stray reports whether what stands in text from i to end, which is read as one
// character, stands where no word has it.
func (l *lossless) stray(text []rune, i, end int) bool {
	before, after := runeAt(text, i-1), runeAt(text, end)
	lead := text[i]
	if unicode.IsUpper(lead) && asciiLower(before) {
		return l.p.prior < rarePage || !unicode.IsLower(text[i+1]) // as names in camel case have it
	}
	if unicode.IsUpper(lead) && latin(lead) {
		switch {
		case unicode.IsLower(before) && latin(before):
			return true
		case unicode.IsUpper(before) && unicode.IsUpper(runeAt(text, i-2)), !unicode.IsLower(after), !unicode.IsLower(runeAt(text, end+1)):
			return false // as a brand has
		case slices.ContainsFunc(text[i+1:end], cuts):
			return true
		}
	}
	if l.p.alien && !asciiLetter(before) && !asciiLetter(after) {
		return false
	}
	if boxed(lead) {
		return boxedIn(text, i, end)
	}
	for k := i; k < end; k++ {
		r, next := text[k], runeAt(text, k+1)
		switch {
		case r < 0xA0:
			if asciiLower(before) || asciiLower(after) {
				return true
			}
		case unicode.IsUpper(r) && !latin(r) && !asciiLetter(before), unicode.Is(unicode.Cf, r):
		case (r == 'ª' || r == 'º') && asciiLower(next):
			return true
		case (unicode.IsLetter(r) || unicode.IsLetter(next)) && misplaced(text, k):
			return true
		}
	}
	return false
}

// boxedIn reports whether the box drawing at i and what stands behind it up to end are
// part of a word.
func boxedIn(text []rune, i, end int) bool {
	before, after := runeAt(text, i-1), runeAt(text, end)
	switch {
	case !boxed(text[i+1]):
		return asciiLetter(before) || asciiLower(after) && asciiLower(runeAt(text, end+1)) && !beginsLine(text, i)
	case end != i+2 || !asciiLetter(before) || !asciiLower(after):
		return false
	}
	return asciiLetter(runeAt(text, i-2)) || asciiLower(runeAt(text, end+1))
}

// beginsLine reports whether nothing but blanks stands before place i in its line.
func beginsLine(text []rune, i int) bool {
	for i > 0 && (text[i-1] == ' ' || text[i-1] == '\t') {
		i--
	}
	return i == 0 || text[i-1] == '\n'
}

func asciiLower(r rune) bool { return r >= 'a' && r <= 'z' }

// cuts reports whether r, behind a letter, ends its word.
func cuts(r rune) bool {
	return !unicode.In(r, unicode.L, unicode.M, unicode.Pd) && !strings.ContainsRune("‘’“„«·…", r)
}

// joint reports whether a sign of those in text from i to end stands right between letters,
// or one that is no punctuation right before them.
func joint(text []rune, i, end int) bool {
	for k := i; k < end; k++ {
		before, r := runeAt(text, k-1), text[k]
		if !unicode.In(r, unicode.L, unicode.M) && unicode.IsLower(runeAt(text, k+1)) && (unicode.IsLetter(before) || before == ' ' && unicode.Is(unicode.S, r)) {
			return true
		}
	}
	return false
}

func boxed(r rune) bool { return r >= 0x2500 && r < 0x25A0 }

// runeAt returns the character of text at place i, a blank where there is none.
func runeAt(text []rune, i int) rune {
	if i < 0 || i >= len(text) {
		return ' '
	}
	return text[i]
}

// tears reports whether the i-th character of text is none that texts have, or a letter
// beside one of another script.
func tears(text []rune, i int) bool {
	r, before, after := text[i], runeAt(text, i-1), runeAt(text, i+1)
	switch {
	case rarity(r) >= noCharacter:
		return true
	case unicode.Is(unicode.Mn, r):
		return !unicode.In(before, unicode.L, unicode.M) || before < 0x80 && !composes(before, r)
	case !unicode.IsLetter(r) || neutral(r):
		return false
	}
	return otherScript(r, before) && !neutral(before) || otherScript(r, after) && !neutral(after)
}

// composes reports whether there is a letter that is base with mark.
func composes(base, mark rune) bool {
	return utf8.RuneCountInString(norm.NFC.String(string([]rune{base, mark}))) == 1
}

// neutral reports whether r is a letter that letters of any script may stand beside.
func neutral(r rune) bool { return eastern(r) || unicode.Is(unicode.Lm, r) || r == 'µ' }
