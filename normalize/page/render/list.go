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
	if ordered {
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
	number, first := startOf(n), true
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Li {
			r.outsideItem(c)
			continue
		}
		if ordered && hasAttr(c, "value") {
			number = numberIn(c, "value", number)
		}
		marker := bullet
		if ordered {
			marker = strconv.Itoa(number) + after
		}
		if !first {
			r.sep = sep
		}
		if r.item(c, marker, sep) {
			first = false
			number++
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
	if !r.enter(box{first: marker, rest: rest}) {
		r.block(n)
		return true
	}
	before := r.last
	r.last = nothing
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if sep == newLine && (c.DataAtom == atom.Ul || c.DataAtom == atom.Ol) {
			r.flush()
			r.sep = newLine
		}
		r.node(c)
	}
	r.flush()
	if !r.leave() {
		r.last = before
		return false
	}
	return true
}

// startOf returns the number of a list's first item.
func startOf(n *html.Node) int {
	if !hasAttr(n, "start") {
		return 1
	}
	return numberIn(n, "start", 1)
}

// numberIn returns the number in an attribute, if a list's marker may have it.
func numberIn(n *html.Node, key string, otherwise int) int {
	if v, err := strconv.Atoi(attr(n, key)); err == nil && v >= 0 && v < 1e9 {
		return v
	}
	return otherwise
}

// isLoose tells whether an item of the list has several blocks that are not
// lists.
func isLoose(n *html.Node) bool {
	for li := n.FirstChild; li != nil; li = li.NextSibling {
		if li.DataAtom != atom.Li {
			continue
		}
		blocks, text := 0, false
		for c := li.FirstChild; c != nil; c = c.NextSibling {
			switch c.DataAtom {
			case atom.P, atom.Pre, atom.Blockquote, atom.Table, atom.Figure, atom.Dl:
				blocks++
			case 0:
				text = text || c.Type == html.TextNode && strings.TrimSpace(c.Data) != ""
			}
		}
		if blocks > 1 || blocks == 1 && text {
			return true
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
