package markdown

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/clipmend/clipmend/normalize/repair"
)

// An InlineKind says what a part of a line is.
type InlineKind uint8

// The kinds of inline parts.
const (
	CodeSpan   InlineKind = iota
	InlineMath            // $…$ and $$…$$
	Link                  // [text](target "title")
	Image                 // ![text](target "title")
	WikiLink              // [[target|text]]
	Embed                 // ![[target|text]]
	Autolink              // <https://…>
	URL                   // https://… or www.… as they stand
	Tag                   // an HTML tag
	Comment               // <!-- … -->, other declarations, and %% … %%
	NoteRef               // [^label]
)

// An Inline is a part of a text that is more than its words.
type Inline struct {
	Kind InlineKind
	Span repair.Span // all of it
	// Target is what is no text for a reader: the target of a link or a wiki
	// link, and all of the rest.
	Target repair.Span
}

// Inlines returns the inline parts of the text within the span, which is a
// block's text, ordered by their beginnings. A link's text may hold others.
func Inlines(body []byte, within repair.Span) []Inline {
	p := inliner{src: body[:within.End], pos: within.Start, sorted: true}
	for p.pos = nextSpecial(p.src, p.pos); p.pos < len(p.src); p.pos = nextSpecial(p.src, p.pos) {
		if !p.special(p.src[p.pos]) {
			p.pos++
		}
	}
	if !p.sorted {
		slices.SortStableFunc(p.found, func(a, b Inline) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	}
	return p.found
}

// special has 1 for the bytes at which a part may begin, or be seen to have begun.
var special = [256]uint8{
	'`': 1, '$': 1, '[': 1, ']': 1, '<': 1, '\\': 1, '%': 1, ':': 1, '.': 1,
}

// nextSpecial returns the place of the first special byte of src at or after pos, or the
// end of src. It asks eight bytes at once, since few are.
func nextSpecial(src []byte, pos int) int {
	for ; pos+8 <= len(src); pos += 8 {
		b := (*[8]byte)(src[pos:])
		if special[b[0]]|special[b[1]]|special[b[2]]|special[b[3]]|special[b[4]]|special[b[5]]|special[b[6]]|special[b[7]] != 0 {
			break
		}
	}
	for pos < len(src) && special[src[pos]] == 0 {
		pos++
	}
	return pos
}

// longestTicks bounds the backticks that open a code span.
const longestTicks = 64

type inliner struct {
	src    []byte
	pos    int
	found  []Inline
	sorted bool // found is in order

	brackets []int // open brackets that may begin a link's text

	// What was searched in vain once is not searched again.
	ticks      [longestTicks + 1]int // where a run of so many backticks was last seen
	ticksKnown bool                  // ticks has the last of each
	noComment  bool
	noProcess  bool
	noDeclare  bool
	noCDATA    bool
	noPercent  bool
	noDisplay  bool
	dollar     int // a closing dollar that was found, in the line that ends at dollarLine
	dollarLine int
}

// add records the part from the cursor to end and moves behind it.
func (p *inliner) add(kind InlineKind, end int) bool {
	span := repair.Span{Start: p.pos, End: end}
	p.found = append(p.found, Inline{Kind: kind, Span: span, Target: span})
	p.pos = end
	return true
}

// special reads the part that begins at the cursor. If there is none it returns
// false; the cursor is moved only if it returns true.
func (p *inliner) special(b byte) bool {
	switch b {
	case '\\':
		p.pos = min(p.pos+2, len(p.src))
		return true
	case '`':
		return p.code()
	case '$':
		return p.math()
	case '<':
		return p.angle()
	case '[':
		return p.bracket()
	case ']':
		return p.link()
	case '%':
		return p.until("%%", "%%", &p.noPercent)
	case ':':
		return p.scheme()
	case '.':
		return p.www()
	}
	return false
}

// code reads a code span, or moves over backticks that open none.
func (p *inliner) code() bool {
	n := run(p.src[p.pos:], '`')
	after := p.pos + n
	if n > longestTicks || p.ticksKnown && p.ticks[n] < after {
		p.pos = after
		return true
	}
	for i := after; i < len(p.src); {
		next := bytes.IndexByte(p.src[i:], '`')
		if next < 0 {
			break
		}
		i += next
		m := run(p.src[i:], '`')
		if m == n {
			return p.add(CodeSpan, i+m)
		}
		if m <= longestTicks {
			p.ticks[m] = max(p.ticks[m], i)
		}
		i += m
	}
	p.ticksKnown = true
	p.pos = after
	return true
}

// math reads $…$ by Obsidian's rule: no white space inside the dollars, no
// digit behind them, all in one line; or $$…$$.
func (p *inliner) math() bool {
	if bytes.HasPrefix(p.src[p.pos:], []byte("$$")) {
		if !p.until("$$", "$$", &p.noDisplay) {
			p.pos += 2
		}
		return true
	}
	open := p.pos
	if open+1 >= len(p.src) || isWhite(p.src[open+1]) {
		return false
	}
	if p.dollarLine <= open {
		p.dollarLine = len(p.src)
		if i := bytes.IndexByte(p.src[open:], '\n'); i >= 0 {
			p.dollarLine = open + i
		}
		p.dollar = open
	}
	if p.dollar <= open {
		p.dollar = closingDollar(p.src, open+1, p.dollarLine)
	}
	if p.dollar == p.dollarLine {
		return false
	}
	return p.add(InlineMath, p.dollar+1)
}

// closingDollar returns the first dollar in src[from:end] that may close math,
// or end.
func closingDollar(src []byte, from, end int) int {
	for i := from; i < end; i++ {
		switch {
		case src[i] == '\\':
			i++
		case src[i] == '$' && i > from && !isWhite(src[i-1]) && src[i-1] != '$' &&
			(i+1 >= len(src) || !isDigit(src[i+1]) && src[i+1] != '$'):
			return i
		}
	}
	return end
}

// until reads a part from its opening to its closing mark, in one text.
func (p *inliner) until(open, closing string, none *bool) bool {
	if *none || !bytes.HasPrefix(p.src[p.pos:], []byte(open)) {
		return false
	}
	n := bytes.Index(p.src[p.pos+len(open):], []byte(closing))
	if n < 0 {
		*none = true
		return false
	}
	kind := Comment
	if open == "$$" {
		kind = InlineMath
	}
	return p.add(kind, p.pos+len(open)+n+len(closing))
}

// angle reads an autolink, a tag or a comment.
func (p *inliner) angle() bool {
	rest := p.src[p.pos:]
	switch markup(rest) {
	case endComment:
		return p.until("<!--", "-->", &p.noComment)
	case endProcess:
		return p.until("<?", "?>", &p.noProcess)
	case endCDATA:
		return p.until("<![CDATA[", "]]>", &p.noCDATA)
	case endDeclare:
		return p.until("<!", ">", &p.noDeclare)
	}
	if n := autolink(rest); n > 0 {
		return p.add(Autolink, p.pos+n)
	}
	if n := tag(rest); n > 0 {
		return p.add(Tag, p.pos+n)
	}
	return false
}

func isWhite(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }
