package render

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlTable writes a table that Markdown cannot hold as HTML without classes
// and styles, with no empty line in it: that would end it.
func (r *renderer) htmlTable(n *html.Node) {
	r.flush()
	var b strings.Builder
	r.cleanHTML(&b, n, 0)
	r.begin(otherBlock)
	r.lines([]byte(b.String()))
}

// cleanHTML writes n as HTML with only the elements and attributes that carry
// structure.
func (r *renderer) cleanHTML(b *strings.Builder, n *html.Node, depth int) {
	switch {
	case n.Type == html.TextNode:
		b.WriteString(htmlText.Replace(collapse(n.Data)))
		return
	case n.Type != html.ElementNode || isDropped(n.DataAtom) || r.notes.hides(n) || r.o.Skip != nil && r.o.Skip(n):
		return
	case depth > maxDepth:
		b.WriteString(htmlText.Replace(plainText(n, 1<<20)))
		return
	}
	name := n.Data
	switch n.DataAtom {
	case atom.Br:
		b.WriteString("<br>")
		return
	case atom.Img:
		if src := destination(r.resolve(r.imageSource(n))); src != "" {
			b.WriteString(`<img src="` + htmlAttr.Replace(src) + `" alt="` + htmlAttr.Replace(collapse(attr(n, "alt"))) + `">`)
		}
		return
	case atom.Pre:
		b.WriteString("<pre>" + strings.ReplaceAll(htmlText.Replace(string(r.codeText(n))), "\n", "<br>") + "</pre>")
		return
	case atom.Table, atom.Tr, atom.Thead, atom.Tbody, atom.Tfoot, atom.Caption, atom.Td, atom.Th, atom.Ul, atom.Ol, atom.Li, atom.P,
		atom.B, atom.Strong, atom.I, atom.Em, atom.Code, atom.Sub, atom.Sup, atom.Kbd, atom.U, atom.Mark, atom.Del, atom.Blockquote, atom.A,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Dl, atom.Dt, atom.Dd, atom.Q, atom.Details, atom.Summary:
	case atom.Div, atom.Section, atom.Article:
		name = "p"
		if find(n, 100, func(d *html.Node) bool { return isBlock(d.DataAtom) }) != nil {
			name = ""
		}
	default:
		name = ""
	}
	if name != "" {
		b.WriteString("<" + name + r.keptAttrs(n) + ">")
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode && isTablePart(n.DataAtom) {
			continue
		}
		r.cleanHTML(b, c, depth+1)
	}
	if name != "" {
		b.WriteString("</" + name + ">")
	}
	if n.DataAtom == atom.Tr {
		b.WriteString("\n")
	}
}

func (r *renderer) keptAttrs(n *html.Node) string {
	var s strings.Builder
	for _, a := range n.Attr {
		switch a.Key {
		case "href":
			if u := destination(r.resolve(a.Val)); u != "" {
				s.WriteString(` href="` + htmlAttr.Replace(u) + `"`)
			}
		case "colspan", "rowspan":
			if isNumber(a.Val) && len(a.Val) < 4 {
				s.WriteString(" " + a.Key + `="` + a.Val + `"`)
			}
		}
	}
	return s.String()
}

var (
	htmlText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	htmlAttr = strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;")
)

// collapse makes runs of white space single spaces, also at the ends.
func collapse(s string) string {
	t := strings.Join(strings.Fields(s), " ")
	if t == "" {
		if s == "" {
			return ""
		}
		return " "
	}
	if charClass[s[0]] == spaceChar {
		t = " " + t
	}
	if charClass[s[len(s)-1]] == spaceChar {
		t += " "
	}
	return t
}

func isTablePart(a atom.Atom) bool {
	return a == atom.Table || a == atom.Tr || a == atom.Tbody || a == atom.Thead || a == atom.Tfoot
}

func isBlock(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Ul, atom.Ol, atom.Table, atom.Pre, atom.Blockquote, atom.Section, atom.H1, atom.H2, atom.H3, atom.H4:
		return true
	}
	return false
}
