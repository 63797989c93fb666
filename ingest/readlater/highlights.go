package readlater

import (
	"errors"
	"strings"

	"github.com/clipmend/clipmend/ingest"
)

// A book is what a table of highlights says of one book or article.
type book struct {
	clip ingest.Clip
	body strings.Builder
}

// highlights yields a clip for each book, in the order of their first rows. The
// rows of one need not follow one another, so they are held in memory, up to
// the limit of one clip.
func (t *table) highlights() {
	byKey := map[string]*book{}
	var order []*book
	size := int64(0)
	for origin, row := range t.rows() {
		quote := t.header.get(row, "highlight")
		title, author := t.header.get(row, "book title"), t.header.get(row, "book author")
		if quote == "" && t.header.get(row, "note") == "" {
			continue
		}
		if size += int64(len(quote) + len(t.header.get(row, "note"))); size > t.limits.Clip {
			t.fail(origin, ingest.TooLarge(t.limits.Clip))
			break
		}
		b := byKey[title+"\x00"+author]
		if b == nil {
			b = &book{clip: ingest.Clip{
				Origin: origin, MediaType: "text/markdown", Charset: "utf-8", Extent: ingest.Content,
				Title: title, Author: author, Tags: tagsOf(t.header.get(row, "document tags")), URL: t.header.get(row, "url"),
			}}
			byKey[title+"\x00"+author] = b
			order = append(order, b)
		}
		if at := timeOf(t.header.get(row, "highlighted at")); at.After(b.clip.Saved) {
			b.clip.Saved = at
		}
		b.add(quote, t.header.get(row, "note"), t.place(row))
	}
	if len(order) == 0 {
		t.fail(t.origin, errors.New("no highlights"))
	}
	for _, b := range order {
		b.clip.Body = []byte(b.body.String())
		if !t.yield(b.clip, nil) {
			return
		}
	}
}

// place says where in the book a highlight is, as far as the row does.
func (t *table) place(row []string) string {
	kind, at := t.header.get(row, "location type"), t.header.get(row, "location")
	if at == "" || at == "0" || kind == "order" || kind == "none" {
		return ""
	}
	return strings.TrimSpace(kind + " " + at)
}

// add writes a highlight as a quote, with where it is from and the note to it.
func (b *book) add(quote, note, place string) {
	if b.body.Len() > 0 {
		b.body.WriteString("\n")
	}
	if quote != "" {
		b.body.WriteString("> " + strings.ReplaceAll(strings.ReplaceAll(quote, "\r\n", "\n"), "\n", "\n> ") + "\n")
	}
	if place != "" {
		b.body.WriteString(">\n> — " + place + "\n")
	}
	if note != "" {
		b.body.WriteString("\n" + note + "\n")
	}
}
