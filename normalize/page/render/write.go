package render

import (
	"bytes"
	"unicode/utf8"
)

// A place is where a paragraph is written: what its line breaks become and
// whether its lines may be read as the start of a block.
type place uint8

const (
	atLineStart place = iota // lines of a paragraph
	inHeading                // one line, after #
	inTable                  // one line, between |
)

// A writer writes the items of one paragraph.
type writer struct {
	r         *renderer
	p         *paragraph
	place     place
	lineStart bool      // nothing is written on the line yet
	inLink    int       // how many links are open
	brackets  bool      // a bracket in the text could be read as the end of a link
	own       [128]bool // marks that the paragraph's own formats use
	ahead     [128]int  // how many runs further on could end a format, for each mark
	after     itemKind  // what was written last
}

// writeInline writes the paragraph that was collected.
func (r *renderer) writeInline(where place) {
	p := &r.para
	p.settle()
	w := writer{r: r, p: p, place: where, lineStart: true, after: textItem}
	w.survey()
	last := len(p.items)
	for last > 0 && (p.items[last-1].kind == breakItem || p.items[last-1].dead) {
		last--
	}
	for i := range p.items[:last] {
		if it := &p.items[i]; !it.dead {
			w.item(i, it)
		}
	}
	if where == inHeading {
		r.escapeClosingHashes()
	}
}

// survey finds what the escapes of the whole paragraph depend on.
func (w *writer) survey() {
	for i := range w.p.items {
		it := &w.p.items[i]
		if !it.dead && (it.kind == openItem || it.kind == closeItem) && it.format != link && w.p.special {
			w.surveyText(w.p.buf[it.a:it.b], false) // moved out
		}
		switch {
		case it.dead:
		case it.kind == openItem && !it.tag && delims[it.format] != "":
			w.own[delims[it.format][0]] = true
		case it.kind == rawItem && w.p.buf[it.a] == '$':
			w.own['$'] = true
		case it.kind == textItem && w.p.special:
			w.surveyText(w.p.buf[it.a:it.b], i == len(w.p.items)-1)
		}
	}
}

func (w *writer) surveyText(s []byte, last bool) {
	for i := 0; i < len(s); {
		switch c := s[i]; c {
		case '*', '_', '~', '=', '$':
			n := runLength(s[i:])
			if _, closes := roles(s, i, n); closes {
				w.ahead[c]++
			}
			i += n
		case ']':
			i++
			if i < len(s) {
				w.brackets = w.brackets || s[i] == '(' || s[i] == '[' || s[i] == ':'
			} else {
				w.brackets = w.brackets || !last
			}
		default:
			i++
		}
	}
}

func (w *writer) item(i int, it *item) {
	p, r := w.p, w.r
	s := p.buf[it.a:it.b]
	switch it.kind {
	case textItem:
		w.text(s, w.nextByte(i))
	case codeItem:
		r.out = appendCode(r.out, s, w.place == inTable)
	case rawItem, imageItem:
		if s[0] == '[' || s[0] == '!' {
			r.escapeBang()
		}
		w.rawBytes(s)
	case openItem:
		w.open(it, s)
	case closeItem:
		w.close(i, it, s)
	case breakItem:
		w.lineBreak()
		return
	}
	w.after = it.kind
	w.lineStart = false
}

func (w *writer) open(it *item, s []byte) {
	r := w.r
	switch {
	case it.format == link:
		r.escapeBang()
		r.out = append(r.out, '[')
		w.inLink++
	case it.tag:
		w.text(s, '<')
		r.out = append(append(append(r.out, '<'), tags[it.format]...), '>')
	default:
		w.text(s, delims[it.format][0])
		r.out = append(r.out, delims[it.format]...)
	}
}

func (w *writer) close(i int, it *item, s []byte) {
	r := w.r
	switch {
	case it.format == link:
		r.out = append(r.out, "]("...)
		o := &w.p.items[it.mate]
		w.rawBytes(w.p.buf[o.a:o.b])
		r.out = append(r.out, ')')
		w.inLink--
	case it.tag:
		r.out = append(append(append(r.out, "</"...), tags[it.format]...), '>')
		w.text(s, w.nextByte(i))
	default:
		r.out = append(r.out, delims[it.format]...)
		w.text(s, w.nextByte(i))
	}
}

// rawBytes writes Markdown; within a table a bar would end the cell.
func (w *writer) rawBytes(s []byte) {
	if w.place != inTable || bytes.IndexByte(s, '|') < 0 {
		w.r.out = append(w.r.out, s...)
		return
	}
	math := s[0] == '$'
	for i := 0; i < len(s); i++ {
		switch {
		case math && s[i] == '\\' && i+1 < len(s) && s[i+1] == '|':
			w.r.out = append(w.r.out, `\Vert `...)
			i++
		case math && s[i] == '|':
			w.r.out = append(w.r.out, `\vert `...)
		case s[i] == '|':
			w.r.out = append(w.r.out, `\|`...)
		default:
			w.r.out = append(w.r.out, s[i])
		}
	}
}

func (w *writer) lineBreak() {
	r := w.r
	switch w.place {
	case inTable:
		r.out = append(r.out, "<br>"...)
	case inHeading:
		r.out = append(r.out, ' ')
	default:
		r.out = append(r.out, "  "...)
		r.newline()
		w.lineStart = true
	}
	w.after = breakItem
}

// nextByte returns the first byte that will be written after item i, 0 at the
// end of a line.
func (w *writer) nextByte(i int) byte {
	switch c := w.p.runeAfter(i, 0); {
	case c >= utf8.RuneSelf:
		return 0xFF
	default:
		return byte(c)
	}
}

// appendCode writes a code span.
func appendCode(out, s []byte, bar bool) []byte {
	fence := longestRun(s, '`') + 1
	if longestRun(s, '`') == 0 {
		fence = 1
	}
	pad := len(s) > 0 && (s[0] == '`' || s[len(s)-1] == '`')
	out = append(out, bytes.Repeat([]byte("`"), fence)...)
	if pad {
		out = append(out, ' ')
	}
	if bar {
		s = bytes.ReplaceAll(s, []byte("|"), []byte(`\|`))
	}
	out = append(out, s...)
	if pad {
		out = append(out, ' ')
	}
	return append(out, bytes.Repeat([]byte("`"), fence)...)
}

// longestRun returns the length of the longest run of c in s.
func longestRun(s []byte, c byte) int {
	longest, n := 0, 0
	for _, b := range s {
		if b != c {
			n = 0
			continue
		}
		n++
		longest = max(longest, n)
	}
	return longest
}

// runLength returns how often the first byte of s is repeated at its start.
func runLength(s []byte) int {
	n := 1
	for n < len(s) && s[n] == s[0] {
		n++
	}
	return n
}
