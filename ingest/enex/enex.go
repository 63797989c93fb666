// Package enex reads Evernote's exports.
//
// It reads note by note and promises that a damaged note costs only itself. A
// note becomes HTML: media by their hash become images and links, to-dos become
// checkboxes, code blocks become pre.
package enex

import (
	"bufio"
	"bytes"
	"crypto/md5" //nolint:gosec // Evernote's own name for a resource, no secret
	"encoding/base64"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/clipmend/clipmend/ingest"
)

// Read yields each note as a clip of HTML. An attachment's Ref is "cid:" and
// the MD5 hash by which the note names it, which its body uses too.
func Read(r io.Reader, o ingest.Origin, limits ingest.Limits) iter.Seq2[ingest.Clip, error] {
	limits = limits.Or()
	return func(yield func(ingest.Clip, error) bool) {
		notes := splitter{r: bufio.NewReaderSize(r, 64<<10), limit: limits.Clip + limits.Attachments/3*4}
		for n := 1; ; n++ {
			raw, offset, err := notes.next()
			origin := o.In("note " + strconv.Itoa(n))
			origin.Offset = offset
			if err == io.EOF && len(raw) == 0 {
				if n == 1 {
					yield(ingest.Clip{}, &ingest.Error{Origin: o, Err: errors.New("enex: no notes")})
				}
				return
			}
			var c ingest.Clip
			var damage error
			if err == nil || len(raw) > 0 {
				c, damage = parse(raw, origin, limits)
			}
			switch err = errors.Join(err, damage); {
			case len(c.Body) == 0:
				if !yield(ingest.Clip{}, &ingest.Error{Origin: origin, Err: fmt.Errorf("enex: %w", err)}) {
					return
				}
				continue
			case !yield(c, nil):
				return
			}
			if err != nil && !yield(ingest.Clip{}, &ingest.Error{Origin: origin, Err: fmt.Errorf("enex: %w", err), Notice: true}) {
				return
			}
		}
	}
}

// A splitter cuts the export at its notes without parsing the XML around them,
// so that an error in one cannot hide the next.
type splitter struct {
	r     *bufio.Reader
	n     int64
	limit int64
}

var noteStart, noteEnd = []byte("<note>"), []byte("</note>")

// maxUnclosed is how much of a note that never ends is looked at: more of it is
// the rest of a broken file.
const maxUnclosed = 16 << 20

// next returns the bytes of the next note, which end with its closing tag; at the
// end of the input io.EOF; for an unclosed note what there is of it.
func (s *splitter) next() (raw chunks, offset int64, err error) {
	if _, err := s.until(noteStart, 0); err != nil {
		return nil, s.n, io.EOF
	}
	offset = s.n - int64(len(noteStart))
	raw, err = s.until(noteEnd, s.limit)
	if err == io.EOF {
		switch err = ingest.ErrTruncated; {
		case raw.blank():
			return nil, offset, io.EOF
		case raw.size() > maxUnclosed:
			return nil, offset, err
		}
	}
	return raw, offset, err
}

// until reads past mark and returns up to limit bytes, mark included.
func (s *splitter) until(mark []byte, limit int64) (chunks, error) {
	var kept chunks
	var tail []byte // the end of what was read, for a mark across two pieces
	size := int64(0)
	for {
		piece, err := s.r.ReadSlice('>')
		s.n += int64(len(piece))
		if size += int64(len(piece)); size <= limit {
			kept = kept.add(piece)
		} else {
			kept = nil
		}
		if bytes.HasSuffix(piece, mark) || len(piece) < len(mark) && bytes.HasSuffix(append(tail, piece...), mark) {
			if limit > 0 && size > limit {
				return nil, ingest.TooLarge(limit)
			}
			return kept, nil
		}
		tail = append(tail[:0], piece[max(0, len(piece)-len(mark)):]...)
		if err != nil && err != bufio.ErrBufferFull {
			return kept, err
		}
	}
}

// Chunks are bytes that grow without being moved.
type chunks [][]byte

const chunkSize = 1 << 20

func (c chunks) add(p []byte) chunks {
	for len(p) > 0 {
		if len(c) == 0 || len(c[len(c)-1]) == cap(c[len(c)-1]) {
			c = append(c, make([]byte, 0, min(max(len(p), 4<<10)<<min(len(c), 8), chunkSize)))
		}
		last := &c[len(c)-1]
		n := min(len(p), cap(*last)-len(*last))
		*last = append(*last, p[:n]...)
		p = p[n:]
	}
	return c
}

func (c chunks) size() (n int64) {
	for _, part := range c {
		n += int64(len(part))
	}
	return n
}

func (c chunks) blank() bool {
	return c.size() < 1<<10 && (len(c) == 0 || len(bytes.TrimSpace(c[0])) == 0)
}

func (c chunks) readers() []io.Reader {
	var list []io.Reader
	for _, part := range c {
		list = append(list, bytes.NewReader(part))
	}
	return list
}

// A note is what an export says of one, in its own names.
type note struct {
	Title     string     `xml:"title"`
	Content   string     `xml:"content"`
	Created   string     `xml:"created"`
	Tags      []string   `xml:"tag"`
	Author    string     `xml:"note-attributes>author"`
	SourceURL string     `xml:"note-attributes>source-url"`
	Resources []resource `xml:"resource"`
}

type resource struct {
	Data []byte `xml:"data"`
	Mime string `xml:"mime"`
	Name string `xml:"resource-attributes>file-name"`
}

func parse(raw chunks, o ingest.Origin, limits ingest.Limits) (ingest.Clip, error) {
	parts := slices.Concat([]io.Reader{bytes.NewReader(noteStart)}, raw.readers(), []io.Reader{bytes.NewReader(noteEnd)})
	d := xml.NewDecoder(bufio.NewReader(io.MultiReader(parts...)))
	d.Strict = false
	d.Entity = xml.HTMLEntity // no entity is ever defined by the export itself
	var n note
	err := d.Decode(&n)
	content := strings.TrimSpace(n.Content)
	if content == "" {
		return ingest.Clip{}, errors.Join(errors.New("a note without content"), err)
	}
	if int64(len(content)) > limits.Clip {
		return ingest.Clip{}, ingest.TooLarge(limits.Clip)
	}
	c := ingest.Clip{
		Origin: o, URL: strings.TrimSpace(n.SourceURL), MediaType: "text/html", Charset: "utf-8", Extent: ingest.Content,
		Title: strings.TrimSpace(n.Title), Author: strings.TrimSpace(n.Author),
	}
	c.Saved, _ = time.Parse("20060102T150405Z", strings.TrimSpace(n.Created))
	for _, tag := range n.Tags {
		if tag = strings.TrimSpace(tag); tag != "" {
			c.Tags = append(c.Tags, tag)
		}
	}
	names, pictures := map[string]string{}, map[string]bool{}
	var hashes []string
	for i, r := range n.Resources {
		data, damage := decode(r.Data)
		if damage != nil {
			err = errors.Join(err, fmt.Errorf("resource %d: %w", i+1, damage))
		}
		if len(data) == 0 {
			continue
		}
		sum := md5.Sum(data) //nolint:gosec // see the import
		hash := hex.EncodeToString(sum[:])
		name := strings.TrimSpace(r.Name)
		names[hash] = name
		pictures[hash] = strings.HasPrefix(strings.TrimSpace(r.Mime), "image/")
		hashes = append(hashes, hash)
		c.Attachments = append(c.Attachments, ingest.NewAttachment(name, "cid:"+hash, strings.TrimSpace(r.Mime), data))
	}
	c.Body = toHTML(content, c.Title, names, pictures, hashes)
	return c, err
}

// decode reads base64 with line ends anywhere in it.
func decode(text []byte) ([]byte, error) {
	clean := bytes.Join(bytes.Fields(text), nil)
	clean = bytes.TrimRight(clean, "=")
	n, err := base64.RawStdEncoding.Decode(clean, clean)
	return clean[:n], err
}
