package render

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// mathTeX returns the TeX of a <math> element: the source that it carries, or
// else its elements put into TeX.
func mathTeX(n *html.Node) string {
	if a := find(n, 20000, func(d *html.Node) bool {
		return strings.HasPrefix(d.Data, "annotation") && strings.Contains(attr(d, "encoding"), "tex")
	}); a != nil {
		if s := rawText(a); strings.TrimSpace(s) != "" {
			return s
		}
	}
	if s := attr(n, "alttext"); strings.ContainsAny(s, `\^_`) || len(s) == 1 {
		return s
	}
	c := texConverter{}
	c.row(n, 0)
	return strings.TrimSpace(c.b.String())
}

// parseMathML reads the MathML that MathJax keeps in an attribute.
func parseMathML(s string) *html.Node {
	if len(s) > 1<<18 {
		return nil
	}
	context := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	nodes, err := html.ParseFragment(strings.NewReader(s), context)
	if err != nil {
		return nil
	}
	for _, n := range nodes {
		if n.Data == "math" {
			return n
		}
	}
	return nil
}

func rawText(n *html.Node) string {
	var b strings.Builder
	for d := range descend(n) {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// A texConverter writes MathML as TeX.
type texConverter struct{ b strings.Builder }

func (c *texConverter) row(n *html.Node, depth int) {
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		c.node(k, depth+1)
	}
}

// word writes a token, with a space after a command that a letter follows.
func (c *texConverter) word(s string) {
	if s == "" {
		return
	}
	if t := c.b.String(); len(t) > 0 && isLetter(s[0]) && endsInCommand(t) {
		c.b.WriteByte(' ')
	}
	c.b.WriteString(s)
}

func endsInCommand(t string) bool {
	i := len(t)
	for i > 0 && isLetter(t[i-1]) {
		i--
	}
	return i > 0 && i < len(t) && t[i-1] == '\\'
}

func (c *texConverter) group(n *html.Node, depth int) {
	c.b.WriteByte('{')
	if n != nil {
		c.node(n, depth+1)
	}
	c.b.WriteByte('}')
}

// base writes what an index belongs to, in braces if it is not one sign.
func (c *texConverter) base(n *html.Node, depth int) {
	if n != nil && (n.Data == "mrow" || n.Data == "mfrac" || strings.HasPrefix(n.Data, "msu")) {
		c.group(n, depth)
		return
	}
	if n != nil {
		c.node(n, depth+1)
	}
}

func elements(n *html.Node) []*html.Node {
	var e []*html.Node
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type == html.ElementNode {
			e = append(e, k)
		}
	}
	return e
}

func (c *texConverter) node(n *html.Node, depth int) {
	if n.Type != html.ElementNode || depth > 200 {
		return
	}
	e := elements(n)
	arg := func(i int) *html.Node {
		if i < len(e) {
			return e[i]
		}
		return nil
	}
	switch n.Data {
	case "mi", "mn", "mo", "mtext", "ms":
		c.token(n)
	case "mspace":
		c.b.WriteByte(' ')
	case "mfrac":
		c.word(`\frac`)
		c.group(arg(0), depth)
		c.group(arg(1), depth)
	case "msqrt":
		c.word(`\sqrt{`)
		c.row(n, depth)
		c.b.WriteByte('}')
	case "mroot":
		c.word(`\sqrt[`)
		if arg(1) != nil {
			c.node(arg(1), depth+1)
		}
		c.b.WriteByte(']')
		c.group(arg(0), depth)
	case "msup", "msub", "msubsup", "munder", "mover", "munderover":
		c.script(n.Data, arg, depth)
	case "mtable":
		c.table(e, depth)
	case "mfenced":
		c.fenced(n, e, depth)
	case "annotation", "annotation-xml", "none", "mprescripts", "mphantom":
	default:
		c.row(n, depth)
	}
}

func (c *texConverter) script(name string, arg func(int) *html.Node, depth int) {
	if arg(1) != nil && strings.HasPrefix(name, "mover") || name == "munder" {
		if mark, ok := accents[strings.TrimSpace(rawTextOf(arg(1)))]; ok && name != "munderover" {
			c.word(mark)
			c.group(arg(0), depth)
			return
		}
	}
	c.base(arg(0), depth)
	first := byte('_')
	if name == "msup" || name == "mover" {
		first = '^'
	}
	c.b.WriteByte(first)
	c.group(arg(1), depth)
	if name == "msubsup" || name == "munderover" {
		c.b.WriteByte('^')
		c.group(arg(2), depth)
	}
}

func rawTextOf(n *html.Node) string {
	if n == nil {
		return ""
	}
	return rawText(n)
}

func (c *texConverter) table(rows []*html.Node, depth int) {
	c.word(`\begin{matrix}`)
	for i, tr := range rows {
		if i > 0 {
			c.b.WriteString(` \\`)
		}
		for j, td := range elements(tr) {
			if j > 0 {
				c.b.WriteString(" &")
			}
			c.b.WriteByte(' ')
			c.row(td, depth+1)
		}
	}
	c.b.WriteString(` \end{matrix}`)
}

func (c *texConverter) fenced(n *html.Node, e []*html.Node, depth int) {
	open, end := "(", ")"
	if hasAttr(n, "open") {
		open = attr(n, "open")
	}
	if hasAttr(n, "close") {
		end = attr(n, "close")
	}
	c.b.WriteString(open)
	for i, k := range e {
		if i > 0 {
			c.b.WriteByte(',')
		}
		c.node(k, depth+1)
	}
	c.b.WriteString(end)
}

// token writes an identifier, number, operator or text.
func (c *texConverter) token(n *html.Node) {
	s := strings.Join(strings.Fields(rawText(n)), " ")
	switch {
	case s == "":
		if n.Data == "mtext" {
			c.b.WriteByte(' ')
		}
	case n.Data == "mtext" || n.Data == "ms":
		c.b.WriteString(`\text{` + s + "}")
	case n.Data == "mi" && len([]rune(s)) > 1 && isLetter(s[0]):
		if functions[s] {
			c.word(`\` + s)
		} else {
			c.b.WriteString(`\mathrm{` + s + "}")
		}
	case n.Data == "mi" && letterStyle(attr(n, "mathvariant")) != "":
		c.word(letterStyle(attr(n, "mathvariant")) + "{" + s + "}")
	case n.Data == "mo" && operatorWord(s):
		c.b.WriteString(`\operatorname{` + s + "}")
	default:
		for _, r := range s {
			c.sign(r, n.Data == "mo")
		}
	}
}

func operatorWord(s string) bool { return len(s) > 1 && isLetter(s[0]) }

func letterStyle(variant string) string {
	switch variant {
	case "bold", "bold-italic":
		return `\mathbf`
	case "double-struck":
		return `\mathbb`
	case "script":
		return `\mathcal`
	case "fraktur":
		return `\mathfrak`
	}
	return ""
}

// sign writes one character; signs of relation have spaces around them.
func (c *texConverter) sign(r rune, operator bool) {
	s, ok := commands[r]
	switch {
	case r == '−': // TeX's hyphen is a minus sign
		s = "-"
	case r == '\u2061' || r == '\u2062' || r == '\u2063' || r == '\u2064' || r == '\u200b':
		return
	case ok:
		s = `\` + s
	case strings.ContainsRune("{}%#&_$", r):
		s = `\` + string(r)
	default:
		s = string(r)
	}
	if operator && strings.ContainsRune("=<>+-−≤≥≠≈≡→⇒∈×·⋅±", r) && c.b.Len() > 0 && !strings.HasSuffix(c.b.String(), "{") {
		c.b.WriteString(" " + s + " ")
		return
	}
	c.word(s)
}
