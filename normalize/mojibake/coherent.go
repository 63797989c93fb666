package mojibake

import (
	"slices"
	"strings"
	"unicode"
)

// Bounds on the evidence that a text was written in another encoding.
const (
	transcodeOdd   = 4   // characters outside ASCII, at least
	listedInOrder  = 5   // letters, each behind those before it
	listedPairs    = 4   // of a capital and its small letter, one after another
	transcodeLatin = 12  // the same if the answer's letters are Latin too
	maxMixed       = .15 // share of letters that touch one of another script
)

// typographic reports whether all that e's right text has outside ASCII are the
// quotes and dashes of print, each beside a letter: what an encoding of the East
// gives a text in English. An inverted exclamation mark before a sign, which it
// was taken for, stands nowhere else.
func typographic(e explanation) bool {
	last, signs, beside := ' ', 0, 0
	for _, r := range e.right {
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
	return signs > 0 && (beside >= signs || allInverted(e.used))
}

// allInverted reports whether all that the sample has outside ASCII are inverted
// exclamation marks, each with a sign behind it.
func allInverted(sample []oddWindow) bool {
	return !slices.ContainsFunc(sample, func(w oddWindow) bool {
		open := false
		for _, r := range w.runes {
			sign := r >= 0x80 && strings.ContainsRune("ª\u00ad®¯°±", r)
			if open != sign || r >= 0x80 && !sign && r != '¡' {
				return true
			}
			open = r == '¡'
		}
		return open
	})
}

// varied reports whether the sample, or what it is read as, has enough kinds
// of characters outside ASCII to be words: not a table's lines, nor a sign that
// comes again and again.
func varied(sample []oddWindow, right string) bool {
	letters, odd := 0, 0
	for _, w := range sample {
		for _, r := range w.runes {
			if r < 0x80 {
				continue
			}
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
	return max(oddKinds(sample), len(meant)) >= transcodeOdd
}

// altered returns in how many kinds of characters the sample and what it is read
// as differ: those that encodings have in common show nothing.
func altered(sample []oddWindow, right string) int {
	kinds := make(map[rune]bool)
	meant := []rune(right)
	for _, w := range sample {
		for _, r := range w.runes {
			if len(meant) == 0 {
				return oddKinds(sample) // of another length, so that all differs
			}
			if r != meant[0] {
				kinds[r] = true
			}
			meant = meant[1:]
		}
	}
	if len(meant) > 0 {
		return oddKinds(sample)
	}
	return len(kinds)
}

// alphabet reports whether text lists letters, each as a capital and as a small
// one: what stands side by side there says nothing.
func alphabet(text []byte) bool {
	var last rune
	pairs := 0
	for i, r := range []rune(string(text)) {
		switch {
		case unicode.IsUpper(last) && unicode.ToLower(last) == r:
			if pairs++; pairs == listedPairs {
				return true
			}
		case i > 0 && !unicode.IsUpper(r):
			pairs = 0
		}
		last = r
	}
	return false
}

// inOrder reports whether what the sample has outside ASCII, but for signs of money, are
// letters in the order of their code: a list of those that a language has.
func inOrder(sample []oddWindow) bool {
	n, last := 0, rune(0)
	for _, w := range sample {
		for _, r := range w.runes {
			switch {
			case r < 0x80 || unicode.Is(unicode.Sc, r):
			case r <= last || !unicode.IsLetter(r):
				return false
			default:
				n, last = n+1, r
			}
		}
	}
	return n >= listedInOrder
}

// lonely reports whether most letters of text that are not Latin stand by
// themselves: lists of letters and of signs are read as such, and words are not.
func lonely(text string) bool {
	letters, alone := 0, 0
	foreign := func(r rune) bool { return r >= 0x80 && unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) }
	runes := []rune(text)
	for i, r := range runes {
		if !foreign(r) {
			continue
		}
		letters++
		if (i == 0 || !foreign(runes[i-1])) && (i+1 == len(runes) || !foreign(runes[i+1])) {
			alone++
		}
	}
	return 2*alone > letters
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
	return float32(mixed) <= maxMixed*float32(foreign) && cased(text)
}
