package metadata

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds of the text that is taken from JSON-LD.
const (
	maxTexts     = 500     // posts of a thread
	maxTextBytes = 1 << 20 // of all of them
)

// texts reads the text that a page's JSON-LD repeats for machines: an
// article's body, a thread's posts in order, what a product is said to be.
type texts struct {
	list []string
	left int // bytes
}

// read takes the text of a node and of the answers and comments to it.
func (t *texts) read(o object, depth int) {
	if depth > 8 || len(t.list) >= maxTexts {
		return
	}
	before := len(t.list)
	t.add(o["articleBody"])
	if len(t.list) == before {
		t.add(o["text"])
	}
	if len(t.list) == before && slices.ContainsFunc(types(o), sellsThings) {
		t.add(o["description"])
	}
	for _, k := range []string{"acceptedAnswer", "suggestedAnswer", "comment"} {
		t.below(o[k], depth)
	}
	switch q := o["mainEntity"].(type) {
	case object: // a page of a question and its answers
		if depth == 0 {
			t.read(q, depth+1)
		}
	case []any: // a page of many questions
		for _, e := range q {
			if e, ok := e.(object); ok && depth == 0 {
				t.add(e["name"])
				t.read(e, depth+1)
			}
		}
	}
}

func sellsThings(t string) bool {
	return t == "Product" || t == "ProductGroup" || t == "IndividualProduct"
}

func (t *texts) below(v any, depth int) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			if o, ok := e.(object); ok {
				t.read(o, depth+1)
			}
		}
	case object:
		t.read(v, depth+1)
	}
}

func (t *texts) add(v any) {
	s, ok := v.(string)
	if !ok || len(s) > t.left {
		return
	}
	if s = plainText(s); s != "" && !slices.Contains(t.list[max(0, len(t.list)-3):], s) {
		t.left -= len(s)
		t.list = append(t.list, s)
	}
}

// plainText takes the tags out of a text that may be HTML, escaped or not,
// and gives each paragraph a line of its own.
func plainText(s string) string {
	if strings.Contains(s, "&lt;") {
		s = html.UnescapeString(s)
	}
	var b strings.Builder
	if strings.ContainsAny(s, "<&") {
		writePlain(&b, s)
		s = b.String()
	}
	var lines []string
	for l := range strings.Lines(s) {
		if l = squash(l); l != "" {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

func writePlain(b *strings.Builder, s string) {
	z := html.NewTokenizer(strings.NewReader(s))
	skip := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.TextToken:
			if !skip {
				b.Write(z.Text())
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			skip = false
			switch atom.Lookup(name) {
			case atom.P, atom.Br, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.Tr, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Blockquote:
				b.WriteByte('\n')
			case atom.Script, atom.Style:
				skip = true
			}
		}
	}
}
