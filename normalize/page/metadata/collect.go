package metadata

import (
	"cmp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/clipmend/clipmend/normalize/page/dom"
)

// Hints is everything in a page that may tell about it, gathered in one walk.
type Hints struct {
	Title     string            // of <title>
	Meta      map[string]string // the first content of each name or property, in lower case
	Authors   []string          // every author meta tag
	Tags      []string          // every article:tag
	Lang      string
	Canonical string
	LD        Linked
	Headings  []Heading

	props   map[string][]string // microdata and RDFa, outside of quoted things
	times   []timeHint
	shown   []shownDate // short texts that are dates and nothing more
	texts   int         // text nodes seen
	bylines []bylineHint

	titleAt     int    // texts seen at the title's heading, or -1; set with the title
	label       int    // texts seen at the last label of a byline
	starter     bool   // that label is of who started a thread
	updated     int    // texts seen at the last text that speaks of an update
	changed     string // the first date that such a text leads to
	led         bool   // that text has a date itself
	other       int    // texts seen at the last text that leads to the date of something else
	saidBy      []saidByline
	authorLinks []bylineHint
	scripts     []string
}

// Heading is a heading's level and text.
type Heading struct {
	Level int
	Text  string
	Node  *html.Node
	at    int // how many text nodes stand before it
}

type timeHint struct {
	datetime, text string
	words          string // its class and its parent's
	afterTitle     bool   // it stands after the first h1
	at             int    // how many text nodes stand before it
	other          bool   // it dates something else than the page
}

// shownDate is a date that stands alone in the text.
type shownDate struct {
	iso string
	at  int // how many text nodes stand before it
}

type bylineHint struct {
	node  *html.Node
	how   string // "rel", "itemprop", "class"
	class string
	at    int // how many text nodes stand before it
}

// Bounds of what is gathered: a hostile page repeats things without end.
const (
	maxGathered = 64
	maxDeep     = 512
)

// Collect gathers the hints of a page. Texts are copied, headings keep nodes.
func Collect(doc *html.Node) *Hints {
	h := &Hints{Meta: map[string]string{}, props: map[string][]string{}, titleAt: -1}
	h.walk(doc, 0)
	h.LD = readLinked(h.scripts)
	return h
}

func (h *Hints) walk(n *html.Node, depth int) {
	if depth > maxDeep {
		return
	}
	for c := range n.ChildNodes() {
		switch c.Type {
		case html.ElementNode:
			h.element(c)
			h.walk(c, depth+1)
		case html.TextNode:
			h.text(c)
		}
	}
}

// text keeps a short text that is a date and nothing more.
func (h *Hints) text(n *html.Node) {
	t := strings.TrimSpace(n.Data)
	if t == "" {
		return
	}
	h.texts++
	h.said(n, t)
	if speaksOfUpdate(t) {
		h.updated, h.led = h.texts, false
	}
	if speaksOfOther(t) {
		h.other = h.texts
	}
	if len(t) < 8 || len(t) > 60 || len(h.shown) >= maxGathered || !strings.ContainsAny(t, "0123456789") {
		return
	}
	h.shownDate(n, t)
}

// shownDate keeps the date that a short text is, or that it states.
func (h *Hints) shownDate(n *html.Node, t string) {
	updates := h.updated == h.texts
	if updates || hasStem(t, publishStems) {
		if iso := publishedIn(t); iso != "" {
			h.shown = append(h.shown, shownDate{iso, h.texts})
			h.led = true
			return
		}
		if m := statedAt.FindStringSubmatch(t); m != nil {
			t = m[1]
		}
	}
	iso := ISODate(loneDate(t))
	switch {
	case len(iso) < len("2006-01-02"):
	case updates || h.updated > 0 && h.texts == h.updated+1 && !h.led:
		h.changed = cmp.Or(h.changed, iso)
		h.led = h.led || updates
	case h.other > 0 && h.texts <= h.other+1 || amidComments(n):
	default:
		h.shown = append(h.shown, shownDate{iso, h.texts})
	}
}

func (h *Hints) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		h.Lang = dom.Attr(n, "lang")
		if h.Lang == "" {
			h.Lang = dom.Attr(n, "xml:lang")
		}
	case atom.Title:
		if h.Title == "" && n.Namespace == "" {
			h.Title = dom.Text(n)
		}
	case atom.Meta:
		h.meta(n)
	case atom.Link:
		if h.Canonical == "" && strings.EqualFold(dom.Attr(n, "rel"), "canonical") {
			h.Canonical = dom.Attr(n, "href")
		}
	case atom.Script:
		if strings.Contains(strings.ToLower(dom.Attr(n, "type")), "ld+json") && n.FirstChild != nil && len(h.scripts) < maxGathered {
			h.scripts = append(h.scripts, n.FirstChild.Data)
		}
	case atom.H1, atom.H2, atom.H3:
		if len(h.Headings) < maxGathered {
			if t := dom.Text(n); t != "" {
				h.Headings = append(h.Headings, Heading{int(n.Data[1] - '0'), t, n, h.texts})
			}
		}
	case atom.A:
		if leadsToAuthor(attrHref(n)) && len(h.authorLinks) < maxGathered {
			h.authorLinks = append(h.authorLinks, bylineHint{n, "href", "", h.texts})
		}
	case atom.Time:
		h.time(n, dom.Attr(n, "datetime"))
	}
	h.attributes(n)
}

func (h *Hints) meta(n *html.Node) {
	content := squash(dom.Attr(n, "content"))
	if content == "" {
		return
	}
	for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
		for name := range strings.FieldsSeq(strings.ToLower(dom.Attr(n, key))) {
			if key == "itemprop" {
				h.prop(name, content)
				continue
			}
			if strings.HasPrefix(name, "dc:") || strings.HasPrefix(name, "dcterms:") || strings.HasPrefix(name, "dcterm:") {
				name = strings.Replace(name, ":", ".", 1)
			}
			switch name {
			case "author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author", "sailthru.author":
				if len(h.Authors) < maxGathered {
					h.Authors = append(h.Authors, name+"\x00"+content)
				}
			case "article:tag", "og:article:tag":
				if len(h.Tags) < maxGathered {
					h.Tags = append(h.Tags, content)
				}
			}
			if _, ok := h.Meta[name]; !ok {
				h.Meta[name] = content
			}
		}
	}
}

func (h *Hints) prop(name, value string) {
	if value != "" && len(h.props[name]) < maxGathered {
		h.props[name] = append(h.props[name], value)
	}
}

// attributes looks for microdata, rel=author and telling class names.
func (h *Hints) attributes(n *html.Node) {
	for i := range n.Attr {
		a := &n.Attr[i]
		switch a.Key {
		case "itemprop":
			if n.DataAtom != atom.Meta {
				h.microdata(n, strings.ToLower(a.Val))
			}
		case "rel":
			if strings.EqualFold(a.Val, "author") && n.DataAtom != atom.Link {
				h.byline(n, "rel", a.Val)
			}
		case "class", "id", "data-testid":
			if len(a.Val) < 400 {
				h.class(n, a.Val)
			}
		}
	}
}

func (h *Hints) microdata(n *html.Node, names string) {
	for name := range strings.FieldsSeq(names) {
		switch name {
		case "author", "creator":
			h.byline(n, "itemprop", name)
		case "datepublished", "datecreated", "datemodified":
			v := dom.Attr(n, "datetime")
			if v == "" {
				v = dom.Attr(n, "content")
			}
			if v == "" {
				v = dom.Text(n)
			}
			h.prop(name, v)
		case "headline":
			h.prop(name, dom.Text(n))
		}
	}
}

// class keeps elements whose class or id speaks of an author or a date.
func (h *Hints) class(n *html.Node, val string) {
	if !mayTell(val) {
		return
	}
	lower := strings.ToLower(val)
	switch {
	case strings.Contains(lower, "byline") || strings.Contains(lower, "author") || strings.Contains(lower, "writer") || strings.Contains(lower, "contributor"):
		h.byline(n, "class", lower)
	case isUser(lower):
		h.byline(n, "user", lower)
	case n.DataAtom != atom.Time && (strings.Contains(lower, "date") || strings.Contains(lower, "publish") || strings.Contains(lower, "posted") || strings.Contains(lower, "time")):
		if !strings.Contains(lower, "update") && !strings.Contains(lower, "modified") {
			h.time(n, dom.Attr(n, "datetime"))
		}
	}
}

// mayTell is a cheap test that lets most class names go at once.
func mayTell(s string) bool {
	for i := 0; i+3 < len(s); i++ {
		switch s[i] | 0x20 {
		case 'd', 'a', 'b', 'w', 'p', 't', 'c', 'u':
			switch strings.ToLower(s[i : i+4]) {
			case "user", "date", "auth", "byli", "writ", "publ", "post", "time", "cont":
				return true
			}
		}
	}
	return false
}

func (h *Hints) byline(n *html.Node, how, class string) {
	if len(h.bylines) < maxGathered {
		h.bylines = append(h.bylines, bylineHint{n, how, class, h.texts})
	}
}

func (h *Hints) time(n *html.Node, datetime string) {
	if len(h.times) >= maxGathered {
		return
	}
	t := timeHint{datetime: datetime, words: strings.ToLower(dom.Attr(n, "class") + " " + dom.Attr(n, "id") + " " + dom.Attr(n, "itemprop"))}
	if n.Parent != nil {
		t.words += " " + strings.ToLower(dom.Attr(n.Parent, "class"))
	}
	// A date is short; a container that merely bears the word is not read.
	if text := shortText(n, 80); text != "" {
		t.text = text
	} else if datetime == "" {
		return
	}
	t.afterTitle = len(h.Headings) > 0
	t.at = h.texts
	if h.updated > 0 && h.texts == h.updated {
		t.words += " updated"
	}
	t.other = h.other > 0 && (h.texts == h.other || speaksOfOther(t.text)) || amidComments(n)
	h.times = append(h.times, t)
}

// shortText is a node's text when it has at most limit bytes, else "".
func shortText(n *html.Node, limit int) string {
	size, count := 0, 0
	for d := range n.Descendants() {
		if count++; count > 60 {
			return ""
		}
		if d.Type == html.TextNode {
			if size += len(strings.TrimSpace(d.Data)); size > limit {
				return ""
			}
		}
	}
	if n.Type == html.TextNode {
		size = len(n.Data)
	}
	if size == 0 || size > limit {
		return ""
	}
	return dom.Text(n)
}
