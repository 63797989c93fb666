package markdown

import "bytes"

// tabStop is how far apart Markdown's tab stops are, in columns.
const tabStop = 4

// A cursor is a place in a line that knows its column, because a tab may be
// used up in parts.
type cursor struct {
	src     []byte
	pos     int // the next byte
	end     int // the end of the line, without its ending
	col     int // the column of pos
	pending int // columns of the tab before pos that are not used up
}

func (c *cursor) rest() []byte { return c.src[c.pos:c.end] }

// peek returns the next byte, 0 at the end of the line.
func (c *cursor) peek() byte {
	if c.pos < c.end {
		return c.src[c.pos]
	}
	return 0
}

func (c *cursor) blank() bool {
	for _, b := range c.src[c.pos:c.end] {
		if b != ' ' && b != '\t' {
			return false
		}
	}
	return true
}

// indent returns the columns of white space before the text.
func (c *cursor) indent() int {
	n, col := c.pending, c.col
	for _, b := range c.src[c.pos:c.end] {
		switch b {
		case ' ':
			n, col = n+1, col+1
		case '\t':
			w := tabStop - col%tabStop
			n, col = n+w, col+w
		default:
			return n
		}
	}
	return n
}

// skip uses up at most n columns of white space.
func (c *cursor) skip(n int) {
	used := min(n, c.pending)
	c.pending -= used
	for n -= used; n > 0 && c.pos < c.end; {
		w := 1
		switch c.src[c.pos] {
		case ' ':
		case '\t':
			w = tabStop - c.col%tabStop
		default:
			return
		}
		c.pos++
		c.col += w
		if w > n {
			c.pending = w - n
			w = n
		}
		n -= w
	}
}

// skipSpace moves to the text of the line.
func (c *cursor) skipSpace() {
	c.pending = 0
	for c.pos < c.end && (c.src[c.pos] == ' ' || c.src[c.pos] == '\t') {
		if c.src[c.pos] == '\t' {
			c.col += tabStop - c.col%tabStop
		} else {
			c.col++
		}
		c.pos++
	}
}

// advance moves over n bytes of text.
func (c *cursor) advance(n int) {
	c.pos += n
	c.col += n
	c.pending = 0
}

// quoteMarker consumes a '>' with the space after it, if there is one.
func (c *cursor) quoteMarker() bool {
	if c.indent() > 3 || !bytes.HasPrefix(bytes.TrimLeft(c.rest(), " \t"), []byte(">")) {
		return false
	}
	c.skipSpace()
	c.advance(1)
	if b := c.peek(); b == ' ' || b == '\t' {
		c.skip(1)
	}
	return true
}
