package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/clipmend/clipmend/ingest"
)

// A counter counts the bytes that were taken from a buffered reader.
type counter struct {
	r     *bufio.Reader
	under *stack // what r reads
	n     int64
	spare int64 // how much more may be read again
}

func newCounter(r io.Reader) *counter {
	under := &stack{r: r}
	return &counter{r: bufio.NewReaderSize(under, 64<<10), under: under, spare: spareLie}
}

// next goes on with another stream.
func (c *counter) next(r io.Reader) {
	c.under.r, c.under.back, c.n = r, nil, 0
	c.r.Reset(c.under)
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// line reads to the next line end, and gives the first 64 KiB of it.
func (c *counter) line() ([]byte, error) {
	var line []byte
	for {
		piece, err := c.r.ReadSlice('\n')
		c.n += int64(len(piece))
		if len(line) < 64<<10 {
			line = append(line, piece...)
		}
		if err != bufio.ErrBufferFull {
			return line, err
		}
	}
}

// toRecord goes on to the next line that begins a record, past blank lines. It
// returns how many bytes of others it passed.
func (c *counter) toRecord() (skipped int64, err error) {
	for {
		head, err := c.r.Peek(7)
		if beginsRecord(head) {
			return skipped, nil
		}
		if len(head) == 0 {
			return skipped, err
		}
		line, _ := c.line()
		if len(bytes.TrimSpace(line)) > 0 {
			skipped += int64(len(line))
		}
	}
}

// header reads the version line and the named fields up to the blank line.
func (c *counter) header() (map[string]string, error) {
	h := map[string]string{}
	last := ""
	for n, start := 0, c.n; ; n++ {
		line, err := c.line()
		text := strings.TrimRight(string(line), "\r\n")
		switch name, value, ok := strings.Cut(text, ":"); {
		case text == "" && err == nil:
			return h, nil
		case err != nil:
			return h, err
		case c.n-start > 1<<20:
			return h, fmt.Errorf("header: %w", ingest.TooLarge(1<<20))
		case n == 0: // the version
		case (text[0] == ' ' || text[0] == '\t') && last != "":
			h[last] += " " + strings.TrimSpace(text)
		case ok:
			last = strings.ToLower(strings.TrimSpace(name))
			h[last] = strings.TrimSpace(value)
		}
	}
}

// members reads a file of gzip members, each with one record, as is the rule,
// with many, or with a part of one. After a broken member it goes on with the
// next.
func (rd *reader) members(r *bufio.Reader) {
	in := &source{counter: counter{r: r}}
	unpacked := newCounter(nil)
	g := &guard{in: in, ratio: rd.limits.Ratio, total: rd.limits.Unpacked}
	for !rd.stopped {
		err := g.open()
		if err == io.EOF {
			return
		}
		rd.member = in.start
		if err == nil {
			unpacked.next(g)
			rd.records(unpacked)
			err = g.broken
			if errors.Is(err, ingest.ErrBomb) {
				return
			}
			if err == nil {
				continue
			}
		} else if !rd.report(rd.at(in.start), fmt.Errorf("warc: gzip member: %w", early(err)), false) {
			return
		}
		in.rewind()
		if !in.toMember() {
			return
		}
	}
}

// A source is the compressed file. It reads byte by byte where gzip asks so,
// and thus never past the member's end.
type source struct {
	counter
	start   int64 // where the member begins
	out     int64
	seen    []byte // the last bytes that the member took, for looking again
	rewinds int
}

// A broken member runs on into the next ones; these are looked at again.
const (
	maxSeen    = 128 << 10
	maxRewinds = 100 // bounds the work on files of broken beginnings
)

// remember keeps at least the last half of maxSeen bytes.
func (s *source) remember(p ...byte) {
	s.seen = append(s.seen, p...)
	if over := len(s.seen) - maxSeen; over > 0 {
		s.seen = append(s.seen[:0], s.seen[len(s.seen)-maxSeen/2:]...)
	}
}

// Read implements io.Reader.
func (s *source) Read(p []byte) (int, error) {
	n, err := s.counter.Read(p)
	s.remember(p[:n]...)
	return n, err
}

// rewind goes back into what a broken member took, past its first byte.
func (s *source) rewind() {
	if s.rewinds++; s.rewinds > maxRewinds || len(s.seen) < 2 {
		return
	}
	again := bytes.Clone(s.seen[1:])
	s.n -= int64(len(again))
	s.r = bufio.NewReaderSize(io.MultiReader(bytes.NewReader(again), s.r), 64<<10)
}

// ReadByte implements io.ByteReader.
func (s *source) ReadByte() (byte, error) {
	b, err := s.r.ReadByte()
	if err == nil {
		s.n++
		s.remember(b)
	}
	return b, err
}

// toMember goes on to the next bytes that look like a member's beginning.
func (s *source) toMember() bool {
	for {
		head, _ := s.r.Peek(4)
		if len(head) < 4 {
			return false
		}
		if head[0] == 0x1f && head[1] == 0x8b && head[2] == 8 && head[3]&0xe0 == 0 {
			return true
		}
		if _, err := s.ReadByte(); err != nil {
			return false
		}
	}
}

// A guard reads a member and stops it if it unpacks to far more than it holds. It
// goes on with the next member if that does not begin a record.
type guard struct {
	z      *gzip.Reader
	in     *source
	ratio  int64
	total  int64
	broken error

	ahead  []byte // the beginning of the open member, which is yet to be read
	opened bool   // the open member begins a record
	failed error  // why the next could not be opened
}

// calm is how much may come out before the ratio counts: small records of one
// repeated byte are no bomb.
const calm = 32 << 20

// open makes the next member that begins a record the one to read.
func (g *guard) open() error {
	g.broken = nil
	if g.opened {
		g.opened = false
		return nil
	}
	err := g.failed
	if g.failed = nil; err != nil {
		return err
	}
	return g.next()
}

// next opens the next member.
func (g *guard) next() (err error) {
	g.in.start, g.in.out, g.in.seen = g.in.n, 0, g.in.seen[:0]
	g.ahead = nil
	if g.z == nil {
		g.z, err = gzip.NewReader(g.in)
	} else {
		err = g.z.Reset(g.in)
	}
	if err != nil {
		return err
	}
	g.z.Multistream(false)
	return nil
}

// Read implements io.Reader.
func (g *guard) Read(p []byte) (int, error) {
	for {
		if g.opened || g.failed != nil || g.broken != nil {
			return 0, io.EOF
		}
		if len(g.ahead) > 0 {
			n := copy(p, g.ahead)
			g.ahead = g.ahead[n:]
			return n, nil
		}
		n, err := g.unpack(p)
		if err == io.EOF && n > 0 { // there may be more in the next
			err = nil
		}
		if n > 0 || err != io.EOF {
			return n, err
		}
		if g.failed = g.next(); g.failed != nil {
			return 0, io.EOF
		}
		head := make([]byte, len("WARC/"))
		n, _ = io.ReadFull(readerFunc(g.unpack), head)
		g.ahead = head[:n]
		g.opened = g.broken != nil || string(g.ahead) == "WARC/" || n == 0
	}
}

type readerFunc func([]byte) (int, error)

// Read implements io.Reader.
func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func (g *guard) unpack(p []byte) (int, error) {
	n, err := g.z.Read(p)
	g.in.out += int64(n)
	if g.in.out > calm && g.in.out > g.ratio*(g.in.n-g.in.start) || g.in.out > g.total {
		err = ingest.ErrBomb
	}
	if err != nil && err != io.EOF {
		g.broken = err
	}
	return n, err
}
