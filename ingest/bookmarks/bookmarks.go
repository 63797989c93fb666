// Package bookmarks reads the bookmark files that browsers and bookmarking
// services export, all descended from Netscape's, and Pocket's HTML export.
//
// It promises a clip for each link, in the file's order, read as a stream.
package bookmarks

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/clipmend/clipmend/ingest"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// Read yields each link as a clip of extent Link: the body is Markdown with the
// link and its description, the page is at URL.
func Read(r io.Reader, o ingest.Origin, limits ingest.Limits) iter.Seq2[ingest.Clip, error] {
	return func(yield func(ingest.Clip, error) bool) {
		z := html.NewTokenizer(decoded(r))
		z.SetMaxBuf(1 << 20)
		p := parser{origin: o, limits: limits.Or(), yield: yield}
		for !p.stopped {
			if z.Next() == html.ErrorToken {
				break
			}
			p.token(z.Token())
		}
		p.flush()
		switch err := z.Err(); {
		case p.stopped:
		case err != nil && err != io.EOF:
			yield(ingest.Clip{}, &ingest.Error{Origin: o, Err: fmt.Errorf("bookmarks: after link %d: %w", p.count, err)})
		case p.count == 0:
			yield(ingest.Clip{}, &ingest.Error{Origin: o, Err: errors.New("bookmarks: no links")})
		}
	}
}

// decoded gives the text as UTF-8 where the file declares another encoding.
func decoded(r io.Reader) io.Reader {
	buffered := bufio.NewReader(r)
	head, _ := buffered.Peek(1024)
	declared := bytes.Contains(bytes.ToLower(head), []byte("charset="))
	if e, name, certain := charset.DetermineEncoding(head, ""); (certain || declared) && name != "utf-8" {
		return e.NewDecoder().Reader(buffered)
	}
	return buffered
}

type parser struct {
	origin  ingest.Origin
	limits  ingest.Limits
	yield   func(ingest.Clip, error) bool
	stopped bool
	count   int

	folders []string
	heading string // the last heading, which names the list that follows
	link    *ingest.Clip
	text    strings.Builder
	into    string // the element whose text is collected: "a", "h3", "dd", ""
}

// maxFolders is how deep folders are told apart.
const maxFolders = 64

func (p *parser) token(t html.Token) {
	switch t.Type {
	case html.TextToken:
		if p.into != "" && p.text.Len() < 1<<16 {
			p.text.WriteString(t.Data)
		}
	case html.StartTagToken, html.SelfClosingTagToken:
		p.start(t)
	case html.EndTagToken:
		p.end(t.Data)
	}
}

func (p *parser) start(t html.Token) {
	switch t.Data {
	case "dl", "ul":
		p.flush()
		if len(p.folders) < maxFolders {
			p.folders = append(p.folders, p.heading)
		}
		p.heading = ""
	case "h1", "h2", "h3":
		p.flush()
		p.collect("h3")
	case "dt", "li":
		p.flush()
	case "dd":
		p.finish()
		p.collect("dd")
	case "br":
		p.text.WriteByte('\n')
	case "a":
		if p.into == "dd" {
			return // a link in a description is part of its text
		}
		p.flush()
		p.begin(t)
		p.collect("a")
	}
}

func (p *parser) end(name string) {
	switch name {
	case "dl", "ul":
		p.flush()
		p.folders = p.folders[:max(len(p.folders)-1, 0)]
	case "a":
		if p.into == "a" {
			p.finish()
		}
	case "h1", "h2", "h3":
		p.finish()
	}
}

func (p *parser) collect(what string) {
	p.text.Reset()
	p.into = what
}

// finish puts the collected text where it belongs.
func (p *parser) finish() {
	text := strings.TrimSpace(p.text.String())
	switch p.into {
	case "h3":
		p.heading = text
	case "a":
		p.link.Title = strings.Join(strings.Fields(text), " ")
	case "dd":
		if p.link != nil {
			p.link.Description = text
		}
	}
	p.collect("")
}

// begin starts a link from the attributes of its anchor.
func (p *parser) begin(t html.Token) {
	p.count++
	c := &ingest.Clip{
		Origin: p.origin.In("link " + strconv.Itoa(p.count)), MediaType: "text/markdown", Charset: "utf-8", Extent: ingest.Link,
		Folder: strings.Join(slices.DeleteFunc(slices.Clone(p.folders), func(s string) bool { return s == "" }), "/"),
	}
	for _, a := range t.Attr {
		switch a.Key {
		case "href":
			c.URL = strings.TrimSpace(a.Val)
		case "add_date", "time_added":
			c.Saved = parseTime(a.Val)
		case "tags", "labels":
			c.Tags = splitTags(a.Val)
		}
	}
	p.link = c
}

// flush yields the link that is done.
func (p *parser) flush() {
	p.finish()
	c := p.link
	if p.link = nil; c == nil || p.stopped {
		return
	}
	if c.URL == "" {
		p.stopped = !p.yield(ingest.Clip{}, &ingest.Error{Origin: c.Origin, Err: fmt.Errorf("bookmarks: %q has no address", c.Title)})
		return
	}
	c.Body = []byte(ingest.LinkBody(*c, ""))
	p.stopped = !p.yield(*c, nil)
}

func splitTags(s string) []string {
	separator := ","
	if !strings.Contains(s, ",") {
		separator = " "
	}
	var tags []string
	for tag := range strings.SplitSeq(s, separator) {
		if tag = strings.TrimSpace(tag); tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	return tags
}

// parseTime reads seconds, milli- or microseconds since 1970.
func parseTime(s string) time.Time {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	switch {
	case err != nil || n <= 0:
		return time.Time{}
	case n < 1e11:
		return time.Unix(n, 0).UTC()
	case n < 1e14:
		return time.UnixMilli(n).UTC()
	}
	return time.UnixMicro(n).UTC()
}
