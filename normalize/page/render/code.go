package render

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// pre writes a code block.
func (r *renderer) pre(n *html.Node) {
	r.codeFrom(n, n)
}

// codeFrom writes the code in n, whose language may be told by n, by what is
// in it, or by what is around it.
func (r *renderer) codeFrom(n, labelled *html.Node) {
	r.flush()
	body := onlyCode(n)
	text := bytes.Trim(trimBlankLines(r.codeText(body)), "\n")
	if len(text) == 0 {
		if find(n, 50, func(d *html.Node) bool { return d.DataAtom == atom.Img }) != nil {
			r.block(n)
		}
		return
	}
	if r.mode != asBlock {
		r.raw(codeItem, string(bytes.Join(bytes.Fields(text), []byte(" "))))
		r.flush()
		return
	}
	fence := max(3, longestRun(text, '`')+1)
	r.begin(otherBlock)
	r.out = append(r.out, bytes.Repeat([]byte("`"), fence)...)
	r.out = append(r.out, language(labelled, body)...)
	r.newline()
	r.lines(text)
	r.newline()
	r.out = append(r.out, bytes.Repeat([]byte("`"), fence)...)
}

// onlyCode returns the <code> in n if there is one alone: what stands beside
// it, such as buttons and labels, is not code.
func onlyCode(n *html.Node) *html.Node {
	var found *html.Node
	limit := 2000
	for d := range descend(n) {
		if limit--; limit < 0 {
			break
		}
		if d.DataAtom != atom.Code {
			continue
		}
		if found == nil {
			found = d
		} else if !within(d, found) {
			return n
		}
	}
	if found == nil {
		return n
	}
	return found
}

// within tells whether n is under top, at no more than a few levels.
func within(n, top *html.Node) bool {
	for range 20 {
		if n = n.Parent; n == nil || n == top {
			return n != nil
		}
	}
	return false
}

// codeText returns the text of a code block: lines as they are shown, without
// line numbers and buttons.
func (r *renderer) codeText(n *html.Node) []byte {
	var b []byte
	r.appendCodeText(&b, n, 0)
	return b
}

func (r *renderer) appendCodeText(b *[]byte, n *html.Node, depth int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			*b = append(*b, strings.ReplaceAll(strings.ReplaceAll(c.Data, "\u00a0", " "), "\r", "")...)
		case c.Type != html.ElementNode || depth > maxDepth:
		case c.DataAtom == atom.Br:
			*b = append(*b, '\n')
		case r.isChrome(c):
		default:
			r.codeElement(b, c, depth)
		}
	}
}

func (r *renderer) codeElement(b *[]byte, c *html.Node, depth int) {
	block := false
	switch c.DataAtom {
	case atom.Div, atom.P, atom.Li, atom.Tr, atom.Pre, atom.Ol, atom.Ul:
		block = true
	}
	// A line that is a block of its own by its style needs its own end.
	line := !block && c.PrevSibling != nil && c.PrevSibling.DataAtom == c.DataAtom && r.traitsOf(c)&codeLine != 0
	if block || line {
		endLine(b)
	}
	before := len(*b)
	r.appendCodeText(b, c, depth+1)
	if block && c.NextSibling != nil {
		if len(*b) == before && c.DataAtom != atom.Ol && c.DataAtom != atom.Ul {
			*b = append(*b, '\n')
		}
		endLine(b)
	}
}

func endLine(b *[]byte) {
	if n := len(*b); n > 0 && (*b)[n-1] != '\n' {
		*b = append(*b, '\n')
	}
}

// isChrome tells whether an element in a code block is not code.
func (r *renderer) isChrome(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Button, atom.Svg, atom.Script, atom.Style, atom.Input, atom.Select, atom.Textarea, atom.Template, atom.Img:
		return true
	}
	if len(n.Attr) == 0 {
		return false
	}
	if r.traitsOf(n)&(gutter|codeChrome) != 0 {
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "style":
			if strings.Contains(a.Val, "user-select") && strings.Contains(a.Val, "none") && isNumber(plainText(n, 12)) {
				return true
			}
		case "aria-hidden":
			if a.Val == "true" && isNumber(plainText(n, 12)) {
				return true
			}
		case "data-line-number":
			if n.DataAtom == atom.Td {
				return true
			}
		}
	}
	return false
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func trimBlankLines(b []byte) []byte {
	b = bytes.TrimRight(b, " \t\n")
	for {
		i := bytes.IndexByte(b, '\n')
		if i < 0 || len(bytes.TrimSpace(b[:i])) > 0 {
			return b
		}
		b = b[i+1:]
	}
}

// codeTable writes a table that lays out line numbers beside code, and
// reports whether n is one.
func (r *renderer) codeTable(n *html.Node) bool {
	if find(n, 2000, func(d *html.Node) bool {
		return d.DataAtom == atom.Pre || d.DataAtom == atom.Code || r.traitsOf(d)&gutter != 0
	}) == nil {
		return false
	}
	r.codeFrom(n, n)
	return true
}

// isCodeTable tells whether a table has a column of line numbers.
func (r *renderer) isCodeTable(n *html.Node) bool {
	seen := 0
	for d := range descend(n) {
		if seen++; seen > 12 {
			return false
		}
		if (d.DataAtom == atom.Td || d.DataAtom == atom.Th) && r.traitsOf(d)&gutter != 0 {
			return true
		}
	}
	return false
}

// code writes a code span. One that holds a block is only a frame around it.
func (r *renderer) code(n *html.Node) {
	if find(n, 200, func(d *html.Node) bool {
		return d.DataAtom == atom.Pre || d.DataAtom == atom.P || d.DataAtom == atom.Table
	}) != nil {
		r.block(n)
		return
	}
	if r.mode == asBlock && !r.para.visible && n.NextSibling == nil && find(n, 200, func(d *html.Node) bool { return d.DataAtom == atom.Br }) != nil {
		r.pre(n)
		return
	}
	s := strings.ReplaceAll(string(r.codeText(n)), "\u00a0", " ")
	text := strings.Join(strings.Fields(s), " ")
	if text == "" {
		r.text(s)
		return
	}
	if charClass[s[0]] == spaceChar {
		r.para.space = true
	}
	r.raw(codeItem, text)
	if charClass[s[len(s)-1]] == spaceChar {
		r.para.space = true
	}
}
