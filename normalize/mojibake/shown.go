package mojibake

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/clipmend/clipmend/internal/lazyregexp"
)

const byteOrderMark rune = 0xFEFF

// paired reports whether the line has near w what w would be, or may be if bytes of
// it were lost, with no letter beside it: in quotes, brackets or a cell, unless w is
// marked.
func (l *exhibitLine) paired(w word, marked bool) bool {
	broken := appendRunes(nil, l.text[w.Start:w.End])
	near := l.near(w)
	if oneLetter(w.right) { // which may be a word of the next sentence
		near = sentence(near)
	}
	for _, text := range near {
		fits := func(start, end int) bool {
			return !letterAt(text, start, end) && (marked || marks(text[:start], text[end:]) || isMark(firstRune(text[start:])))
		}
		if occurs(text, w.right, fits) {
			return true
		}
		for i := indexWild(text, 0); i >= 0 && l.c != nil && i < len(text); i = indexWild(text, i) {
			start, end := wordStart(text, i), wordEnd(text, i)
			if end == i {
				_, size := utf8.DecodeRune(text[i:])
				end += size
			}
			if fits(start, end) && l.c.breaksTwice(string(text[start:end]), broken) {
				return true
			}
			i = end
		}
	}
	return false
}

var sentenceEnd = lazyregexp.New(`[.!?…]\s`)

// sentence cuts what stands before a word and after it where its sentence begins and ends.
func sentence(near [2][]byte) [2][]byte {
	if ends := sentenceEnd.FindAllIndex(near[0], -1); ends != nil {
		near[0] = near[0][ends[len(ends)-1][1]:]
	}
	if end := sentenceEnd.FindIndex(near[1]); end != nil {
		near[1] = near[1][:end[1]]
	}
	return near
}

// breaksTwice reports whether c can turn text into broken, or what it turns it into.
func (c *channel) breaksTwice(text string, broken []rune) bool {
	if c.breaks(text, broken, true) {
		return true
	}
	var once strings.Builder
	for _, r := range text {
		once.WriteString(c.look(r))
	}
	return c.breaks(once.String(), broken, true)
}

// occurs reports whether part, if there is any, stands somewhere in text where it fits.
func occurs(text, part []byte, fits func(start, end int) bool) bool {
	for from := 0; len(part) > 0; {
		i := bytes.Index(text[from:], part)
		if i < 0 {
			return false
		}
		if start := from + i; fits(start, start+len(part)) {
			return true
		}
		from += i + 1
	}
	return false
}

// letterAt reports whether a letter touches text from start to end.
func letterAt(text []byte, start, end int) bool {
	return inWord(lastRune(text[:start])) || inWord(firstRune(text[end:]))
}

func firstRune(text []byte) rune {
	r, _ := utf8.DecodeRune(text)
	return r
}

func lastRune(text []byte) rune {
	r, _ := utf8.DecodeLastRune(text)
	return r
}

// marks reports whether what is between before and after stands in quotes, brackets
// or a cell.
func marks(before, after []byte) bool {
	return isMark(lastRune(bytes.TrimRight(before, " "))) && isMark(firstRune(bytes.TrimLeft(after, " ")))
}

func isMark(r rune) bool {
	return r == '"' || r == '\'' || r == '`' || r == '|' || unicode.In(r, unicode.Ps, unicode.Pe, unicode.Pi, unicode.Pf)
}

// delimited reports whether what is between before and after touches the same
// delimiter of a string or a pattern on both sides.
func delimited(before, after []byte) bool {
	return len(before) > 0 && len(after) > 0 && before[len(before)-1] == after[0] && bytes.IndexByte([]byte("\"'`/%"), after[0]) >= 0
}

// enclosed reports whether w, with quotes and brackets about it, has nothing in them
// but quotes, or what they have in them would be what others near have in them.
func (l *exhibitLine) enclosed(w word, before, after []byte) bool {
	inside := bytes.TrimLeftFunc(w.right, isMark)
	if len(inside) == 0 {
		return isMark(lastRune(before)) && isMark(firstRune(after))
	}
	before = append(bytes.Clone(before), w.right[:len(w.right)-len(inside)]...)
	core := bytes.TrimRightFunc(inside, isMark)
	after = append(bytes.Clone(inside[len(core):]), after...)
	start, end := bytes.LastIndexFunc(before, isMark), bytes.IndexFunc(after, isMark)
	if start < 0 || end < 0 {
		return false
	}
	_, size := utf8.DecodeRune(before[start:])
	phrase := slices.Concat(before[start+size:], core, after[:end])
	if len(phrase) == 0 {
		return false
	}
	_, size = utf8.DecodeRune(after[end:])
	for _, text := range [2][]byte{before[:start], after[end+size:]} {
		if i := bytes.Index(text, phrase); i > 0 && marks(text[:i], text[i+len(phrase):]) {
			return true
		}
	}
	return false
}

// stranded reports whether r is a sign that no text has by itself, and stands by
// itself between before and after.
func (l *exhibitLine) stranded(r rune, before, after []byte) bool {
	switch r {
	case byteOrderMark:
	case '‘', '’', '“', '”', '‚', '„':
		if !l.isMixed() && !l.isAbout() {
			return false
		}
	default:
		return false
	}
	free := func(r rune, n int) bool { return n == 0 || isBlank(r) || r == '"' || r == '\'' }
	return len(bytes.TrimSpace(before)) > 0 && free(utf8.DecodeLastRune(before)) && free(utf8.DecodeRune(after))
}

// besideASCII reports whether what people write for r in ASCII stands near w, in
// quotes, brackets or a cell.
func (l *exhibitLine) besideASCII(w word, r rune) bool {
	plain := []byte(inASCII(r))
	for _, text := range l.near(w) {
		fits := func(start, end int) bool { return !letterAt(text, start, end) && marks(text[:start], text[end:]) }
		if occurs(text, plain, fits) {
			return true
		}
	}
	return false
}

// inASCII returns what people write for r in ASCII, "" if nothing.
func inASCII(r rune) string {
	if s, ok := straightQuote(r); ok {
		return s
	}
	switch r {
	case '–', '—':
		return "-"
	case '…':
		return "..."
	}
	if b := norm.NFD.String(string(r)); b[0] < 0x80 && unicode.IsLetter(r) {
		return b[:1]
	}
	return ""
}

// namesEncoding reports whether text names an encoding, or what comes of a wrong one. It
// looks more closely only where three bytes begin a name.
func namesEncoding(text []byte) bool {
	if len(text) < 3 {
		return false
	}
	b, c := nameParts[text[0]], nameParts[text[1]]
	for i, d := range text[2:] {
		a := b
		b, c = c, nameParts[d]
		if a.first&b.second&c.third != 0 && namesEncodingAt(text[i:]) {
			return true
		}
	}
	return false
}

// namesEncodingAt reports whether text begins with such a name.
func namesEncodingAt(text []byte) bool {
	return slices.ContainsFunc(encodingNames, func(name string) bool { return hasFolded(text, name) })
}

// hasFolded reports whether text begins with name, which has no capitals, but for the
// case of Latin letters.
func hasFolded(text []byte, name string) bool {
	if len(text) < len(name) {
		return false
	}
	for i := range len(name) {
		if b := text[i]; b != name[i] && (b < 'A' || b > 'Z' || b|0x20 != name[i]) {
			return false
		}
	}
	return true
}

var encodingNames = strings.Fields("utf-8 utf8 utf-16 unicode latin-1 latin1 iso-8859 iso8859 windows-125 cp125 mojibake 文字化け charset encoding")

// A namePart has a bit for each of encodingNames that a byte may be the first, the second or
// the third byte of.
type namePart struct{ first, second, third uint16 }

var nameParts = func() (parts [256]namePart) {
	for i, name := range encodingNames {
		for b := range parts {
			bit := func(k int) uint16 {
				if hasFolded([]byte{byte(b)}, name[k:k+1]) {
					return 1 << i
				}
				return 0
			}
			parts[b].first |= bit(0)
			parts[b].second |= bit(1)
			parts[b].third |= bit(2)
		}
	}
	return parts
}()
