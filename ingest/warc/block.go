package warc

import (
	"bytes"
	"io"

	"github.com/clipmend/clipmend/ingest"
)

// spareLie is how much may be read a second time because lengths in a file
// lie. It keeps a file of nothing but lies linear.
const spareLie = 16 << 20

// A block is what the length of a record covers.
type block struct {
	data  []byte // the first bytes of it, up to a limit
	short bool   // it ended before its length
}

func (b *block) add(p []byte, keep int64) {
	if room := keep - int64(len(b.data)); room > 0 {
		b.data = append(b.data, p[:min(int64(len(p)), room)]...)
	}
}

// take reads a block of length bytes and keeps the first keep of them. Where
// the next record begins inside it the length was a lie, and the input goes on
// with that record. The error is that of the input.
func (c *counter) take(length, keep int64) (block, error) {
	var b block
	for at := int64(0); at < length; {
		left := length - at
		window, err := c.window()
		start := nextRecord(window, left)
		n := int64(len(window))
		switch {
		case start >= 0:
			n = int64(start)
		case err == nil && left+markRoom > n: // the mark may go on behind it
			n -= markRoom
		}
		n = min(n, left)
		b.add(window[:n], keep)
		if _, err := c.r.Discard(int(n)); err != nil {
			return b, err
		}
		c.n, at = c.n+n, at+n
		if start >= 0 {
			return c.inside(b, length-at, keep), nil
		}
		if err != nil && at < length {
			b.short = true
			return b, early(err)
		}
	}
	return b, nil
}

// inside decides about a record that begins within a block of which left bytes
// are to come. If the block ends where it says just before another record, it
// is an archive within the archive, and its length is right.
func (c *counter) inside(b block, left, keep int64) block {
	if c.spare > 0 {
		held, err := io.ReadAll(io.LimitReader(c, min(left, c.spare)))
		if err == nil && int64(len(held)) == left && c.atBoundary() {
			b.add(held, keep)
			return b
		}
		c.spare -= int64(len(held))
		c.unread(held)
	}
	b.data = bytes.TrimSuffix(bytes.TrimSuffix(b.data, []byte("\r\n\r\n")), []byte("\n\n"))
	b.short = true
	return b
}

// atBoundary reports whether blank lines and a record come next, or the end.
func (c *counter) atBoundary() bool {
	head, _ := c.r.Peek(9)
	head = bytes.TrimLeft(head, "\r\n")
	return len(head) == 0 || bytes.HasPrefix(head, []byte("WARC/"))
}

// markRoom bounds how far a record's beginning is looked at to be sure of it.
const markRoom = 600

// window returns what the buffer holds, at least two markRooms unless the input
// ends, with the error that ends it.
func (c *counter) window() ([]byte, error) {
	var err error
	if c.r.Buffered() < 2*markRoom {
		_, err = c.r.Peek(2 * markRoom)
	}
	window, _ := c.r.Peek(c.r.Buffered())
	return window, err
}

// nextRecord returns where the first record begins in data, before the limit
// and after a blank line, or -1.
func nextRecord(data []byte, limit int64) int {
	for at := 0; ; {
		i := bytes.Index(data[at:], []byte("\nWARC/"))
		if i < 0 || int64(at+i+1) >= limit {
			return -1
		}
		at += i + 1
		head := data[at:min(len(data), at+markRoom)]
		blank := bytes.HasSuffix(data[:at], []byte("\n\r\n")) || bytes.HasSuffix(data[:at], []byte("\n\n"))
		if blank && beginsRecord(head) && bytes.Contains(bytes.ToLower(head), []byte("\nwarc-type:")) {
			return at
		}
	}
}

func beginsRecord(head []byte) bool {
	return bytes.HasPrefix(head, []byte("WARC/1.")) || bytes.HasPrefix(head, []byte("WARC/0."))
}

// A stack is a reader to which bytes can be given back.
type stack struct {
	back [][]byte // the last is read first
	r    io.Reader
}

// Read implements io.Reader.
func (s *stack) Read(p []byte) (int, error) {
	for len(s.back) > 0 {
		top := &s.back[len(s.back)-1]
		if n := copy(p, *top); n > 0 || len(p) == 0 {
			*top = (*top)[n:]
			return n, nil
		}
		s.back = s.back[:len(s.back)-1]
	}
	return s.r.Read(p)
}

// unread gives back the bytes that were read last.
func (c *counter) unread(p []byte) {
	buffered, _ := c.r.Peek(c.r.Buffered())
	c.under.back = append(c.under.back, bytes.Clone(buffered), p)
	c.r.Reset(c.under)
	c.n -= int64(len(p))
}

func early(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return ingest.ErrTruncated
	}
	return err
}
