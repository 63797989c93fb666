package markdown

import (
	"bytes"

	"github.com/clipmend/clipmend/normalize/repair"
)

// begin opens the containers and the block that begin in the line. It returns
// the list item or footnote whose text follows, if any, and whether the line is
// used up.
func (s *scanner) begin(matched int) (item *Block, done bool) {
	for {
		paragraph := s.leaf == inParagraph && matched == len(s.containers)
		if s.cur.indent() >= 4 {
			if s.leaf == inParagraph {
				return item, false
			}
			s.enter(matched)
			s.indented()
			return nil, true
		}
		c := s.cur
		c.skipSpace()
		switch {
		case c.peek() == '>' && matched < maxDepth:
			s.enter(matched)
			s.cur.quoteMarker()
			s.push(container{quote: true})
			item = nil
		case s.block(c, matched, paragraph):
			return nil, true
		case matched < maxDepth && s.item(c, matched, paragraph, &item):
			if item.Text.Start == item.Text.End { // nothing but the marker
				s.blocks = append(s.blocks, *item)
				return nil, true
			}
		case s.table(c.rest(), paragraph):
			return nil, true
		default:
			if s.leaf != inParagraph {
				s.enter(matched)
			}
			return item, false
		}
		matched = len(s.containers)
		if s.cur.blank() {
			return nil, true
		}
	}
}

// enter closes what the line does not go on with.
func (s *scanner) enter(matched int) {
	s.containers = s.containers[:matched]
	s.leaf = closed
}

func (s *scanner) push(c container) {
	s.containers = append(s.containers, c)
}

func (s *scanner) indented() {
	s.cur.skip(4)
	start := s.cur.pos
	b := s.add(Code, inIndented)
	b.Text = repair.Span{Start: start, End: s.cur.end}
}

// block opens the leaf block that begins at c, if one does.
func (s *scanner) block(c cursor, matched int, paragraph bool) bool {
	rest := c.rest()
	switch c.peek() {
	case '#':
		return s.heading(rest, matched)
	case '`', '~':
		return s.fenced(rest, matched)
	case '<':
		end := htmlStart(rest, s.leaf == inParagraph)
		if end == notHTML {
			return false
		}
		s.enter(matched)
		s.add(HTML, inHTML)
		if s.htmlEnd = end; end.in(rest) {
			s.leaf = closed
		}
		return true
	case '$':
		return s.marked(rest, matched, &s.math, Math, inMath)
	case '%':
		return s.marked(rest, matched, &s.comment, HTML, inComment)
	case '=', '-', '*', '_':
		if level := underline(rest); level > 0 && paragraph && s.last().Kind != Footnote {
			s.setext(level)
			return true
		}
		if isRule(rest) {
			s.enter(matched)
			s.add(Rule, closed)
			return true
		}
	}
	return false
}

func (s *scanner) heading(rest []byte, matched int) bool {
	level := run(rest, '#')
	if level > 6 || level < len(rest) && rest[level] != ' ' && rest[level] != '\t' {
		return false
	}
	s.enter(matched)
	b := s.add(Heading, closed)
	b.Level = level
	text := bytes.TrimRight(s.src[b.Text.Start+level:b.Text.End], " \t")
	if bare := bytes.TrimRight(text, "#"); len(bare) == 0 || bare[len(bare)-1] == ' ' || bare[len(bare)-1] == '\t' {
		text = bytes.TrimRight(bare, " \t")
	}
	end := b.Text.Start + level + len(text)
	b.Text = repair.Span{Start: end - len(bytes.TrimLeft(text, " \t")), End: end}
	return true
}

// setext makes the open paragraph a heading, the line being its underline.
func (s *scanner) setext(level int) {
	b := s.last()
	if b.Kind == ListItem {
		b.Depth++
	}
	b.Kind, b.Level, b.Marker = Heading, level, ""
	b.Span.End = s.cur.end
	s.leaf = closed
}

func (s *scanner) fenced(rest []byte, matched int) bool {
	n := run(rest, rest[0])
	if n < 3 || rest[0] == '`' && bytes.IndexByte(rest[n:], '`') >= 0 {
		return false
	}
	s.enter(matched)
	s.fence, s.fenceLen = rest[0], n
	b := s.add(Code, inFence)
	b.Info = string(bytes.Trim(rest[n:], " \t"))
	after := min(s.following, len(s.src))
	b.Text = repair.Span{Start: after, End: after}
	return true
}

// marked opens math or a comment, whose marks open and close it. One that is
// closed within the line is a block only if nothing follows; one that is
// nowhere closed is text.
func (s *scanner) marked(rest []byte, matched int, mark *closer, kind Kind, next leaf) bool {
	if !bytes.HasPrefix(rest, []byte(mark.mark)) {
		return false
	}
	start := s.cur.end - len(rest) + len(mark.mark)
	closing := bytes.Index(rest[len(mark.mark):], []byte(mark.mark))
	if closing >= 0 && len(bytes.Trim(rest[closing+2*len(mark.mark):], " \t")) > 0 ||
		closing < 0 && !mark.after(s.src, s.following) {
		return false
	}
	s.enter(matched)
	b := s.add(kind, next)
	if kind == Math {
		b.Text.Start = start
	}
	s.bareMath = kind == Math && len(bytes.Trim(rest, " \t")) == len(mark.mark)
	if closing >= 0 {
		s.leaf = closed
		if kind == Math {
			b.Text.End = start + closing
		}
	}
	return true
}

// item opens a list item or a footnote.
func (s *scanner) item(c cursor, matched int, paragraph bool, item **Block) bool {
	rest := c.rest()
	if label := footnoteLabel(rest); label > 0 {
		s.enter(matched)
		s.open(Footnote, label, "", 4, item)
		return true
	}
	n, one := listMarker(rest)
	if n == 0 {
		return false
	}
	bare := len(bytes.Trim(rest[n:], " \t")) == 0
	if paragraph && (bare || !one) {
		return false // a paragraph's line may begin with a number or end a sentence with "-"
	}
	s.enter(matched)
	s.open(ListItem, n, string(rest[:n]), 0, item)
	return true
}

// open enters an item whose marker has n bytes. The lines of the item need
// indent columns, or as many as its text has if that is 0.
func (s *scanner) open(kind Kind, n int, marker string, indent int, item **Block) {
	before := s.cur.indent()
	s.cur.skipSpace()
	s.cur.advance(n)
	gap := s.cur.indent()
	bare := s.cur.blank()
	if bare || gap > 4 && kind == ListItem {
		gap = 1 // more is indented code
	}
	s.cur.skip(gap)
	if indent == 0 {
		indent = before + n + gap
	}
	text := repair.Span{Start: s.cur.pos, End: s.cur.end}
	if bare {
		text = repair.Span{Start: s.cur.end, End: s.cur.end}
	}
	*item = &Block{
		Kind: kind, Marker: marker, Depth: len(s.containers),
		Span: repair.Span{Start: s.lineStart, End: s.cur.end}, Text: text,
	}
	s.push(container{indent: indent, empty: bare})
}

// table makes the last line of the open paragraph the header of a table if the
// line is its delimiter row, and gives lines to an open table.
func (s *scanner) table(rest []byte, paragraph bool) bool {
	if s.leaf == inTable {
		b := s.last()
		b.Span.End, b.Text.End = s.cur.end, trimEnd(s.src, s.cur.pos, s.cur.end)
		return true
	}
	if !paragraph || s.last().Kind == Footnote {
		return false
	}
	n := delimiters(rest)
	b := s.last()
	if n == 0 || n != cells(s.src[s.lastStart:b.Text.End]) {
		return false
	}
	header := Block{Kind: Table, Depth: len(s.containers), Span: repair.Span{Start: s.lastLine, End: s.cur.end}}
	header.Text = repair.Span{Start: s.lastStart, End: trimEnd(s.src, s.cur.pos, s.cur.end)}
	s.leaf = inTable
	if s.lastStart == b.Text.Start {
		*b = header
		return true
	}
	b.Span.End = lineEnd(s.src, s.lastLine)
	b.Text.End = trimEnd(s.src, b.Text.Start, b.Span.End)
	s.blocks = append(s.blocks, header)
	return true
}

// lineEnd returns the end of the line before the one that begins at next.
func lineEnd(src []byte, next int) int {
	next--
	if next > 0 && src[next-1] == '\r' {
		next--
	}
	return next
}
