package mojibake

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/clipmend/clipmend/normalize/repair"
)

// surrogates is the rule for surrogates in bytes that are otherwise UTF-8:
// pairs (CESU-8) become the character that they stand for, single ones U+FFFD.
func (f *fixer) surrogates(text []byte) (Step, []repair.Edit) {
	var edits []repair.Edit
	for i := 0; i < len(text); {
		k := bytes.IndexByte(text[i:], 0xED)
		if k < 0 {
			break
		}
		i += k
		if !surrogate(text[i:], 0xA0, 0xBF) {
			i++
			continue
		}
		e := repair.Edit{Rule: ruleSurrogate, Span: repair.Span{Start: i, End: i + 3}, Now: "\uFFFD", Confidence: .99}
		if surrogate(text[i:], 0xA0, 0xAF) && surrogate(text[i+3:], 0xB0, 0xBF) {
			r, _ := decodeBytes(text[i : i+6])
			e.Span.End, e.Now = i+6, string(r)
		}
		edits = append(edits, e)
		i = e.Span.End
	}
	return Step{}, edits
}

// surrogate reports whether b begins with a surrogate whose second byte is from
// lo to hi.
func surrogate(b []byte, lo, hi byte) bool {
	return len(b) >= 3 && b[0] == 0xED && b[1] >= lo && b[1] <= hi && b[2]&0xC0 == 0x80
}

// controls is the rule that removes control characters that text has no use
// for.
func (f *fixer) controls(text []byte) (Step, []repair.Edit) {
	var edits []repair.Edit
	for i, b := range text {
		if b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1B || b == 0x7F {
			if n := len(edits); n > 0 && edits[n-1].Span.End == i {
				edits[n-1].Span.End++
				continue
			}
			edits = append(edits, repair.Edit{Rule: ruleControl, Span: repair.Span{Start: i, End: i + 1}, Confidence: .99})
		}
	}
	return Step{}, edits
}

// terminal is the rule that removes the escape sequences of terminals.
func (f *fixer) terminal(text []byte) (Step, []repair.Edit) {
	var edits []repair.Edit
	for i := 0; i < len(text); {
		k := bytes.IndexByte(text[i:], 0x1B)
		if k < 0 {
			break
		}
		i += k
		end := escapeEnd(text, i)
		edits = append(edits, repair.Edit{Rule: ruleTerminal, Span: repair.Span{Start: i, End: end}, Confidence: .99})
		i = end
	}
	return Step{}, edits
}

// escapeEnd returns the end of the escape sequence at text[at].
func escapeEnd(text []byte, at int) int {
	end := at + 1
	if end == len(text) || text[end] != '[' {
		return end
	}
	for end++; end < len(text) && end < at+32; end++ {
		switch b := text[end]; {
		case b >= '@' && b <= '~':
			return end + 1
		case b < ' ' || b > '~':
			return at + 1
		}
	}
	return at + 1
}

// lineEndings is the rule that gives a file with several kinds of line ending
// one: that of its first line, or \n if that is a lone \r.
func (f *fixer) lineEndings(text []byte) (Step, []repair.Edit) {
	first := bytes.IndexAny(text, "\r\n")
	if first < 0 {
		return Step{}, nil
	}
	want := "\n"
	if strings.HasPrefix(string(text[first:min(first+2, len(text))]), "\r\n") {
		want = "\r\n"
	}
	var edits []repair.Edit
	for i := first; i < len(text); i++ {
		end := i + 1
		switch {
		case text[i] == '\r' && end < len(text) && text[end] == '\n':
			end++
		case text[i] != '\r' && text[i] != '\n':
			continue
		}
		if string(text[i:end]) != want {
			edits = append(edits, repair.Edit{Rule: ruleEnding, Span: repair.Span{Start: i, End: end}, Now: want, Confidence: 1})
		}
		i = end - 1
	}
	return Step{}, edits
}

// nfc is the rule that composes characters by Unicode's normalization form C.
func (f *fixer) nfc(text []byte) (Step, []repair.Edit) {
	var edits []repair.Edit
	var it norm.Iter
	if norm.NFC.IsNormal(text) || !utf8.Valid(text) {
		return Step{}, nil
	}
	it.Init(norm.NFC, text)
	for !it.Done() {
		start := it.Pos()
		now := string(it.Next())
		if end := it.Pos(); now != string(text[start:end]) {
			edits = append(edits, repair.Edit{Rule: ruleNFC, Span: repair.Span{Start: start, End: end}, Now: now, Confidence: 1})
		}
	}
	return Step{}, edits
}

// replacing returns the rule id that replaces single characters by of.
func replacing(id string, of func(rune) (string, bool)) func(*fixer, []byte) (Step, []repair.Edit) {
	return func(_ *fixer, text []byte) (Step, []repair.Edit) {
		var edits []repair.Edit
		for i := indexWild(text, 0); i >= 0 && i < len(text); {
			r, size := utf8.DecodeRune(text[i:])
			if now, ok := of(r); ok {
				edits = append(edits, repair.Edit{Rule: id, Span: repair.Span{Start: i, End: i + size}, Now: now, Confidence: 1})
			}
			if i = indexWild(text, i+size); i < 0 {
				break
			}
		}
		return Step{}, edits
	}
}

// straightQuote returns the ASCII quote for a curly one.
func straightQuote(r rune) (string, bool) {
	switch r {
	case '‘', '’', '‚', '‛', 'ʼ':
		return "'", true
	case '“', '”', '„', '‟':
		return `"`, true
	}
	return "", false
}

// usualWidth returns the usual form of a fullwidth or halfwidth character.
func usualWidth(r rune) (string, bool) {
	if r == 0x3000 {
		return " ", true
	}
	if r < 0xFF01 || r > 0xFFEE {
		return "", false
	}
	now := norm.NFKC.String(string(r))
	return now, now != string(r)
}

// spelledLigature returns the letters of a Latin ligature.
func spelledLigature(r rune) (string, bool) {
	switch r {
	case 'Ĳ':
		return "IJ", true
	case 'ĳ':
		return "ij", true
	case 'ŉ':
		return "ʼn", true
	case 'Ǆ', 'ǅ', 'ǆ', 'Ǉ', 'ǈ', 'ǉ', 'Ǌ', 'ǋ', 'ǌ', 'Ǳ', 'ǲ', 'ǳ':
		return norm.NFKC.String(string(r)), true
	}
	if r >= 0xFB00 && r <= 0xFB06 {
		return norm.NFKC.String(string(r)), true
	}
	return "", false
}
