package merge

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// tokens is a text cut into pieces: piece i is text[starts[i]:starts[i+1]].
type tokens struct {
	text   []byte
	starts []int // ends with len(text)
}

func (t tokens) len() int                  { return len(t.starts) - 1 }
func (t tokens) slice(from, to int) []byte { return t.text[t.starts[from]:t.starts[to]] }

// lines cuts after each line feed, so that every byte is in exactly one line
// and a carriage return stays with its line.
func lines(text []byte) tokens {
	t := tokens{text: text, starts: []int{0}}
	for at := 0; at < len(text); {
		n := bytes.IndexByte(text[at:], '\n') + 1
		if n == 0 {
			n = len(text) - at
		}
		at += n
		t.starts = append(t.starts, at)
	}
	return t
}

// Classes of runes: a run of word runes is one token, so is a run of blanks;
// every other rune stands alone.
const (
	alone = iota
	word
	blank
)

// words cuts into words, runs of blanks and single other runes. Ideographs and
// kana stand alone: their scripts do not space words.
func words(text []byte) tokens {
	t := tokens{text: text, starts: []int{0}}
	previous := alone
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRune(text[at:])
		class := classify(r)
		if at > 0 && (class != previous || class == alone) {
			t.starts = append(t.starts, at)
		}
		previous = class
		at += size
	}
	if len(text) > 0 {
		t.starts = append(t.starts, len(text))
	}
	return t
}

func classify(r rune) int {
	switch {
	case r == ' ' || r == '\t':
		return blank
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer):
		return alone
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
		return word
	}
	return alone
}

// intern gives equal tokens of the three lists equal numbers.
func intern(lists ...tokens) [][]int {
	numbers := map[string]int{}
	ids := make([][]int, len(lists))
	for k, list := range lists {
		ids[k] = make([]int, list.len())
		for i := range ids[k] {
			piece := list.slice(i, i+1)
			n, known := numbers[string(piece)]
			if !known {
				n = len(numbers)
				numbers[string(piece)] = n
			}
			ids[k][i] = n
		}
	}
	return ids
}
