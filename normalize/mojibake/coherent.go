package mojibake

import (
	"strings"
	"unicode"
)

// Bounds on the evidence that a text was written in another encoding.
const (
	transcodeOdd   = 4   // characters outside ASCII, at least
	transcodeLatin = 12  // the same if the answer's letters are Latin too
	maxMixed       = .15 // share of letters that touch one of another script
)

// typographic reports whether all that text has outside ASCII are the quotes
// and dashes of print, each beside a letter: what an encoding of the East gives
// a text in English.
func typographic(text string) bool {
	last, signs, beside := ' ', 0, 0
	for _, r := range text {
		if r >= 0x80 {
			if !strings.ContainsRune("‘’“”–—…", r) {
				return false
			}
			signs++
		}
		if r >= 0x80 && asciiLetter(last) || last >= 0x80 && asciiLetter(r) {
			beside++
		}
		last = r
	}
	return signs > 0 && beside >= signs
}

// varied reports whether the sample, or what it is read as, has enough kinds
// of characters outside ASCII to be words: not a table's lines, nor a sign that
// comes again and again.
func varied(sample []oddWindow, right string) bool {
	kinds := make(map[rune]bool)
	letters, odd := 0, 0
	for _, w := range sample {
		for _, r := range w.text {
			if r < 0x80 {
				continue
			}
			kinds[r] = true
			odd++
			if unicode.IsLetter(r) || r < 0x2190 && r != '·' {
				letters++
			}
		}
	}
	if 2*letters <= odd {
		return false
	}
	meant := make(map[rune]bool)
	for _, r := range right {
		if r >= 0x80 {
			meant[r] = true
		}
	}
	return max(len(kinds), len(meant)) >= transcodeOdd
}

// eastern reports whether r is a character of Chinese, Japanese or Korean.
func eastern(r rune) bool { return r >= 0x3000 && r < 0xD7B0 || r >= 0xFF00 && r < 0xFFF0 }

// coherent reports whether text may be what odd misread characters meant:
// words of one script, and more evidence where that script is Latin.
func coherent(text string, odd int) bool {
	if odd < transcodeOdd {
		return false
	}
	mixed, foreign, signs, alone := 0, 0, 0, 0
	var last rune
	for _, r := range text {
		if eastern(r) {
			signs++
			if !eastern(last) {
				alone++
			}
		}
		if unicode.IsLetter(r) && r >= 0x80 && !unicode.Is(unicode.Latin, r) {
			foreign++
			if unicode.Is(unicode.Latin, last) && !eastern(r) {
				mixed++
			}
		} else if foreign > 0 && unicode.Is(unicode.Latin, r) && unicode.IsLetter(last) && !unicode.Is(unicode.Latin, last) {
			mixed++
		}
		last = r
	}
	if foreign*2 < odd/2 && odd < transcodeLatin {
		return false
	}
	if signs > 0 && signs*2 < alone*3 {
		return false // of such words, most have two characters
	}
	return float32(mixed) <= maxMixed*float32(foreign)
}
