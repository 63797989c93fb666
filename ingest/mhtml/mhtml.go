// Package mhtml reads web archives of one page: MHTML, also named MHT.
//
// It forgives what browsers and mail programs get wrong: a boundary that is
// missing or never closed, an early end, header lines that are none, and
// transfer encodings with damage in them. It promises a clip wherever there is
// a part with text in it.
package mhtml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"
	"net/mail"
	"strings"

	"github.com/clipmend/clipmend/ingest"
)

const (
	maxParts   = 200_000
	maxNesting = 8
)

// Read yields the page of an archive as one clip, with the other parts as
// attachments under the names that the page may use: "cid:" and the content ID,
// and the content's location. What was damaged but read all the same follows as
// notices. The archive is held in memory: it is one clip.
func Read(r io.Reader, o ingest.Origin, limits ingest.Limits) iter.Seq2[ingest.Clip, error] {
	limits = limits.Or()
	return func(yield func(ingest.Clip, error) bool) {
		fail := func(err error, notice bool) bool {
			return yield(ingest.Clip{}, &ingest.Error{Origin: o, Err: fmt.Errorf("mhtml: %w", err), Notice: notice})
		}
		// Base64 adds a third, line ends and headers a little more.
		data, err := ingest.ReadAll(r, (limits.Clip+limits.Attachments)/2*3)
		if err != nil {
			fail(err, false)
			return
		}
		a := archive{limits: limits}
		head, body := splitHeader(data)
		a.add(head, body, 0)
		main := a.main(head)
		if main < 0 {
			fail(errors.Join(append([]error{errors.New("no part holds a page")}, a.damage...)...), false)
			return
		}
		if !yield(a.clip(o, head, main), nil) {
			return
		}
		for _, err := range a.damage {
			if !fail(err, true) {
				return
			}
		}
	}
}

type part struct {
	header    header
	mediaType string
	charset   string
	body      []byte
}

type archive struct {
	limits ingest.Limits
	parts  []part
	size   int64
	seen   int
	damage []error
}

// add decodes an entity, or each of its parts if it is made of them.
func (a *archive) add(h header, body []byte, depth int) {
	mediaType, params := mediaTypeOf(h.get("Content-Type"))
	if strings.HasPrefix(mediaType, "multipart/") && depth < maxNesting {
		a.addAll(params["boundary"], body, depth)
		return
	}
	if mediaType == "message/rfc822" && depth < maxNesting {
		inner, rest := splitHeader(body)
		a.add(inner, rest, depth+1)
		return
	}
	decoded, err := decode(h.get("Content-Transfer-Encoding"), body)
	if err != nil {
		a.damaged(fmt.Errorf("part %d: %w", len(a.parts)+1, err))
	}
	a.size += int64(len(decoded))
	if int64(len(decoded)) > a.limits.Clip && strings.HasPrefix(mediaType, "text/html") || a.size > a.limits.Clip+a.limits.Attachments {
		a.damaged(fmt.Errorf("part %d: %w", len(a.parts)+1, ingest.TooLarge(a.limits.Attachments)))
		return
	}
	a.parts = append(a.parts, part{h, mediaType, params["charset"], decoded})
}

func (a *archive) addAll(boundary string, body []byte, depth int) {
	if boundary == "" || !bytes.Contains(body, []byte("--"+boundary)) {
		if boundary = findBoundary(body); boundary == "" {
			a.damaged(errors.New("no boundary between the parts"))
			return
		}
		a.damaged(errors.New("the boundary was not declared"))
	}
	closed := false
	for raw := range split(body, boundary, &closed) {
		if a.seen++; a.seen > maxParts {
			a.damaged(fmt.Errorf("%w: more than %d parts", ingest.ErrTooLarge, maxParts))
			return
		}
		h, content := splitHeader(raw)
		a.add(h, content, depth+1)
	}
	if !closed {
		a.damaged(ingest.ErrTruncated)
	}
}

// damaged keeps the first few damages: the rest would say the same.
func (a *archive) damaged(err error) {
	if len(a.damage) < 20 {
		a.damage = append(a.damage, err)
	}
}

// main gives the part that is the page: the one that the archive names as its
// start or its location, or else the first with HTML, or with text.
func (a *archive) main(top header) int {
	_, params := mediaTypeOf(top.get("Content-Type"))
	start, location := strings.Trim(params["start"], "<> "), top.get("Snapshot-Content-Location")
	best, bestRank := -1, 0
	for i, p := range a.parts {
		rank := 0
		switch {
		case len(p.body) == 0:
		case p.mediaType == "text/html" || p.mediaType == "application/xhtml+xml":
			rank = 2
			if start != "" && p.header.id() == start {
				rank = 4
			} else if location != "" && p.header.get("Content-Location") == location {
				rank = 3
			}
		case p.mediaType == "text/plain" || p.mediaType == "text/markdown":
			rank = 1
		}
		if rank > bestRank {
			best, bestRank = i, rank
		}
	}
	return best
}

func (a *archive) clip(o ingest.Origin, top header, main int) ingest.Clip {
	p := a.parts[main]
	c := ingest.Clip{
		Origin: o, MediaType: p.mediaType, Charset: p.charset, Body: p.body,
		Title: decodeWords(top.get("Subject")), URL: top.get("Snapshot-Content-Location"),
	}
	if c.MediaType == "application/xhtml+xml" {
		c.MediaType = "text/html"
	}
	if location := p.header.get("Content-Location"); c.URL == "" && strings.Contains(location, "://") {
		c.URL = location
	}
	if saved, err := mail.ParseDate(top.get("Date")); err == nil {
		c.Saved = saved
	}
	for i, p := range a.parts {
		if i == main || len(p.body) == 0 {
			continue
		}
		location := p.header.get("Content-Location")
		att := ingest.NewAttachment(nameOf(location), location, p.mediaType, p.body)
		if location != "" {
			c.Attachments = append(c.Attachments, att)
		}
		if id := p.header.id(); id != "" {
			att.Ref = "cid:" + id
			c.Attachments = append(c.Attachments, att)
		}
	}
	return c
}

// nameOf gives the last part of an address's path.
func nameOf(location string) string {
	location, _, _ = strings.Cut(location, "?")
	if strings.HasPrefix(location, "cid:") || strings.HasPrefix(location, "data:") {
		return ""
	}
	return location[strings.LastIndexByte(location, '/')+1:]
}

func decodeWords(s string) string {
	var d mime.WordDecoder
	if decoded, err := d.DecodeHeader(s); err == nil {
		return decoded
	}
	return s
}
