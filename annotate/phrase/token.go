// Package phrase cuts text into tokens and finds phrases of tokens in it. It
// knows no language and no domain: packs bring the phrases.
package phrase

import (
	"unicode"
	"unicode/utf8"
)

// A Kind says what a token is made of.
type Kind uint8

// The kinds of token. A Number begins with a digit and may end in letters
// ("14.8T"); a Han token is one ideograph; a Mark is any other character.
const (
	Word Kind = iota
	Number
	Han
	Mark
)

// A Gap says what stands between a token and the one before it.
type Gap uint8

// The gaps between tokens. A hyphen counts as a gap only before a letter or digit, and after one or an ideograph.
const (
	None Gap = iota
	Space
	Hyphen
)

// A Token is a piece of text, [Start, End) in bytes.
type Token struct {
	Start, End int
	Kind       Kind
	Gap        Gap
	ID         int32 // of the word in a Set; 0 if no phrase has it
}

// Tokens appends the tokens of text to dst. Words are letters and digits, with
// a dot or comma between digits and a plus sign at the end; a digit after
// letters does not end a word, so "Qwen2.5" is one token. The time is linear
// in the text.
func Tokens(dst []Token, text []byte) []Token {
	gap := None
	for i := 0; i < len(text); {
		r, n := decode(text[i:])
		switch {
		case r <= ' ' || r != '\u3000' && unicode.IsSpace(r) || r == '\u3000' || r == '\ufeff' || r == '\u200b':
			gap = Space
			i += n
		case isHyphen(r) && i > 0 && joins(dst, i) && wordAfter(text[i+n:]):
			gap = Hyphen
			i += n
		default:
			t := Token{Start: i, Gap: gap, Kind: kindOf(r)}
			i += n
			if t.Kind <= Number {
				i = wordEnd(text, i, t.Kind)
			}
			t.End = i
			dst = append(dst, t)
			gap = None
		}
	}
	return dst
}

func decode(b []byte) (rune, int) {
	if b[0] < utf8.RuneSelf {
		return rune(b[0]), 1
	}
	return utf8.DecodeRune(b)
}

func isHyphen(r rune) bool { return r == '-' || r == '_' || r == '\u2010' || r == '\u2011' }

func kindOf(r rune) Kind {
	switch {
	case '0' <= r && r <= '9':
		return Number
	case r < utf8.RuneSelf:
		if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
			return Word
		}
		return Mark
	case IsHan(r):
		return Han
	case unicode.IsLetter(r):
		return Word
	}
	return Mark
}

// IsHan reports whether r is an ideograph.
func IsHan(r rune) bool {
	return '\u4e00' <= r && r <= '\u9fff' || '\u3400' <= r && r <= '\u4dbf' || '\uf900' <= r && r <= '\ufaff'
}

// joins reports whether a hyphen at this place may join what is before it to what follows.
func joins(dst []Token, at int) bool {
	return len(dst) > 0 && dst[len(dst)-1].End == at && dst[len(dst)-1].Kind <= Han
}

func wordAfter(rest []byte) bool {
	if len(rest) == 0 {
		return false
	}
	r, _ := decode(rest)
	return kindOf(r) <= Number
}

func wordEnd(text []byte, i int, kind Kind) int {
	digit := kind == Number
	for i < len(text) {
		r, n := decode(text[i:])
		switch k := kindOf(r); {
		case k == Number:
			digit = true
		case k == Word || k == Mark && unicode.Is(unicode.Mn, r):
			digit = false
		case digit && (r == '.' || r == ',') && i+1 < len(text) && text[i+1] >= '0' && text[i+1] <= '9':
			if r == ',' && (kind != Number || !thousands(text[i+1:])) {
				return i
			}
		case r == '+' && plusEnds(text[i+1:]):
			return i + 1
		default:
			return i
		}
		i += n
	}
	return i
}

// thousands reports whether a comma before rest groups digits: exactly three follow.
func thousands(rest []byte) bool {
	n := 0
	for n < len(rest) && n < 4 && rest[n] >= '0' && rest[n] <= '9' {
		n++
	}
	return n == 3
}

// plusEnds tells the plus of "CodeT5+" and "10B+" from that of a sum.
func plusEnds(rest []byte) bool {
	if len(rest) == 0 {
		return true
	}
	r, _ := decode(rest)
	return kindOf(r) > Number && r != '+'
}
