package readlater

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"iter"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/clipmend/clipmend/ingest"
)

// An item is what Omnivore's archive says of a page, in its own names.
type item struct {
	Slug        string    `json:"slug"`
	Title       string    `json:"title"`
	Description string    `json:"description"`
	Author      string    `json:"author"`
	URL         string    `json:"url"`
	Labels      []any     `json:"labels"`
	SavedAt     time.Time `json:"savedAt"`
	PublishedAt time.Time `json:"publishedAt"`
}

// IsOmnivore reports whether a member of an archive holds Omnivore's
// descriptions of pages: "metadata_0_to_19.json".
func IsOmnivore(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(base, "metadata_") && strings.HasSuffix(base, ".json") && strings.Contains(base, "_to_")
}

// Omnivore yields a clip for each item that r describes. Open opens a member
// beside it, "content/slug.html" and "highlights/slug.md", or fails if there is
// none; an item without content is a link.
func Omnivore(r io.Reader, o ingest.Origin, limits ingest.Limits, open func(name string) (io.ReadCloser, error)) iter.Seq2[ingest.Clip, error] {
	limits = limits.Or()
	return func(yield func(ingest.Clip, error) bool) {
		fail := func(o ingest.Origin, err error) bool {
			return yield(ingest.Clip{}, &ingest.Error{Origin: o, Err: fmt.Errorf("omnivore: %w", err)})
		}
		d := json.NewDecoder(io.LimitReader(r, limits.Clip))
		if _, err := d.Token(); err != nil {
			fail(o, err)
			return
		}
		for n := 1; d.More(); n++ {
			origin := o.In("item " + strconv.Itoa(n))
			origin.Offset = d.InputOffset()
			var raw json.RawMessage
			if err := d.Decode(&raw); err != nil { // nothing after it can be told apart
				fail(origin, err)
				return
			}
			var it item
			if err := json.Unmarshal(raw, &it); err != nil {
				if !fail(origin, err) {
					return
				}
				continue
			}
			c, err := it.clip(origin, limits, open)
			if err != nil {
				if !fail(origin, err) {
					return
				}
				continue
			}
			if !yield(c, nil) {
				return
			}
		}
	}
}

func (it *item) clip(o ingest.Origin, limits ingest.Limits, open func(string) (io.ReadCloser, error)) (ingest.Clip, error) {
	c := ingest.Clip{
		Origin: o, URL: it.URL, Title: it.Title, Author: it.Author, Description: it.Description, Saved: it.SavedAt.UTC(),
		MediaType: "text/markdown", Charset: "utf-8", Extent: ingest.Link,
	}
	if !it.PublishedAt.IsZero() {
		c.Published = it.PublishedAt.UTC().Format("2006-01-02")
	}
	for _, label := range it.Labels { // names, or objects with one
		switch l := label.(type) {
		case string:
			c.Tags = append(c.Tags, l)
		case map[string]any:
			if name, ok := l["name"].(string); ok {
				c.Tags = append(c.Tags, name)
			}
		}
	}
	if it.Slug == "" || strings.ContainsAny(it.Slug, `/\`) || it.Slug == ".." {
		return it.link(c)
	}
	page, err := member(open, "content/"+it.Slug+".html", limits.Clip)
	if err != nil {
		return c, err
	}
	if len(bytes.TrimSpace(page)) == 0 {
		return it.link(c)
	}
	marks, err := member(open, "highlights/"+it.Slug+".md", limits.Clip)
	if err != nil {
		return c, err
	}
	c.MediaType, c.Extent = "text/html", ingest.Content
	c.Body = append(page, quotes(marks)...)
	return c, nil
}

func (it *item) link(c ingest.Clip) (ingest.Clip, error) {
	if c.URL == "" {
		return c, fmt.Errorf("%q has neither content nor an address", it.Title)
	}
	c.Body = []byte(ingest.LinkBody(c, ""))
	return c, nil
}

// member reads a member, nil if there is none.
func member(open func(string) (io.ReadCloser, error), name string, limit int64) ([]byte, error) {
	r, err := open(name)
	if err != nil {
		return nil, nil //nolint:nilerr // many items have none
	}
	defer r.Close()
	data, err := ingest.ReadAll(r, limit)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return data, nil
}

// quotes makes HTML of the highlights, which come as quotes in Markdown with
// notes between them.
func quotes(marks []byte) []byte {
	if len(bytes.TrimSpace(marks)) == 0 {
		return nil
	}
	var out bytes.Buffer
	out.WriteString("\n<h2>Highlights</h2>\n")
	for paragraph := range strings.SplitSeq(strings.ReplaceAll(string(marks), "\r\n", "\n"), "\n\n") {
		text := strings.TrimSpace(paragraph)
		if text == "" {
			continue
		}
		tag := "p"
		if strings.HasPrefix(text, ">") {
			tag = "blockquote"
			text = strings.TrimSpace(strings.ReplaceAll("\n"+text, "\n>", "\n"))
		}
		out.WriteString("<" + tag + ">" + html.EscapeString(text) + "</" + tag + ">\n")
	}
	return out.Bytes()
}
