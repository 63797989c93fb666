package render

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// An itemKind says what a piece of a paragraph is.
type itemKind uint8

const (
	textItem  itemKind = iota // plain text, to be escaped
	rawItem                   // Markdown or HTML that is written as it is
	codeItem                  // the content of a code span
	imageItem                 // an image, written as it is
	openItem                  // a format begins
	closeItem                 // and ends
	breakItem                 // a line ends
)

// A format is a run of text that looks different.
type format uint8

const (
	strong format = iota
	em
	strike
	highlight
	subscript
	superscript
	keyboard
	underline
	link
	formats // how many there are
)

// delims are the formats' own marks, tags what stands in for them where the
// marks would not be read as such.
var (
	delims = [formats]string{strong: "**", em: "*", strike: "~~", highlight: "=="}
	tags   = [formats]string{"strong", "em", "del", "mark", "sub", "sup", "kbd", "u", ""}
)

// An item is a piece of a paragraph.
type item struct {
	kind   itemKind
	format format
	dead   bool // formats nothing, or goes on in the next item
	tag    bool // written as an HTML tag
	a, b   int  // its bytes in the paragraph's buffer: text, a link's target, punctuation moved out of a format
	mate   int  // the other end of a format
}

// A span is a format that is open.
type span struct {
	format format
	href   string
}

// A paragraph collects the inline content of a block. Its buffers are used
// again for the next one.
type paragraph struct {
	buf     []byte
	items   []item
	opened  []int // scratch: the formats that are open while items are paired
	space   bool  // white space was seen and not yet written
	inLine  bool  // the line has content, so that a space before more content counts
	visible bool  // there is anything to show
	special bool  // there are characters that may need an escape
}

// restart empties the paragraph; the formats that are open go on in it.
func (r *renderer) restart() {
	p := &r.para
	p.buf, p.items = p.buf[:0], p.items[:0]
	p.space, p.inLine, p.visible, p.special = false, false, false, false
	for _, s := range r.active {
		p.push(openItem, s.format, s.href)
	}
}

// closeActive ends the formats that are open, in the paragraph only. A link
// is not taken up again: one block of it is enough.
func (r *renderer) closeActive() {
	for i := len(r.active) - 1; i >= 0; i-- {
		r.para.push(closeItem, r.active[i].format, "")
	}
	for i := range r.active {
		if r.active[i].format == link {
			r.active = append(r.active[:i], r.active[i+1:]...)
			break
		}
	}
}

func (p *paragraph) push(k itemKind, f format, s string) {
	a := len(p.buf)
	p.buf = append(p.buf, s...)
	p.items = append(p.items, item{kind: k, format: f, a: a, b: len(p.buf), mate: -1})
}

// format writes n's children in a format. A format within itself is one.
func (r *renderer) format(n *html.Node, f format) {
	r.open(f, "")
	r.children(n)
	r.close(f)
}

func (r *renderer) open(f format, href string) {
	r.nested[f]++
	if r.nested[f] > 1 {
		return
	}
	r.para.spaceBefore()
	r.para.push(openItem, f, href)
	r.active = append(r.active, span{f, href})
}

func (r *renderer) close(f format) {
	r.nested[f]--
	if r.nested[f] > 0 {
		return
	}
	for i := len(r.active) - 1; i >= 0; i-- {
		if r.active[i].format == f {
			r.active = append(r.active[:i], r.active[i+1:]...)
			r.para.push(closeItem, f, "")
			return
		}
	}
}

// raw adds Markdown that is written as it is.
func (r *renderer) raw(k itemKind, s string) {
	p := &r.para
	p.spaceBefore()
	if k == codeItem && len(p.items) > 0 {
		// Two code spans side by side would be read as one with backticks in it.
		if l := &p.items[len(p.items)-1]; l.kind == codeItem && l.b == len(p.buf) {
			p.buf = append(p.buf, s...)
			l.b = len(p.buf)
			return
		}
	}
	p.push(k, 0, s)
	p.inLine, p.visible = true, true
}

// lineBreak ends the line; two in a row end the paragraph.
func (r *renderer) lineBreak() {
	p := &r.para
	switch {
	case r.mode == asHeading:
		p.space = true
	case !p.visible:
		p.space = false
	case !p.inLine && r.mode == asBlock:
		r.flush()
	default:
		p.softBreak()
	}
}

// softBreak ends the line if there is anything on it.
func (p *paragraph) softBreak() {
	p.space = false
	if p.inLine {
		p.push(breakItem, 0, "")
		p.inLine = false
	}
}

// spaceBefore writes the white space that was seen, outside of the formats
// that begin here: `a <b> c` is `a **c`.
func (p *paragraph) spaceBefore() {
	if !p.space {
		return
	}
	p.space = false
	if !p.inLine {
		return
	}
	i := len(p.items)
	for i > 0 && p.items[i-1].kind == openItem {
		i--
	}
	if i == len(p.items) && i > 0 && p.items[i-1].kind == textItem {
		p.buf = append(p.buf, ' ')
		p.items[i-1].b = len(p.buf)
		return
	}
	p.push(textItem, 0, " ")
	s := p.items[len(p.items)-1]
	copy(p.items[i+1:], p.items[i:])
	p.items[i] = s
}

// text adds s with its white space collapsed.
func (r *renderer) text(s string) {
	p := &r.para
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case charClass[c] == spaceChar:
			i += p.whitespace(s, i)
		case c == 0xC2 && i+1 < len(s) && s[i+1] == 0xA0:
			p.space = true
			i += 2
		default:
			j := i + 1
			special := charClass[c] == specialChar
			for j < len(s) && charClass[s[j]] != spaceChar && (s[j] != 0xC2 || j+1 == len(s) || s[j+1] != 0xA0) {
				special = special || charClass[s[j]] == specialChar
				j++
			}
			p.word(s[i:j], special)
			i = j
		}
	}
}

// whitespace takes the white space that begins at s[i] and returns its length.
// A line break between two characters of Chinese or Japanese is no space.
func (p *paragraph) whitespace(s string, i int) int {
	j, newline := i, false
	for j < len(s) && charClass[s[j]] == spaceChar {
		newline = newline || s[j] == '\n'
		j++
	}
	if newline && !p.space && j < len(s) && s[j] >= 0xE2 && len(p.buf) > 0 && p.buf[len(p.buf)-1] >= utf8.RuneSelf {
		before, _ := utf8.DecodeLastRune(p.buf)
		after, _ := utf8.DecodeRuneInString(s[j:])
		if isWide(before) && isWide(after) {
			return j - i
		}
	}
	p.space = true
	return j - i
}

func (p *paragraph) word(w string, special bool) {
	p.spaceBefore()
	p.special = p.special || special
	p.inLine, p.visible = true, true
	if n := len(p.items); n > 0 && p.items[n-1].kind == textItem && p.items[n-1].b == len(p.buf) {
		p.buf = append(p.buf, w...)
		p.items[n-1].b = len(p.buf)
		return
	}
	p.push(textItem, 0, w)
}

// plain returns the text of the paragraph, without its formats.
func (p *paragraph) plain() []byte {
	var b []byte
	for _, it := range p.items {
		if it.kind == textItem || it.kind == codeItem {
			b = append(b, p.buf[it.a:it.b]...)
		}
	}
	return bytes.TrimSpace(b)
}

// onlyImages tells whether the paragraph shows images and no text.
func (p *paragraph) onlyImages() bool {
	found := false
	for _, it := range p.items {
		switch it.kind {
		case imageItem:
			found = true
		case codeItem, rawItem:
			return false
		case textItem:
			if len(bytes.TrimSpace(p.buf[it.a:it.b])) > 0 {
				return false
			}
		}
	}
	return found
}
