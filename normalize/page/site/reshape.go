package site

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/clipmend/clipmend/normalize/page/dom"
)

// rename says what elements are that a site makes of <div>.
type rename struct {
	tag      string // "callout" is a <div> that is marked as one
	selector string
}

// item says which elements are items of lists, and which inside them shows
// the number, the dot or the box.
type item struct {
	tag              string // "ol", "ul", or "todo"
	selector, marker string
}

// setShape reads the lines that say what elements are:
//
//	as TAG SELECTOR
//	item ol|ul|todo SELECTOR MARKER
func (r *Rule) setShape(key, value string) error {
	tag, rest, _ := strings.Cut(value, " ")
	rest = strings.TrimSpace(rest)
	if key == "as" {
		if tag != "callout" && atom.Lookup([]byte(tag)) == 0 || rest == "" {
			return fmt.Errorf("as: unknown element %q", tag)
		}
		r.renames = append(r.renames, rename{tag, rest})
		_, err := cascadia.ParseGroup(rest)
		return err
	}
	parts := strings.Fields(rest)
	if tag != "ol" && tag != "ul" && tag != "todo" || len(parts) != 2 {
		return fmt.Errorf("item: want ol, ul or todo and two selectors, not %q", value)
	}
	r.items = append(r.items, item{tag, parts[0], parts[1]})
	_, err := cascadia.ParseGroup(parts[0] + "," + parts[1])
	return err
}

// Reshape makes elements into what the rule says that they are, and takes out
// the signs without width that a site marks its texts with.
func (r *Rule) Reshape(doc *html.Node) {
	for _, as := range r.renames {
		for _, n := range match(doc, as.selector) {
			as.apply(n)
		}
	}
	for _, it := range r.items {
		for _, n := range match(doc, it.selector) {
			it.apply(n)
		}
	}
	if r.zeroWidth {
		for n := range doc.Descendants() {
			if n.Type == html.TextNode {
				n.Data = withoutMarks(n.Data)
			}
		}
	}
}

func (as rename) apply(n *html.Node) {
	tag := as.tag
	if tag == "callout" {
		tag = "div"
		n.Attr = []html.Attribute{{Key: "class", Val: "callout"}, {Key: "data-callout", Val: "note"}}
	}
	n.Data, n.DataAtom = tag, atom.Lookup([]byte(tag))
}

// apply makes an element an item of the list before it, or of a new one.
func (it item) apply(n *html.Node) {
	if n.Parent == nil {
		return
	}
	number := 0
	for _, m := range match(n, it.marker) {
		if within(m, map[*html.Node]bool{n: true}) && m.Parent != nil {
			if number == 0 {
				number, _ = strconv.Atoi(strings.TrimRight(strings.TrimSpace(dom.Text(m)), ".)、"))
			}
			m.Parent.RemoveChild(m)
			break
		}
	}
	list := it.list(n, number)
	done := strings.Contains(dom.Attr(n, "class"), "done") || strings.Contains(dom.Attr(n, "class"), "checked")
	n.Parent.RemoveChild(n)
	n.Data, n.DataAtom = "li", atom.Li
	list.AppendChild(n)
	if it.tag == "todo" {
		box := &html.Node{Type: html.ElementNode, Data: "input", DataAtom: atom.Input, Attr: []html.Attribute{{Key: "type", Val: "checkbox"}}}
		if done {
			box.Attr = append(box.Attr, html.Attribute{Key: "checked"})
		}
		n.InsertBefore(box, n.FirstChild)
	}
}

// madeList marks lists that were made here.
const madeList = "data-made-list"

// list is the list that ends right before n, or a new one in front of n. A
// number that does not follow begins a new one.
func (it item) list(n *html.Node, number int) *html.Node {
	prev := n.PrevSibling
	for prev != nil && prev.Type == html.TextNode && strings.TrimSpace(prev.Data) == "" {
		prev = prev.PrevSibling
	}
	if prev != nil && dom.Attr(prev, madeList) == it.tag {
		return prev
	}
	tag := it.tag
	if tag == "todo" {
		tag = "ul"
	}
	list := &html.Node{Type: html.ElementNode, Data: tag, DataAtom: atom.Lookup([]byte(tag)), Attr: []html.Attribute{{Key: madeList, Val: it.tag}}}
	if number > 1 {
		list.Attr = append(list.Attr, html.Attribute{Key: "start", Val: strconv.Itoa(number)})
	}
	n.Parent.InsertBefore(list, n)
	return list
}

// withoutMarks takes signs without width out of a text, save those that join
// emoji.
func withoutMarks(s string) string {
	if !strings.ContainsAny(s, "\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff") {
		return s
	}
	var last rune
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\u200b' || c == '\u200c' || c >= '\u2060' && c <= '\u2064' || c == '\ufeff':
			return -1
		case c == '\u200d' && !isEmoji(last):
			return -1
		}
		last = c
		return c
	}, s)
}

// isEmoji reports whether a sign may be joined to the next by one without
// width.
func isEmoji(c rune) bool {
	return c >= 0x1F000 || c >= 0x2600 && c <= 0x27BF || c == '\uFE0F'
}
