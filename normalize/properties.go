package normalize

import (
	"bytes"
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/normalize/frontmatter"
	"github.com/clipmend/clipmend/normalize/markdown"
	"github.com/clipmend/clipmend/normalize/mojibake"
	"github.com/clipmend/clipmend/normalize/page"
	"github.com/clipmend/clipmend/normalize/safety"
)

// The rules by which a clip's properties are completed.
const (
	ruleSite = "title-site" // the site's name, cut from the title into a property of its own
	ruleHead = "properties" // a clip without properties gets them
)

// clippingsTag marks notes that were clipped, as Obsidian's own clipper does.
const clippingsTag = "clippings"

// pageProperties gives the properties of a note made of a page, in the order
// in which clippers write them.
func pageProperties(m *page.Metadata, clip ingest.Clip) []frontmatter.Property {
	author, title := m.Author(), m.Title
	if clip.Extent == ingest.Content { // the container's own title is the one a person gave
		title = cmp.Or(clip.Title, title)
	}
	return properties(clip, cmp.Or(title, clip.Title, fileTitle(clip.Origin)), cmp.Or(clip.URL, m.Canonical), m.Site,
		cmp.Or(author, clip.Author), cmp.Or(m.Published, clip.Published), cmp.Or(m.Description, clip.Description))
}

func properties(clip ingest.Clip, title, source, site, author, published, description string) []frontmatter.Property {
	created := ""
	if !clip.Saved.IsZero() {
		created = clip.Saved.UTC().Format("2006-01-02")
	}
	return []frontmatter.Property{
		{Key: "title", Value: text(title)},
		{Key: "source", Value: text(source)},
		{Key: "site", Value: text(site)},
		{Key: "author", Value: text(author)},
		{Key: "published", Value: date(published)},
		{Key: "created", Value: date(created)},
		{Key: "description", Value: text(description)},
		{Key: "tags", Value: frontmatter.ListValue(append([]string{clippingsTag}, clip.Tags...)...)},
	}
}

// text keeps an empty value empty: `author:`, not `author: ""`. What a page says
// of itself is no more to be trusted than its body.
func text(s string) frontmatter.Value {
	s = safety.Value(strings.Join(strings.Fields(s), " "))
	if s == "" {
		return frontmatter.Value{}
	}
	return frontmatter.TextValue(s)
}

// date writes a full date as one, and less precise ones as text.
func date(s string) frontmatter.Value {
	day, _, _ := strings.Cut(s, "T")
	if len(day) == len("2006-01-02") {
		return frontmatter.Value{Kind: frontmatter.Date, Text: day}
	}
	return text(s)
}

// completeProperties gives a clip without properties what is known of it, and
// moves the name of the site out of the title.
func (o Options) completeProperties(text []byte, clip ingest.Clip) ([]byte, []Repair, error) {
	doc, err := frontmatter.Parse(text)
	if err != nil {
		return nil, nil, err
	}
	if doc.Format == frontmatter.None {
		return o.addProperties(text, doc, clip)
	}
	if doc.Format != frontmatter.YAML || o.skipped(ruleSite) {
		return text, nil, nil
	}
	return splitSite(text, doc, clip)
}

// mendWords mends what a container says of a clip, which no other step sees.
func (o Options) mendWords(words *string) {
	if *words != "" {
		*words = string(mojibake.Fix([]byte(*words), o.Mojibake()).Text)
	}
}

func (o Options) addProperties(text []byte, doc *frontmatter.Doc, clip ingest.Clip) ([]byte, []Repair, error) {
	clip.Tags = slices.Clone(clip.Tags)
	o.mendWords(&clip.Title)
	o.mendWords(&clip.Author)
	for i := range clip.Tags {
		o.mendWords(&clip.Tags[i])
	}
	title, site := page.SplitTitle(cmp.Or(clip.Title, firstHeading(text[doc.Body.Start:doc.Body.End]), fileTitle(clip.Origin)), clip.URL)
	head, err := frontmatter.Render(properties(clip, title, clip.URL, site, clip.Author, clip.Published, ""))
	if err != nil {
		return nil, nil, err
	}
	if doc.EOL == "\r\n" {
		head = bytes.ReplaceAll(head, []byte("\n"), []byte("\r\n"))
	}
	out := append(head, text[doc.Body.Start:]...)
	return out, []Repair{{
		Rule: ruleHead, Before: Span{Start: 0, End: doc.Body.Start}, After: Span{Start: 0, End: len(head)},
		Was: string(text[:doc.Body.Start]), Now: string(head), Confidence: 1,
	}}, nil
}

// splitSite cuts the site's name from the title property.
func splitSite(text []byte, doc *frontmatter.Doc, clip ingest.Clip) ([]byte, []Repair, error) {
	title, ok := doc.Get("title")
	if site, has := doc.Get("site"); !ok || title.Value.Kind != frontmatter.Text || has && site.Value.Text != "" {
		return text, nil, nil
	}
	source, _ := doc.Get("source")
	rest, site := page.SplitTitle(title.Value.Text, cmp.Or(source.Value.Text, clip.URL))
	if site == "" {
		return text, nil, nil
	}
	after := "source"
	if source.Key == "" {
		after = "title"
	}
	out, repairs, err := frontmatter.Edit(text, []frontmatter.Change{
		{Op: frontmatter.Set, Key: "title", Value: frontmatter.TextValue(rest)},
		{Op: frontmatter.Set, Key: "site", Value: frontmatter.TextValue(site), After: after},
	})
	for i := range repairs {
		repairs[i].Rule = ruleSite
	}
	return out, repairs, err
}

// firstHeading returns the words of the first heading, if the text begins with
// one of the first level.
func firstHeading(body []byte) string {
	blocks := markdown.Blocks(body)
	if len(blocks) == 0 || blocks[0].Kind != markdown.Heading || blocks[0].Level != 1 {
		return ""
	}
	return string(body[blocks[0].Text.Start:blocks[0].Text.End])
}

// fileTitle makes a title of a file's name.
func fileTitle(o ingest.Origin) string {
	name := path.Base(strings.ReplaceAll(cmp.Or(o.Record, o.Path), `\`, "/"))
	if name == "-" || name == "." || name == "/" {
		return ""
	}
	return strings.TrimSuffix(name, path.Ext(name))
}
