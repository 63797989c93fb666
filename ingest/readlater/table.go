// Package readlater reads what read-later services export: tables of links in
// CSV (Pocket, Instapaper, Readwise Reader, Raindrop), tables of highlights
// (Readwise), and the descriptions of pages in Omnivore's archive.
//
// Columns are known by their names, so that their order and further ones do not
// matter. A row without an address is reported, and the next one read.
package readlater

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
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

// columns are the names that services give to what a clip knows, in lower case.
var columns = map[string][]string{
	"url":         {"url", "link", "source url"},
	"title":       {"title"},
	"author":      {"author"},
	"saved":       {"time_added", "timestamp", "saved date", "created", "date added"},
	"tags":        {"tags", "document tags", "labels"},
	"folder":      {"folder"},
	"description": {"selection", "excerpt", "description"},
	"note":        {"note"},
}

// A header says in which column a field is.
type header map[string]int

func headerOf(names []string) header {
	h := header{}
	for i, name := range names {
		name = strings.ToLower(strings.TrimSpace(strings.Trim(strings.TrimPrefix(name, "\ufeff"), `"`)))
		for field, known := range columns {
			if _, taken := h[field]; !taken && slices.Contains(known, name) {
				h[field] = i
			}
		}
		if _, taken := h[name]; !taken {
			h[name] = i
		}
	}
	return h
}

func (h header) get(row []string, field string) string {
	if i, ok := h[field]; ok && i < len(row) {
		return strings.TrimSpace(row[i])
	}
	return ""
}

func (h header) has(fields ...string) bool {
	return !slices.ContainsFunc(fields, func(f string) bool { _, ok := h[f]; return !ok })
}

// isLinks reports whether a table lists links, isHighlights whether it is
// Readwise's list of highlights.
func (h header) isLinks() bool {
	return h.has("url", "title") && (h.has("saved") || h.has("tags") || h.has("folder"))
}

func (h header) isHighlights() bool { return h.has("highlight", "book title") }

// Looks reports whether text begins a table that Read reads.
func Looks(head []byte) bool {
	line, _, ok := bytes.Cut(head, []byte("\n"))
	if !ok || !bytes.ContainsRune(line, ',') {
		return false
	}
	names, err := csv.NewReader(bytes.NewReader(line)).Read()
	if err != nil {
		return false
	}
	h := headerOf(names)
	return h.isLinks() || h.isHighlights()
}

// Read yields a clip of extent Link for each row of a table of links, and a clip
// of Markdown for each book or article of a table of highlights.
func Read(r io.Reader, o ingest.Origin, limits ingest.Limits) iter.Seq2[ingest.Clip, error] {
	limits = limits.Or()
	return func(yield func(ingest.Clip, error) bool) {
		t := table{origin: o, limits: limits, yield: yield}
		t.input = &bounded{r: r}
		t.lines = csv.NewReader(t.input)
		t.lines.FieldsPerRecord, t.lines.LazyQuotes, t.lines.ReuseRecord = -1, true, true
		names, err := t.lines.Read()
		if err != nil {
			t.fail(o, errors.Join(errors.New("no header"), err))
			return
		}
		t.header = headerOf(names)
		switch {
		case t.header.isHighlights():
			t.highlights()
		case t.header.isLinks():
			t.links()
		default:
			t.fail(o, fmt.Errorf("%w: a table of other columns", ingest.ErrNotClip))
		}
	}
}

// maxLine bounds a row: a quote that is never closed would take in the rest.
const maxLine = 4 << 20

// A bounded reader fails once maxLine bytes came within one row.
type bounded struct {
	r io.Reader
	n int
}

// Read implements io.Reader.
func (b *bounded) Read(p []byte) (int, error) {
	if b.n > maxLine {
		return 0, fmt.Errorf("row: %w", ingest.TooLarge(maxLine))
	}
	n, err := b.r.Read(p)
	b.n += n
	return n, err
}

type table struct {
	origin ingest.Origin
	limits ingest.Limits
	yield  func(ingest.Clip, error) bool
	input  *bounded
	lines  *csv.Reader
	header header
}

func (t *table) fail(o ingest.Origin, err error) bool {
	return t.yield(ingest.Clip{}, &ingest.Error{Origin: o, Err: fmt.Errorf("table: %w", err)})
}

// rows yields the rows with their origins, and goes on after a damaged one.
func (t *table) rows() iter.Seq2[ingest.Origin, []string] {
	return func(yield func(ingest.Origin, []string) bool) {
		for n := 1; ; n++ {
			origin := t.origin.In("row " + strconv.Itoa(n))
			origin.Offset = t.lines.InputOffset()
			t.input.n = 0
			row, err := t.lines.Read()
			if err == io.EOF {
				if n == 1 {
					t.fail(t.origin, errors.New("no rows"))
				}
				return
			}
			if _, damaged := errors.AsType[*csv.ParseError](err); damaged {
				if !t.fail(origin, err) {
					return
				}
				continue
			}
			if n > t.limits.Records {
				err = fmt.Errorf("%w: more than %d rows", ingest.ErrTooLarge, t.limits.Records)
			}
			if err != nil {
				t.fail(origin, err)
				return
			}
			if !yield(origin, row) {
				return
			}
		}
	}
}

func (t *table) links() {
	for origin, row := range t.rows() {
		address := t.header.get(row, "url")
		if address == "" {
			if !t.fail(origin, fmt.Errorf("%q has no address", t.header.get(row, "title"))) {
				return
			}
			continue
		}
		c := ingest.Clip{
			Origin: origin, URL: address, MediaType: "text/markdown", Charset: "utf-8", Extent: ingest.Link,
			Title: t.header.get(row, "title"), Author: t.header.get(row, "author"), Folder: t.header.get(row, "folder"),
			Saved: timeOf(t.header.get(row, "saved")), Tags: tagsOf(t.header.get(row, "tags")),
			Description: t.header.get(row, "description"),
		}
		if c.Title == address {
			c.Title = ""
		}
		c.Body = []byte(ingest.LinkBody(c, t.header.get(row, "note")))
		if !t.yield(c, nil) {
			return
		}
	}
}

// tagsOf reads a list of tags in any of the ways that services write one: JSON,
// or words between bars, semicolons or commas.
func tagsOf(s string) []string {
	var list []string
	if strings.HasPrefix(s, "[") && json.Unmarshal([]byte(s), &list) != nil {
		list = strings.FieldsFunc(strings.ReplaceAll(strings.Trim(s, "[]"), "'", ""), func(r rune) bool { return r == ',' })
	} else if !strings.HasPrefix(s, "[") {
		separator := ","
		for _, other := range []string{"|", ";"} {
			if strings.Contains(s, other) {
				separator = other
			}
		}
		list = strings.Split(s, separator)
	}
	var tags []string
	for _, tag := range list {
		if tag = strings.TrimSpace(tag); tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	return tags
}

// timeOf reads seconds since 1970 or a date with a time.
func timeOf(s string) time.Time {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && n > 0 && n < 1<<40 {
		if n > 1e11 {
			return time.UnixMilli(n).UTC()
		}
		return time.Unix(n, 0).UTC()
	}
	for _, layout := range []string{
		time.RFC3339, "2006-01-02 15:04:05-07:00", "2006-01-02 15:04:05.999999-07:00", "2006-01-02 15:04:05", "2006-01-02", "January 2, 2006 3:04 PM",
	} {
		if at, err := time.Parse(layout, s); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}
