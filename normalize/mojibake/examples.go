package mojibake

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/repair"
)

// demonstrated returns the spans of the words that text shows as examples of what is
// misread: the edits would make of each of them, and of all else that they
// change in the line, a word that the line has beside it.
func demonstrated(text []byte, edits []repair.Edit) []repair.Span {
	var all []repair.Span
	for from := 0; from < len(edits); {
		line := lineAround(text, edits[from].Span)
		to := from + 1
		for to < len(edits) && edits[to].Span.Start < line.End {
			to++
		}
		if words, ok := examples(text, line, edits[from:to]); ok {
			all = append(all, words...)
		}
		from = to
	}
	return all
}

// Bounds of examples.
const (
	maxShown = 8  // words that a line shows
	nearby   = 40 // bytes between one and what it is an example of
)

// examples returns the words of the line that the edits change; false if one of
// them is no example.
func examples(text []byte, line repair.Span, edits []repair.Edit) (words []repair.Span, ok bool) {
	if len(edits) > maxShown {
		return nil, false
	}
	for i := 0; i < len(edits); {
		w := repair.Span{Start: wordStart(text, edits[i].Span.Start)}
		right := slices.Clone(text[w.Start:edits[i].Span.Start])
		for w.End = edits[i].Span.Start; i < len(edits) && edits[i].Span.Start == w.End; i++ {
			next := line.End
			if i+1 < len(edits) {
				next = edits[i+1].Span.Start
			}
			w.End = wordEnd(text[:next], edits[i].Span.End)
			right = append(append(right, edits[i].Now...), text[edits[i].Span.End:w.End]...)
		}
		before, after := text[max(line.Start, w.Start-nearby):w.Start], text[min(w.End, line.End):min(w.End+nearby, line.End)]
		if marked := isMarked(text, w, right); !hasWord(before, right, marked) && !hasWord(after, right, marked) {
			return nil, false
		}
		words = append(words, w)
	}
	return words, true
}

func lineAround(text []byte, s repair.Span) repair.Span {
	l := repair.Span{Start: bytes.LastIndexByte(text[:s.Start], '\n') + 1, End: len(text)}
	if n := bytes.IndexByte(text[s.End:], '\n'); n >= 0 {
		l.End = s.End + n
	}
	return l
}

// isMarked reports whether the word w, which would be right, is one letter, or
// stands in quotes, brackets or a cell of a table: prose repeats words without.
func isMarked(text []byte, w repair.Span, right []byte) bool {
	r, size := utf8.DecodeRune(right)
	return unicode.IsLetter(r) && size == len(right) || marks(text[:w.Start], text[w.End:])
}

// marks reports whether what is between before and after stands in quotes, brackets
// or a cell.
func marks(before, after []byte) bool {
	b, _ := utf8.DecodeLastRune(bytes.TrimRight(before, " "))
	a, _ := utf8.DecodeRune(bytes.TrimLeft(after, " "))
	return isMark(b) && isMark(a)
}

func isMark(r rune) bool {
	return r == '"' || r == '\'' || r == '`' || r == '|' || unicode.In(r, unicode.Ps, unicode.Pe, unicode.Pi, unicode.Pf)
}

// hasWord reports whether text has w with no letter beside it, and in quotes,
// brackets or a cell unless it is marked elsewhere.
func hasWord(text, w []byte, marked bool) bool {
	first, _ := utf8.DecodeRune(w)
	for from := 0; len(w) > 0; {
		i := bytes.Index(text[from:], w)
		if i < 0 {
			return false
		}
		start := from + i
		before, _ := utf8.DecodeLastRune(text[:start])
		after, _ := utf8.DecodeRune(text[start+len(w):])
		if !inWord(before) && !inWord(after) && (marked || marks(text[:start], text[start+len(w):]) || isMark(first)) {
			return true
		}
		from = start + 1
	}
	return false
}

// wordStart returns where the letters before byte at begin.
func wordStart(text []byte, at int) int { return len(bytes.TrimRightFunc(text[:at], inWord)) }

// wordEnd returns where the letters after byte at end.
func wordEnd(text []byte, at int) int { return len(text) - len(bytes.TrimLeftFunc(text[at:], inWord)) }

func inWord(r rune) bool { return unicode.In(r, unicode.L, unicode.M) }
