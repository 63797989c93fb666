package markdown

import (
	"bytes"

	"github.com/clipmend/clipmend/normalize/repair"
)

// maxDepth bounds the containers around a block, so that a line costs at most
// its own bytes and a constant.
const maxDepth = 64

// A container is a quote, a list item or a footnote around blocks.
type container struct {
	quote  bool
	indent int  // columns that a line needs to belong to it; 0 for a quote
	empty  bool // an item whose first line was only its marker
}

// A leaf says how the last block goes on in the next line.
type leaf uint8

const (
	closed leaf = iota
	inParagraph
	inFence
	inIndented
	inHTML
	inMath
	inComment
	inTable
)

// A scanner reads a text line by line. The block that is open is the last one.
type scanner struct {
	src    []byte
	blocks []Block

	containers []container
	leaf       leaf
	lineStart  int // where the current line begins
	following  int // where the next line begins
	cur        cursor

	fence     byte // of the open code: '`' or '~'
	fenceLen  int
	htmlEnd   htmlEnd
	bareMath  bool // the open math began with a line of "$$" alone
	lastStart int  // where the last line of the open paragraph begins, after its markers
	lastLine  int  // where that line begins

	math, comment closer
}

// next moves to the next line; it says whether there is one.
func (s *scanner) next() bool {
	if s.following >= len(s.src) {
		return false
	}
	s.lineStart = s.following
	end := len(s.src)
	if i := bytes.IndexByte(s.src[s.lineStart:], '\n'); i >= 0 {
		end = s.lineStart + i
	}
	s.following = end + 1
	if end > s.lineStart && s.src[end-1] == '\r' {
		end--
	}
	s.cur = cursor{src: s.src, pos: s.lineStart, end: end}
	return true
}

// line reads the current line: the containers that go on, the block that goes
// on, the blocks that begin, and what is left as text.
func (s *scanner) line() {
	matched := s.match()
	whole := matched == len(s.containers)
	if whole && s.proceed() {
		return
	}
	if !whole && s.leaf != inParagraph {
		s.leaf = closed
	}
	if s.cur.blank() {
		s.blank(matched)
		return
	}
	open := s.leaf == inParagraph
	item, done := s.begin(matched)
	if done {
		return
	}
	if open && s.leaf == inParagraph { // perhaps lazily, without all markers
		s.extend()
		return
	}
	s.text(item)
}

// match consumes the markers of the containers that the line goes on with and
// returns how many they are.
func (s *scanner) match() int {
	for i, c := range s.containers {
		if c.quote {
			if !s.cur.quoteMarker() {
				return i
			}
			continue
		}
		if s.cur.blank() {
			if c.empty {
				return i // an item of nothing but its marker ends at a blank line
			}
			continue
		}
		if s.cur.indent() < c.indent {
			return i
		}
		s.cur.skip(c.indent)
		s.containers[i].empty = false
	}
	return len(s.containers)
}

// blank handles a line without text: it ends a paragraph, a table, and the
// quotes whose marker it lacks.
func (s *scanner) blank(matched int) {
	s.leaf = closed
	s.containers = s.containers[:matched]
}

// proceed gives the line to the open block, if that is one that takes lines as
// they are.
func (s *scanner) proceed() bool {
	b := s.last()
	switch s.leaf {
	case inFence:
		b.Span.End = s.cur.end
		if s.closesFence() {
			s.leaf = closed
			return true
		}
		b.Text.End = s.cur.end
	case inIndented:
		if s.cur.blank() {
			return true
		}
		if s.cur.indent() < 4 {
			s.leaf = closed
			return false
		}
		b.Span.End, b.Text.End = s.cur.end, s.cur.end
	case inHTML:
		if s.htmlEnd == endBlank && s.cur.blank() {
			s.leaf = closed
			return false
		}
		b.Span.End, b.Text.End = s.cur.end, s.cur.end
		if s.htmlEnd.in(s.cur.rest()) {
			s.leaf = closed
		}
	case inMath, inComment:
		if s.leaf == inMath && !s.bareMath && s.cur.blank() {
			s.leaf = closed // "$$" before text may be but a price
			return false
		}
		b.Span.End, b.Text.End = s.cur.end, s.cur.end
		mark := "$$"
		if s.leaf == inComment {
			mark = "%%"
		}
		if i := bytes.Index(s.cur.rest(), []byte(mark)); i >= 0 {
			if s.leaf == inMath {
				b.Text.End = s.cur.pos + i
			}
			s.leaf = closed
		}
	default:
		return false
	}
	return true
}

// closesFence says whether the line is the closing fence of the open code.
func (s *scanner) closesFence() bool {
	if s.cur.indent() > 3 {
		return false
	}
	rest := bytes.TrimRight(bytes.TrimLeft(s.cur.rest(), " \t"), " \t")
	return len(rest) >= s.fenceLen && len(bytes.Trim(rest, string(rune(s.fence)))) == 0
}

// last returns the open block; only called while there is one, or for nothing.
func (s *scanner) last() *Block {
	if len(s.blocks) == 0 {
		return nil
	}
	return &s.blocks[len(s.blocks)-1]
}

// add appends a block that begins in the current line, its text at the cursor.
func (s *scanner) add(kind Kind, next leaf) *Block {
	s.cur.skipSpace()
	s.blocks = append(s.blocks, Block{
		Kind:  kind,
		Span:  repair.Span{Start: s.lineStart, End: s.cur.end},
		Text:  repair.Span{Start: s.cur.pos, End: trimEnd(s.src, s.cur.pos, s.cur.end)},
		Depth: len(s.containers),
	})
	s.leaf = next
	return s.last()
}

// extend adds the line to the open paragraph.
func (s *scanner) extend() {
	s.cur.skipSpace()
	b := s.last()
	b.Span.End, b.Text.End = s.cur.end, trimEnd(s.src, s.cur.pos, s.cur.end)
	s.lastStart, s.lastLine = s.cur.pos, s.lineStart
}

// text begins a paragraph, or what looks like one in its first line. If item is
// not nil the line began that list item or footnote.
func (s *scanner) text(item *Block) {
	if item == nil && s.adoptItem() {
		return
	}
	b := s.add(Paragraph, inParagraph)
	s.lastStart, s.lastLine = s.cur.pos, s.lineStart
	if item != nil {
		b.Kind, b.Marker, b.Depth = item.Kind, item.Marker, item.Depth
		return
	}
	if target, ok := definition(s.src, b.Text); ok {
		b.Kind, b.Text, s.leaf = Definition, target, closed
	}
}

// adoptItem makes the line the text of the item that the line before began
// with nothing but a marker.
func (s *scanner) adoptItem() bool {
	b := s.last()
	if b == nil || b.Kind != ListItem && b.Kind != Footnote || b.Text.Len() > 0 ||
		b.Depth != len(s.containers)-1 || !endsAt(s.src, b.Span.End, s.lineStart) {
		return false
	}
	s.cur.skipSpace()
	b.Text = repair.Span{Start: s.cur.pos, End: trimEnd(s.src, s.cur.pos, s.cur.end)}
	b.Span.End = s.cur.end
	s.leaf = inParagraph
	s.lastStart, s.lastLine = s.cur.pos, s.lineStart
	return true
}

// endsAt says whether only one line ending is between end and next.
func endsAt(src []byte, end, next int) bool {
	gap := string(src[end:next])
	return gap == "\n" || gap == "\r\n"
}

// trimEnd returns end without the spaces and tabs before it.
func trimEnd(src []byte, start, end int) int {
	for end > start && (src[end-1] == ' ' || src[end-1] == '\t') {
		end--
	}
	return end
}

// A closer finds out whether a mark that opens a block is closed further on,
// searching no byte twice in vain.
type closer struct {
	mark string
	none bool // no mark is left in the text
}

func (c *closer) after(src []byte, from int) bool {
	if !c.none {
		c.none = !bytes.Contains(src[min(from, len(src)):], []byte(c.mark))
	}
	return !c.none
}
