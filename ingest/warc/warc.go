// Package warc reads web archives in the WARC format, plain and gzipped.
//
// It promises to go on after damage: with the next gzip member, or the next
// line that begins a record. A body comes out as the browser saw it: chunks
// joined, content codings undone.
package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/clipmend/clipmend/ingest"
)

// Read yields the pages among the response, resource and conversion records:
// HTML, Markdown and plain text. Other records are passed over, redirects and
// error pages too; a last notice counts the revisits, which hold no page.
func Read(r io.Reader, o ingest.Origin, limits ingest.Limits) iter.Seq2[ingest.Clip, error] {
	return func(yield func(ingest.Clip, error) bool) {
		rd := reader{origin: o, limits: limits.Or(), yield: yield, member: -1}
		buffered := bufio.NewReaderSize(r, 64<<10)
		if head, _ := buffered.Peek(2); string(head) == "\x1f\x8b" {
			rd.members(buffered)
		} else {
			rd.records(newCounter(buffered))
		}
		if !rd.stopped && rd.revisits > 0 {
			rd.report(o, errors.New(skipped(rd.revisits)), true)
		}
		switch {
		case rd.stopped || rd.told:
		case rd.count == 0:
			rd.report(o, errors.New("warc: no records"), false)
		default:
			rd.report(o, fmt.Errorf("%w: no page among %d records", ingest.ErrNotClip, rd.count), true)
		}
	}
}

func skipped(revisits int) string {
	if revisits == 1 {
		return "1 revisit record skipped: the page is in an earlier record"
	}
	return fmt.Sprintf("%d revisit records skipped: the page is in earlier records", revisits)
}

type reader struct {
	origin   ingest.Origin
	limits   ingest.Limits
	yield    func(ingest.Clip, error) bool
	count    int   // records so far
	member   int64 // where the gzip member at hand begins, -1 in a plain file
	revisits int
	told     bool // something was yielded
	stopped  bool
}

func (rd *reader) put(c ingest.Clip, err error) bool {
	rd.told = true
	rd.stopped = rd.stopped || !rd.yield(c, err)
	return !rd.stopped
}

func (rd *reader) report(o ingest.Origin, err error, notice bool) bool {
	return rd.put(ingest.Clip{}, &ingest.Error{Origin: o, Err: err, Notice: notice})
}

// at is the origin of the current record.
func (rd *reader) at(offset int64) ingest.Origin {
	o := rd.origin.In("record " + strconv.Itoa(rd.count))
	if o.Offset = offset; rd.member >= 0 {
		o.Offset = rd.member
	}
	return o
}

// A record is a WARC record with its block, cut at the limit.
type record struct {
	origin ingest.Origin
	header map[string]string // by lower-case name
	block  []byte
	short  bool // the block ended before its length
	over   bool // the block was longer than the limit
}

// records reads records one after the other, to the end of the input, and
// reports whether to go on.
func (rd *reader) records(in *counter) bool {
	for !rd.stopped {
		skipped, err := in.toRecord()
		if skipped > 0 && !rd.report(rd.at(in.n), fmt.Errorf("warc: %d bytes that belong to no record", skipped), rd.count > 0) {
			return false
		}
		if err != nil {
			return rd.ended(in.n, err)
		}
		rd.count++
		if rd.count > rd.limits.Records {
			rd.report(rd.at(in.n), fmt.Errorf("%w: more than %d records", ingest.ErrTooLarge, rd.limits.Records), false)
			rd.stopped = true
			return false
		}
		if err := rd.record(in); err != nil {
			return rd.ended(in.n, err)
		}
	}
	return false
}

// ended reports an end that is not between two records.
func (rd *reader) ended(offset int64, err error) bool {
	if err == io.EOF {
		return true
	}
	return rd.report(rd.at(offset), fmt.Errorf("warc: %w", err), false)
}

// record reads the record that begins here. Its error is that of the input.
func (rd *reader) record(in *counter) error {
	rec := record{origin: rd.at(in.n)}
	var err error
	if rec.header, err = in.header(); err != nil {
		return fmt.Errorf("header: %w", early(err))
	}
	length, err := strconv.ParseInt(rec.header["content-length"], 10, 64)
	if err != nil || length < 0 {
		rd.report(rec.origin, fmt.Errorf("warc: Content-Length %q", rec.header["content-length"]), false)
		return nil // the next line that begins a record says where this ends
	}
	kind := rec.header["warc-type"]
	if kind == "revisit" {
		rd.revisits++
	}
	keep := int64(0)
	if kind == "response" || kind == "resource" || kind == "conversion" {
		keep = rd.limits.Clip + 1<<20 // the HTTP header comes on top
	}
	b, err := in.take(length, keep)
	switch {
	case keep > 0:
		rec.block, rec.short, rec.over = b.data, b.short, !b.short && length > keep
		rd.take(rec)
	case b.short && err == nil:
		rd.report(rec.origin, fmt.Errorf("warc: the record is shorter than it says: %w", ingest.ErrTruncated), true)
	}
	return err
}

// take yields the clip of a record, if it holds a page.
func (rd *reader) take(rec record) {
	c := ingest.Clip{
		Origin:    rec.origin,
		URL:       cleanURI(rec.header["warc-target-uri"]),
		MediaType: ingest.BaseMediaType(rec.header["content-type"]),
		Charset:   charsetOf(rec.header["content-type"]),
		Body:      rec.block,
	}
	c.Saved, _ = time.Parse(time.RFC3339, rec.header["warc-date"])
	payload := rec.block
	var err error
	if c.MediaType == "application/http" {
		var res response
		if res, err = parseResponse(rec.block, rd.limits.Clip); err == nil && (res.status < 200 || res.status > 299 && res.status != 0) {
			return
		}
		c.MediaType, c.Charset, c.Body, payload = res.mediaType, res.charset, res.body, res.payload
		err = errors.Join(err, res.err)
	}
	if c.MediaType == "application/xhtml+xml" {
		c.MediaType = "text/html"
	}
	if c.MediaType != "text/html" && c.MediaType != "text/markdown" && c.MediaType != "text/plain" ||
		strings.HasPrefix(c.URL, "metadata:") {
		if err != nil && c.MediaType == "" {
			rd.report(rec.origin, fmt.Errorf("warc: %w", err), false)
		}
		return
	}
	switch {
	case rec.over || int64(len(c.Body)) > rd.limits.Clip:
		rd.report(rec.origin, fmt.Errorf("warc: %w", ingest.TooLarge(rd.limits.Clip)), false)
		return
	case len(bytes.TrimSpace(c.Body)) == 0:
		rd.report(rec.origin, fmt.Errorf("warc: %w", errors.Join(ingest.ErrEmpty, err)), false)
		return
	}
	if rec.short {
		err = errors.Join(err, fmt.Errorf("the record is shorter than it says: %w", ingest.ErrTruncated))
	} else {
		err = errors.Join(err, checkDigests(rec, payload))
	}
	if rd.put(c, nil) && err != nil {
		rd.report(rec.origin, fmt.Errorf("warc: %w", err), true)
	}
}

// cleanURI takes off the angle brackets that some archivers put around it.
func cleanURI(uri string) string {
	return strings.ReplaceAll(strings.Trim(uri, "<> "), " ", "%20")
}
