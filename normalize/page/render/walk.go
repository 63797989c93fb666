package render

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// node writes n and what is in it.
func (r *renderer) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		r.textNode(n)
	case html.ElementNode:
		if r.depth >= maxDepth {
			r.flatText(n)
			return
		}
		r.depth++
		r.element(n)
		r.depth--
	case html.DocumentNode:
		r.children(n)
	}
}

func (r *renderer) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c)
	}
}

func (r *renderer) textNode(n *html.Node) {
	s := n.Data
	if len(r.notes.list) > 0 {
		if r.notes.hides(n) {
			return
		}
		s = s[r.notes.cut[n]:]
	}
	if mayHoldTeX(s) && r.texText(s) {
		return
	}
	r.text(s)
}

// flatText writes the text under n without its markup and without recursion.
func (r *renderer) flatText(n *html.Node) {
	for d := range descend(n) {
		if d.Type == html.TextNode && !isDropped(d.Parent.DataAtom) {
			r.text(d.Data)
		}
	}
}

// element writes an element: first what its classes make of it, then what its
// name does.
func (r *renderer) element(n *html.Node) {
	if n.DataAtom == atom.Script && isTeXScript(n) {
		r.script(n)
		return
	}
	if isDropped(n.DataAtom) || r.o.Skip != nil && r.o.Skip(n) {
		return
	}
	if len(r.notes.refs) > 0 {
		if label, ok := r.notes.refs[n]; ok {
			r.noteRef(n, label)
			return
		}
	}
	if r.notes.hides(n) {
		return
	}
	if n.Namespace == "svg" {
		return
	}
	if n.Data == "math" || len(n.Attr) > 0 {
		if r.math(n) || r.special(n) {
			return
		}
	}
	r.byName(n)
}

// special writes the elements that their classes or attributes make into
// something that HTML has no element for, and reports whether n is one.
func (r *renderer) special(n *html.Node) bool {
	t := r.traitsOf(n)
	switch {
	case t&hiddenCopy != 0:
		return true
	case t&permalink != 0 && r.mode == asHeading && (n.DataAtom == atom.A || n.DataAtom == atom.Span):
		return true
	case t&callout != 0 && r.callout(n, t):
		return true
	case t&codeBox != 0 && n.DataAtom == atom.Table:
		return r.codeTable(n)
	case t&codeBlock != 0 && n.DataAtom == atom.Code:
		r.pre(n)
		return true
	case n.DataAtom == atom.Span && displaysAsBlock(n):
		r.block(n)
		return true
	}
	return false
}

// isDropped tells whether an element shows nothing, or nothing that is text.
func isDropped(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Template, atom.Head, atom.Title, atom.Meta, atom.Link, atom.Base,
		atom.Svg, atom.Canvas, atom.Object, atom.Embed, atom.Applet, atom.Map, atom.Area, atom.Noframes,
		atom.Select, atom.Option, atom.Optgroup, atom.Datalist, atom.Textarea, atom.Progress, atom.Meter,
		atom.Param, atom.Track, atom.Source, atom.Col, atom.Colgroup, atom.Rp:
		return true
	}
	return false
}

// byName writes an element as what its name says.
func (r *renderer) byName(n *html.Node) {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		r.heading(n, int(n.Data[1]-'0'))
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Nav,
		atom.Body, atom.Html, atom.Address, atom.Center, atom.Form, atom.Fieldset, atom.Legend, atom.Hgroup,
		atom.Figcaption, atom.Caption, atom.Dialog, atom.Search, atom.Summary, atom.Tbody, atom.Thead, atom.Tfoot,
		atom.Tr, atom.Td, atom.Th, atom.Frameset, atom.Li, atom.Dt, atom.Dd:
		r.block(n)
	case atom.Figure, atom.Picture:
		r.figure(n)
	case atom.Ul, atom.Ol, atom.Menu, atom.Dir:
		r.list(n)
	case atom.Dl:
		r.definitions(n)
	case atom.Table:
		r.table(n)
	case atom.Pre, atom.Listing, atom.Xmp, atom.Plaintext:
		r.pre(n)
	case atom.Blockquote:
		r.quote(n)
	case atom.Details:
		r.details(n)
	case atom.Hr:
		r.rule()
	default:
		r.inlineByName(n)
	}
}

func (r *renderer) inlineByName(n *html.Node) {
	switch n.DataAtom {
	case atom.B, atom.Strong:
		r.format(n, strong)
	case atom.I, atom.Em, atom.Cite, atom.Dfn, atom.Var:
		r.format(n, em)
	case atom.Del, atom.S, atom.Strike:
		r.format(n, strike)
	case atom.Mark:
		r.format(n, highlight)
	case atom.Sub:
		r.format(n, subscript)
	case atom.Sup:
		r.format(n, superscript)
	case atom.Kbd:
		r.format(n, keyboard)
	case atom.U:
		r.format(n, underline)
	case atom.Code, atom.Tt, atom.Samp:
		r.code(n)
	case atom.A:
		r.link(n)
	case atom.Img, atom.Image:
		r.image(n)
	case atom.Noscript:
		r.noscript(n)
	case atom.Video, atom.Audio, atom.Iframe:
		r.media(n)
	case atom.Br:
		r.lineBreak()
	case atom.Q:
		r.text("“")
		r.children(n)
		r.text("”")
	case atom.Ruby:
		r.ruby(n)
	case atom.Button:
		if r.mode == asHeading {
			r.children(n)
		}
	case atom.Input, atom.Wbr:
	default:
		r.children(n)
	}
}

// ruby writes a word with its reading as HTML, which Obsidian shows.
func (r *renderer) ruby(n *html.Node) {
	r.raw(rawItem, "<ruby>")
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Rt && c.DataAtom != atom.Rp {
			r.node(c)
			continue
		}
		if c.DataAtom == atom.Rt {
			r.raw(rawItem, "<rt>")
			r.node(c)
			r.raw(rawItem, "</rt>")
		}
	}
	r.raw(rawItem, "</ruby>")
}

// displaysAsBlock tells whether an inline element is made a block in place.
func displaysAsBlock(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "style":
			if strings.Contains(a.Val, "display:block") || strings.Contains(a.Val, "display: block") {
				return true
			}
		case "data-as":
			if a.Val == "p" || a.Val == "div" {
				return true
			}
		}
	}
	return false
}

// attr returns the value of n's attribute, or "".
func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return true
		}
	}
	return false
}

// firstElement returns n's first child that is an element, if no text stands
// before it.
func firstElement(n *html.Node) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.ElementNode:
			return c
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) != "":
			return nil
		}
	}
	return nil
}

// find returns the first element under n, in the order of the text, that ok
// is true for; it looks at no more than limit nodes.
func find(n *html.Node, limit int, ok func(*html.Node) bool) *html.Node {
	for d := range descend(n) {
		if limit--; limit < 0 {
			return nil
		}
		if d.Type == html.ElementNode && ok(d) {
			return d
		}
	}
	return nil
}

// plainText returns the text under n with its white space collapsed, and no
// more than about limit bytes of it.
func plainText(n *html.Node, limit int) string {
	var b strings.Builder
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
	}
	for d := range descend(n) {
		if d.Type == html.TextNode && !isDropped(d.Parent.DataAtom) {
			b.WriteString(d.Data)
		}
		if b.Len() > limit {
			break
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
