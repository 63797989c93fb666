package dom

import (
	"iter"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Attr is the value of a node's attribute, or "".
func Attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

// HasAttr reports whether a node has an attribute, even an empty one.
func HasAttr(n *html.Node, key string) bool {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return true
		}
	}
	return false
}

// Text is the text under a node with runs of white space made one space and
// none at the ends. Scripts, styles and unparsed markup are left out.
func Text(n *html.Node) string {
	var b strings.Builder
	appendText(&b, n)
	return strings.Join(strings.Fields(b.String()), " ")
}

func appendText(b *strings.Builder, n *html.Node) {
	switch n.Type {
	case html.TextNode:
		b.WriteString(n.Data)
	case html.ElementNode:
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe:
			return
		case atom.Br, atom.P, atom.Div, atom.Li, atom.Tr, atom.Td:
			b.WriteByte(' ')
		}
	}
	for c := range n.ChildNodes() {
		appendText(b, c)
	}
}

// Elements yields the elements under n in the order of the page, n itself
// first when it is one.
func Elements(n *html.Node) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		if n.Type == html.ElementNode && !yield(n) {
			return
		}
		for d := range n.Descendants() {
			if d.Type == html.ElementNode && !yield(d) {
				return
			}
		}
	}
}

// First is the first element of that name under n, or nil.
func First(n *html.Node, name atom.Atom) *html.Node {
	for e := range Elements(n) {
		if e.DataAtom == name {
			return e
		}
	}
	return nil
}

// IsBlock reports whether an element breaks the line of text that it stands in.
func IsBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.A, atom.Abbr, atom.Acronym, atom.B, atom.Bdi, atom.Bdo, atom.Big, atom.Cite, atom.Code, atom.Data, atom.Del,
		atom.Dfn, atom.Em, atom.Font, atom.I, atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Nobr, atom.Q, atom.Rp, atom.Rt,
		atom.Ruby, atom.S, atom.Samp, atom.Small, atom.Span, atom.Strike, atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.Tt,
		atom.U, atom.Var, atom.Wbr:
		return false
	case 0:
		// Custom elements are containers, save for those that math comes in.
		return strings.Contains(n.Data, "-") && !strings.HasPrefix(n.Data, "mjx") && n.Namespace == ""
	}
	return n.Namespace == ""
}
