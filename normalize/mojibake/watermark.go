package mojibake

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/repair"
)

// invisible reports whether r shows nothing and may carry a watermark.
func invisible(r rune) bool {
	switch {
	case r < 0x200B:
		return r == 0x061C || r == 0x180E
	case r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F,
		r == 0xFEFF, r >= 0xE0000 && r <= 0xE007F:
		return true
	}
	return false
}

const (
	zwsp = 0x200B
	zwnj = 0x200C
	zwj  = 0x200D
	lrm  = 0x200E
	bom  = 0xFEFF

	wordJoiner = 0x2060
)

func bidi(r rune) bool {
	return r == 0x061C || r == 0x200E || r == 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

func tag(r rune) bool { return r >= 0xE0000 && r <= 0xE007F }

// watermark is the rule that removes invisible characters where no script and
// no emoji needs them.
func (f *fixer) watermark(text []byte) (Step, []repair.Edit) {
	var edits []repair.Edit
	var rtl tristate
	for i := indexInvisible(text, 0); i >= 0; i = indexInvisible(text, i) {
		run := repair.Span{Start: i, End: invisibleEnd(text, i)}
		i = run.End
		if rtl == unknown {
			rtl = hasRTL(text)
		}
		if !needed(text, run, rtl == yes) && !f.protected(text, run) {
			edits = append(edits, repair.Edit{Rule: ruleWatermark, Span: run, Confidence: .99})
		}
	}
	return Step{}, edits
}

type tristate uint8

const (
	unknown tristate = iota
	no
	yes
)

// indexInvisible returns the place of the first invisible character at or
// after byte from, or -1.
func indexInvisible(text []byte, from int) int {
	for i := from; i < len(text); {
		i, _ = nextOdd16(text, i)
		for end := min(i+16, len(text)); i < end; i++ {
			if text[i] >= 0x80 && invisibleAt(text, i) {
				return i
			}
		}
	}
	return -1
}

func invisibleEnd(text []byte, at int) int {
	return len(text) - len(bytes.TrimLeftFunc(text[at:], invisible))
}

// needed reports whether the run of invisible characters has a use where it
// stands.
func needed(text []byte, run repair.Span, rtl bool) bool {
	before, _ := utf8.DecodeLastRune(text[:run.Start])
	after, _ := utf8.DecodeRune(text[run.End:])
	if run.Start == 0 && run.Len() == 3 {
		if r, _ := utf8.DecodeRune(text); r == bom {
			return true // a byte order mark
		}
	}
	runes := []rune(string(text[run.Start:run.End]))
	if tag(runes[0]) {
		return before == 0x1F3F4 && runes[len(runes)-1] == 0xE007F
	}
	var joiners, marks, spaces int
	for _, r := range runes {
		switch {
		case r == zwnj || r == zwj:
			joiners++
		case r == zwsp:
			spaces++
		case bidi(r):
			marks++
		}
	}
	switch len(runes) {
	case joiners:
		return joins(before) || joins(after) || joinsNear(text, run) ||
			joiners == 1 && runes[0] == zwj && pictured(before) && pictured(after)
	case marks:
		return marks <= maxMarks && (rtl || runes[0] != lrm)
	case spaces:
		return spaces == 1 && !blankOrEnd(before) && !blankOrEnd(after) || spaces <= maxSpaces && (unspaced(before) || unspaced(after))
	case joiners + marks, joiners + spaces:
		return len(runes) <= maxMarks && (joins(before) || joins(after))
	case 1:
		return runes[0] == wordJoiner && unicode.IsSpace(before) != unicode.IsSpace(after) && !atEnd(before) && !atEnd(after)
	}
	return false
}

// Runs of marks and of spaces without width that people type. Watermarks are
// longer.
const (
	maxMarks  = 6
	maxSpaces = 3
)

// joinsNear reports whether letters that join stand close to the run, which may
// have been put before a sign or a placeholder.
func joinsNear(text []byte, run repair.Span) bool {
	const reach = 8
	at := run.Start
	for range reach {
		r, size := utf8.DecodeLastRune(text[:at])
		if joins(r) {
			return true
		}
		at -= size
	}
	at = run.End
	for range reach {
		r, size := utf8.DecodeRune(text[at:])
		if joins(r) {
			return true
		}
		at += size
	}
	return false
}

// unspaced reports whether r is of a script that puts no spaces between words.
func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan,
		unicode.Tai_Le, unicode.New_Tai_Lue, unicode.Tai_Tham, unicode.Javanese, unicode.Balinese)
}

func atEnd(r rune) bool { return r == utf8.RuneError }

func blankOrEnd(r rune) bool { return atEnd(r) || unicode.IsSpace(r) }

// joins reports whether r is of a script that joins or stacks its letters, so
// that joiners mean something after it.
func joins(r rune) bool {
	if r < 0x600 || !unicode.In(r, unicode.L, unicode.M, unicode.Nd) {
		return false
	}
	return !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Han, unicode.Hiragana,
		unicode.Katakana, unicode.Hangul, unicode.Georgian, unicode.Bopomofo)
}

// pictured reports whether r may stand at either side of a joiner in an emoji.
func pictured(r rune) bool {
	return r == 0xFE0F || r >= 0x1F000 && r <= 0x1FAFF || r >= 0x2190 && r <= 0x2BFF
}

// hasRTL reports whether text has letters that are written from right to left.
func hasRTL(text []byte) tristate {
	for i := range text {
		// Hebrew to Arabic Extended-A begin with D6 to DF or E0 A0 to E0 A3,
		// presentation forms with EF AC to EF BB, historic scripts with F0 90.
		switch b := text[i]; {
		case b >= 0xD6 && b <= 0xDF:
			return yes
		case b == 0xE0 && i+1 < len(text) && text[i+1] < 0xA4,
			b == 0xEF && i+2 < len(text) && text[i+1] >= 0xAC && text[i+1] < 0xBB,
			b == 0xF0 && i+1 < len(text) && (text[i+1] == 0x90 || text[i+1] == 0x9E):
			return yes
		}
	}
	return no
}
