package render

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// A box is a list item, a quote or a footnote: what is written before each
// line of the blocks in it.
type box struct {
	first, rest string // before the first line, before all others
	used        bool   // whether the first line is written
	tight       bool   // an item whose lists follow without an empty line
}

type separator uint8

const (
	blankLine separator = iota
	newLine
)

type blockKind uint8

const (
	nothing blockKind = iota
	paragraphBlock
	headingBlock
	bulletBlock
	numberBlock
	ruleBlock
	otherBlock
)

// enter puts the blocks that follow into a box, until leave. Beyond maxBoxes
// it reports false: they are written where they are.
func (r *renderer) enter(b box) bool {
	if len(r.boxes) >= maxBoxes {
		return false
	}
	r.boxes = append(r.boxes, b)
	return true
}

// leave ends the innermost box and reports whether anything is in it.
func (r *renderer) leave() bool {
	b := r.boxes[len(r.boxes)-1]
	r.boxes = r.boxes[:len(r.boxes)-1]
	return b.used
}

// begin starts the first line of a block.
func (r *renderer) begin(k blockKind) {
	if len(r.out) > 0 {
		r.out = append(r.out, '\n')
		if r.sep == blankLine {
			r.prefix(false)
			r.out = append(bytes.TrimRight(r.out, " "), '\n')
		}
	}
	r.prefix(true)
	r.sep = blankLine
	r.last = k
}

// newline ends a line within a block and starts the next.
func (r *renderer) newline() {
	r.out = append(r.out, '\n')
	r.prefix(true)
}

// prefix writes what the boxes put before a line. The boxes that have no line
// yet are opened by it if open is set, and left out if not.
func (r *renderer) prefix(open bool) {
	for i := range r.boxes {
		b := &r.boxes[i]
		switch {
		case b.used:
			r.out = append(r.out, b.rest...)
		case open:
			r.out = append(r.out, b.first...)
			b.used = true
		}
	}
}

// lines writes the lines of s, the first of them where the line stands.
func (r *renderer) lines(s []byte) {
	for {
		i := bytes.IndexByte(s, '\n')
		if i < 0 {
			r.out = append(r.out, s...)
			return
		}
		r.out = append(r.out, s[:i]...)
		r.trimLine()
		r.newline()
		s = s[i+1:]
	}
}

// trimLine removes the spaces that the prefix of an empty line leaves.
func (r *renderer) trimLine() {
	n := bytes.LastIndexByte(r.out, '\n') + 1
	if line := r.out[n:]; len(bytes.Trim(line, " >")) == 0 {
		r.out = append(r.out[:n], bytes.TrimRight(line, " ")...)
	}
}

// flush ends the paragraph that is being collected.
func (r *renderer) flush() {
	switch r.mode {
	case asCell:
		r.para.softBreak()
		return
	case asHeading:
		r.para.space = true
		return
	}
	if r.para.visible {
		r.closeActive()
		r.begin(paragraphBlock)
		r.writeInline(atLineStart)
	}
	r.restart()
}

// block writes n's children as blocks of their own.
func (r *renderer) block(n *html.Node) {
	r.flush()
	r.children(n)
	r.flush()
}

// heading writes a heading at a level that does not skip one.
func (r *renderer) heading(n *html.Node, level int) {
	if r.mode != asBlock {
		r.flush()
		r.format(n, strong)
		r.flush()
		return
	}
	r.flush()
	r.mode = asHeading
	wasStrong := r.nested[strong] // a heading is bold already
	r.nested[strong] = 1
	r.children(n)
	r.nested[strong] = wasStrong
	r.mode = asBlock
	switch {
	case !r.para.visible:
	case r.para.onlyImages():
		r.flush()
		return
	case r.repeatsTitle(level):
		r.titleSeen = true
	default:
		r.closeActive()
		r.begin(headingBlock)
		for range r.level(level) {
			r.out = append(r.out, '#')
		}
		r.out = append(r.out, ' ')
		r.writeInline(inHeading)
	}
	r.restart()
}

// repeatsTitle tells whether the heading that was collected says the title,
// at the top of the page.
func (r *renderer) repeatsTitle(level int) bool {
	if r.title == "" || r.titleSeen || level > 3 || len(r.out) > 1000 && level > 1 {
		return false
	}
	return letters(string(r.para.plain())) == r.title
}

// level gives a heading the level that its place among the others has: one
// below the heading that it belongs to.
func (r *renderer) level(source int) int {
	for len(r.levels) > 0 && r.levels[len(r.levels)-1] >= source {
		r.levels = r.levels[:len(r.levels)-1]
	}
	r.levels = append(r.levels, source)
	top := 1
	if r.title != "" {
		top = 2
	}
	return min(top+len(r.levels)-1, 6)
}

// rule writes a thematic break, except where nothing is divided.
func (r *renderer) rule() {
	r.flush()
	if r.mode != asBlock || r.last == nothing || r.last == ruleBlock {
		return
	}
	if n := len(r.boxes); n > 0 && !r.boxes[n-1].used {
		return
	}
	r.begin(ruleBlock)
	r.out = append(r.out, "---"...)
}

// quote writes n's children as a quote.
func (r *renderer) quote(n *html.Node) {
	r.flush()
	if r.mode != asBlock || !r.enter(box{first: "> ", rest: "> "}) {
		r.block(n)
		return
	}
	r.block(n)
	r.leave()
	r.sep = blankLine
}

// letters returns the letters and digits of s in lower case: what two titles
// are compared by.
func letters(s string) string {
	return strings.Map(func(c rune) rune {
		if c < utf8.RuneSelf && (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
			return c
		}
		if unicode.IsLetter(c) || unicode.IsNumber(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, s)
}
