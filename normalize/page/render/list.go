package render

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// list writes a list. Its items stand close together unless one of them holds
// more than a paragraph and lists.
func (r *renderer) list(n *html.Node) {
	if r.mode != asBlock {
		r.block(n)
		return
	}
	r.flush()
	ordered := n.DataAtom == atom.Ol
	kind, bullet, after := bulletBlock, "- ", ". "
	number, step, labels := numbering(n)
	if ordered && !labels {
		kind = numberBlock
	}
	if r.last == kind { // the marker of the list before would go on with its items
		bullet, after = "* ", ") "
		kind = otherBlock
	}
	sep := newLine
	if isLoose(n) {
		sep = blankLine
	}
	if len(r.boxes) > 0 && r.boxes[len(r.boxes)-1].tight {
		r.sep = newLine
	}
	first := true
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Li {
			r.outsideItem(c)
			continue
		}
		if ordered && hasAttr(c, "value") {
			number = numberIn(c, "value", number)
		}
		marker := bullet
		switch {
		case ordered && labels:
			marker += strconv.Itoa(number) + `\. `
		case ordered:
			marker = strconv.Itoa(number) + after
		}
		if !first {
			r.sep = sep
		}
		if r.item(c, marker, sep) {
			first = false
			number += step
		}
	}
	if !first {
		r.sep, r.last = blankLine, kind
	}
}

// outsideItem writes what stands in a list beside its items; a list there
// belongs to the item before it.
func (r *renderer) outsideItem(c *html.Node) {
	if (c.DataAtom == atom.Ul || c.DataAtom == atom.Ol) && r.enter(box{first: "  ", rest: "  ", used: true}) {
		r.sep = newLine
		r.last = otherBlock
		r.node(c)
		r.flush()
		r.leave()
		return
	}
	r.node(c)
	r.flush()
}

// item writes one item and reports whether there was anything in it.
func (r *renderer) item(n *html.Node, marker string, sep separator) bool {
	if r.notes.hides(n) || r.o.Skip != nil && r.o.Skip(n) {
		return false
	}
	if box := checkbox(n); box != nil {
		if hasAttr(box, "checked") {
			marker += "[x] "
		} else {
			marker += "[ ] "
		}
	}
	rest := strings.Repeat(" ", strings.IndexByte(marker, ' ')+1)
	if !r.enter(box{first: marker, rest: rest, tight: sep == newLine}) {
		r.block(n)
		return true
	}
	before := r.last
	r.last = nothing
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c)
	}
	r.flush()
	if !r.leave() {
		r.last = before
		return false
	}
	return true
}

// numbering returns the number of a list's first item and what is added for
// each further one. Markdown counts up by one from zero or more; the numbers of
// a list that does not are labels, part of its items' text.
func numbering(n *html.Node) (first, step int, labels bool) {
	first, step = 1, 1
	if n.DataAtom != atom.Ol {
		return first, step, false
	}
	if hasAttr(n, "reversed") {
		step, first = -1, 0
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom == atom.Li {
				first++
			}
		}
	}
	first = numberIn(n, "start", first)
	number, items := first, 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Li {
			continue
		}
		if next := numberIn(c, "value", number); next != number {
			number = next
			if items == 0 {
				first = next
			} else {
				labels = true
			}
		}
		labels = labels || number < 0
		number += step
		items++
	}
	return first, step, labels || step < 0 && items > 1
}

// numberIn returns the number in an attribute, if there is one that a list's
// marker has room for.
func numberIn(n *html.Node, key string, otherwise int) int {
	if v, err := strconv.Atoi(strings.TrimSpace(attr(n, key))); err == nil && v > -1e8 && v < 1e8 {
		return v
	}
	return otherwise
}

// isLoose tells whether an item of the list has several blocks that are not
// lists.
func isLoose(n *html.Node) bool {
	for li := n.FirstChild; li != nil; li = li.NextSibling {
		if li.DataAtom == atom.Li && blocksIn(li, 0) > 1 {
			return true
		}
	}
	return false
}

// blocksIn counts the paragraphs and the like in an item, up to two; a run of
// text counts as one.
func blocksIn(n *html.Node, depth int) int {
	blocks, text := 0, false
	for c := n.FirstChild; c != nil && blocks < 2; c = c.NextSibling {
		switch c.DataAtom {
		case atom.P:
			if hasContent(c) {
				blocks++
				text = false
			}
		case atom.Pre, atom.Blockquote, atom.Table, atom.Figure, atom.Dl, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			blocks++
			text = false
		case atom.Ul, atom.Ol:
			text = false
		case atom.Div, atom.Section, atom.Article:
			if depth < 6 {
				blocks += blocksIn(c, depth+1)
			}
			text = false
		default:
			if !text && hasContent(c) {
				blocks++
				text = true
			}
		}
	}
	return blocks
}

// hasContent tells whether there is a text or a picture in n, as far as a
// short look tells.
func hasContent(n *html.Node) bool {
	if n.Type == html.TextNode {
		return strings.TrimSpace(n.Data) != ""
	}
	if n.DataAtom == atom.Img {
		return true
	}
	limit := 50
	for d := range descend(n) {
		if limit--; limit < 0 || d.DataAtom == atom.Img || d.Type == html.TextNode && strings.TrimSpace(d.Data) != "" {
			return limit < 0 || !isDropped(n.DataAtom)
		}
	}
	return false
}

// checkbox returns the box that makes li a task, if it begins with one.
func checkbox(li *html.Node) *html.Node {
	n := firstElement(li)
	for range 3 {
		switch {
		case n == nil:
			return nil
		case n.DataAtom == atom.Input:
			if attr(n, "type") == "checkbox" {
				return n
			}
			return nil
		case n.DataAtom != atom.P && n.DataAtom != atom.Label && n.DataAtom != atom.Span && n.DataAtom != atom.Div:
			return nil
		}
		n = firstElement(n)
	}
	return nil
}

// definitions writes a list of terms: each in bold, what it means as items
// under it.
func (r *renderer) definitions(n *html.Node) {
	r.flush()
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.DataAtom == atom.Div:
			r.definitions(c)
		case c.DataAtom == atom.Dt:
			r.flush()
			r.format(c, strong)
			r.flush()
		case c.DataAtom == atom.Dd && r.mode == asBlock:
			if r.last == bulletBlock {
				r.sep = newLine
			}
			if r.item(c, "- ", blankLine) {
				r.last, r.sep = bulletBlock, blankLine
			}
		default:
			r.node(c)
			r.flush()
		}
	}
}
