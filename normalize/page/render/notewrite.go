package render

import (
	"iter"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Notes returns the elements under root that say footnotes, in the order of the
// notes. Who prunes a page before rendering it keeps them: they stand outside
// of the main content, or are hidden, as often as not.
func Notes(root *html.Node) []*html.Node {
	if root == nil {
		return nil
	}
	r := &renderer{traits: map[string]traits{}}
	r.findNotes(root)
	var found []*html.Node
	for _, nt := range r.notes.list {
		if len(nt.nodes) == 0 {
			continue
		}
		if body := nt.nodes[0].Parent; r.notes.moved[body] {
			found = append(found, body)
			continue
		}
		for _, n := range nt.nodes {
			if n.Type == html.ElementNode {
				found = append(found, n)
			}
		}
	}
	return found
}

// noteRef writes a reference to a footnote.
func (r *renderer) noteRef(n *html.Node, label string) {
	if s := n.LastChild; s != nil && r.mode != asHeading {
		defer func() {
			if s.Type == html.TextNode && strings.TrimRight(s.Data, " \n\t") != s.Data {
				r.para.space = true
			}
		}()
	}
	r.raw(rawItem, "[^"+label+"]")
}

// writeNotes writes the footnotes after the text.
func (r *renderer) writeNotes() {
	r.levels = nil
	for _, nt := range r.notes.list {
		r.last = nothing
		r.enter(box{first: "[^" + nt.label + "]: ", rest: "    "})
		if nt.href != "" {
			r.source(nt)
		}
		for _, n := range nt.nodes {
			delete(r.notes.moved, n)
			r.node(n)
		}
		r.flush()
		r.leave()
		r.sep = blankLine
	}
}

func (r *renderer) source(nt *note) {
	target := destination(r.resolve(nt.href))
	r.open(link, target)
	if nt.title == "" {
		nt.title = nt.href
	}
	r.text(nt.title)
	r.close(link)
}

// clear leaves out what is empty without its notes: the list, the heading
// above it and the rule before that.
func (f *noteFinder) clear() {
	s := &f.r.notes
	level := map[*html.Node]bool{}
	for _, nt := range s.list {
		if len(nt.nodes) == 0 || nt.nodes[0].Parent == nil {
			continue
		}
		if body := nt.nodes[0].Parent; !s.moved[body] {
			level[body] = true
		} else if body.Parent != nil {
			level[body.Parent] = true
		}
	}
	for range 4 {
		above := map[*html.Node]bool{}
		for p := range level {
			if p.Parent != nil && s.emptied(p) {
				s.skip[p] = true
				above[p.Parent] = true
			}
		}
		level = above
	}
}

// emptied leaves out the headings of notes among the children of p, and tells
// whether nothing else is left.
func (s *notes) emptied(p *html.Node) bool {
	if s.refs[p] != "" {
		return false
	}
	empty := true
	var before *html.Node // the heading or rule before the notes
	for c := p.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) == "" || c.Type == html.CommentNode:
		case s.hides(c):
			if before != nil {
				s.skip[before] = true
				before = nil
			}
		case isNotesTitle(c) || c.DataAtom == atom.Hr:
			before = c
		default:
			empty, before = false, nil
		}
	}
	return empty && p.DataAtom != atom.Body && p.DataAtom != atom.Html
}

// isNotesTitle tells whether n is a heading over footnotes.
func isNotesTitle(n *html.Node) bool {
	if !isHeading(n) && n.DataAtom != atom.P && n.DataAtom != atom.Div {
		return false
	}
	switch strings.Trim(strings.ToLower(plainText(n, 60)), " :[]#¶") {
	case "footnotes", "footnote", "notes", "references", "endnotes", "sidenotes", "notes and references", "references and notes",
		"脚注", "注释", "参考文献", "参考资料", "註釋", "注", "fußnoten", "einzelnachweise", "notas", "referencias", "références", "примечания", "edit":
		return true
	}
	return false
}

// descend returns the nodes under top in the order of the text, without
// recursion.
func descend(top *html.Node) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		for n := top.FirstChild; n != nil; n = following(n, top) {
			if !yield(n) {
				return
			}
		}
	}
}

// andDescend returns top and the nodes under it.
func andDescend(top *html.Node) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		if !yield(top) {
			return
		}
		descend(top)(yield)
	}
}

// following returns the node after n in the order of the text, within top.
func following(n, top *html.Node) *html.Node {
	if n.FirstChild != nil {
		return n.FirstChild
	}
	for n != top {
		if n.NextSibling != nil {
			return n.NextSibling
		}
		n = n.Parent
	}
	return nil
}
