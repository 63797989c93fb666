package render

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// bodyOf returns the block that says the note at place, and where in it the
// note starts: the block itself, or one of its children if it says several.
func bodyOf(place *html.Node) (body, start *html.Node) {
	n := place
	for n != nil && !isNoteBlock(n) {
		if n.Type != html.ElementNode {
			return nil, nil
		}
		n = n.Parent
	}
	if n == nil || n.DataAtom == atom.Body || n.DataAtom == atom.Article || n.DataAtom == atom.Main || isHeading(n) {
		return nil, nil
	}
	if n == place {
		return n, n
	}
	child := place
	for child.Parent != n {
		child = child.Parent
	}
	if startsBlock(child) {
		if moreAnchors(child) {
			return n, child
		}
		if n.DataAtom == atom.P && n.Parent != nil && n.Parent.DataAtom == atom.Li && firstElement(n.Parent) == n {
			return n.Parent, n.Parent
		}
		return n, n
	}
	if afterBreak(child) {
		return n, child
	}
	return nil, nil
}

func isNoteBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Li, atom.P, atom.Div, atom.Dd, atom.Dt, atom.Aside, atom.Td, atom.Section, atom.Article, atom.Body, atom.Main, atom.Blockquote:
		return true
	}
	return isHeading(n)
}

func isHeading(n *html.Node) bool {
	return n.Type == html.ElementNode && len(n.Data) == 2 && n.Data[0] == 'h' && isDigit(n.Data[1])
}

// startsBlock tells whether nothing is shown before n in its parent.
func startsBlock(n *html.Node) bool {
	for p := n.PrevSibling; p != nil; p = p.PrevSibling {
		if p.Type == html.TextNode && strings.TrimSpace(p.Data) != "" || p.Type == html.ElementNode && p.FirstChild != nil {
			return false
		}
	}
	return true
}

func afterBreak(n *html.Node) bool {
	for p := n.PrevSibling; p != nil; p = p.PrevSibling {
		if p.DataAtom == atom.Br {
			return true
		}
		if p.Type == html.TextNode && strings.TrimSpace(p.Data) != "" || p.FirstChild != nil {
			return false
		}
	}
	return true
}

// moreAnchors tells whether another named place follows n after a line break:
// the block says several notes.
func moreAnchors(n *html.Node) bool {
	broken := false
	for s, i := n.NextSibling, 0; s != nil && i < 200; s, i = s.NextSibling, i+1 {
		if s.DataAtom == atom.Br {
			broken = true
		}
		if broken && s.DataAtom == n.DataAtom && (attr(s, "name") != "" || attr(s, "id") != "") {
			return true
		}
	}
	return false
}

// isNote tells whether what m refers to is a footnote, by its class, its
// name, the link back or the marker that it begins with.
func (f *noteFinder) isNote(m noteRef, place, body *html.Node) bool {
	if m.sure || isNoteName(m.target) || f.linksBack(body) {
		return true
	}
	for p, i := body, 0; p != nil && i < 3; p, i = p.Parent, i+1 {
		if f.r.traitsOf(p)&noteList != 0 {
			return true
		}
	}
	raised := m.node.DataAtom == atom.Sup || find(m.node, 4, func(d *html.Node) bool { return d.DataAtom == atom.Sup }) != nil
	return raised && strings.Trim(leading(body), "[]() .:") == m.marker || raised && markerOf(place) == m.marker
}

// isNoteName tells whether a place is named as notes are.
func isNoteName(s string) bool {
	s = strings.TrimLeft(strings.ToLower(s), "_-")
	s = strings.TrimPrefix(s, "user-content-")
	for _, p := range []string{"fn", "footnote", "ftn", "cite_note", "endnote", "easy-footnote", "sdfootnote", "note-", "note_", "note:", "footdef", "bib.bib"} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	stem := strings.TrimRight(s, "0123456789-_.")
	return len(stem) < len(s) && (strings.HasSuffix(stem, "note") || strings.HasSuffix(stem, "fn") || strings.HasSuffix(stem, "ftn"))
}

// linksBack tells whether a link in body leads to one of the references.
func (f *noteFinder) linksBack(body *html.Node) bool {
	return find(body, 400, f.isBackLink) != nil
}

func (f *noteFinder) isBackLink(n *html.Node) bool {
	if n.DataAtom != atom.A {
		return false
	}
	_, frag, ok := strings.Cut(attr(n, "href"), "#")
	return ok && frag != "" && f.back[unescaped(frag)]
}

// leading returns the first word of what n shows.
func leading(n *html.Node) string {
	s := plainText(n, 16)
	word, _, _ := strings.Cut(s, " ")
	return word
}

// take makes all of body the text of a note.
func (f *noteFinder) take(nt *note, body *html.Node) {
	nt.nodes = nil
	for c := body.FirstChild; c != nil; c = c.NextSibling {
		nt.nodes = append(nt.nodes, c)
	}
	f.strip(nt)
	f.r.notes.moved[body] = true
}

// strip leaves out of a note's text its marker and the links back.
func (f *noteFinder) strip(nt *note) {
	s := &f.r.notes
	head := true
	for _, n := range nt.nodes {
		for d := range andDescend(n) {
			switch {
			case d.Type == html.TextNode:
				if t := strings.TrimLeft(d.Data, " \t\n\u00a0"); head && t != "" {
					head = false
					if k := markerLength(t, nt.label); k > 0 {
						s.cut[d] = len(d.Data) - len(t) + k
						head = strings.TrimSpace(t[k:]) == ""
					}
				}
			case d.Type != html.ElementNode:
			case f.isBack(d):
				s.skip[widest(d, n)] = true
			case head && isInlineMark(d) && strings.Trim(plainText(d, 16), "[]() .:\u00a0") == nt.label:
				s.skip[d] = true
			}
		}
	}
}

// widest returns the element around a link back that holds nothing else.
func widest(d, top *html.Node) *html.Node {
	for d != top && d.Parent != nil && (d.Parent.DataAtom == atom.Sup || d.Parent.DataAtom == atom.Span) && alone(d, d.Parent) {
		d = d.Parent
	}
	return d
}

// isBack tells whether an element only leads back to a reference.
func (f *noteFinder) isBack(n *html.Node) bool {
	if f.r.traitsOf(n)&noteBack != 0 {
		return true
	}
	if n.DataAtom != atom.A {
		return false
	}
	href := attr(n, "href")
	if !strings.Contains(href, "#") {
		return false
	}
	text := strings.Trim(plainText(n, 40), "[]() \u00a0\ufe0e\ufe0f")
	switch text {
	case "↩", "↩︎", "↑", "⤴", "^", "⏎", "↵", "Back", "back", "Return", "return", "Jump up", "↩ Back":
		return true
	}
	return f.isBackLink(n) || strings.Contains(href, "ftnref") && len(text) < 6
}

func isInlineMark(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Sup, atom.Strong, atom.B, atom.Span, atom.A, atom.Label:
		return true
	}
	return false
}

// markerLength returns how many bytes of t are the marker of the note and
// what follows it.
func markerLength(t, label string) int {
	n := len(t)
	t = strings.TrimPrefix(t, "[")
	rest, ok := strings.CutPrefix(t, label)
	if !ok || !isNumber(label) {
		return 0
	}
	trimmed := strings.TrimLeft(rest, "]).:")
	if trimmed == rest && trimmed != "" && charClass[trimmed[0]] != spaceChar {
		return 0
	}
	return n - len(trimmed)
}

// adopt makes notes of several that one block says, and of those in a list of
// notes that nothing refers to.
func (f *noteFinder) adopt() {
	for body, starts := range f.starts {
		f.split(body, starts)
	}
	lists := map[*html.Node]int{}
	for n := range f.byNode {
		if n.DataAtom == atom.Li && n.Parent != nil {
			lists[n.Parent]++
		}
	}
	for _, nt := range f.r.notes.list {
		if len(nt.nodes) == 0 {
			continue
		}
		if list := nt.nodes[0].Parent.Parent; lists[list] > 0 {
			f.adoptItems(list, lists[list])
			delete(lists, list)
		}
	}
}

// adoptItems makes notes of the items of a list of which half are.
func (f *noteFinder) adoptItems(list *html.Node, have int) {
	var rest []*html.Node
	for c := list.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Li && f.byNode[c] == nil {
			rest = append(rest, c)
		}
	}
	if len(rest) > have {
		return
	}
	for _, li := range rest {
		nt := f.add("")
		f.byNode[li] = nt
		f.take(nt, li)
	}
}

// split divides the children of body among the notes that start at them.
func (f *noteFinder) split(body *html.Node, starts []*html.Node) {
	s := &f.r.notes
	isStart := map[*html.Node]bool{}
	for _, n := range starts {
		isStart[n] = true
	}
	for _, start := range starts {
		nt := f.byNode[start]
		for c := start; c != nil && (c == start || !isStart[c]); c = c.NextSibling {
			nt.nodes = append(nt.nodes, c)
			s.moved[c] = true
		}
		f.strip(nt)
		if strings.Trim(plainText(start, 16), "[]() .:\u00a0") == nt.label {
			s.skip[start] = true
		}
	}
}

// numbered finds notes that only numbers refer to: items of a list of notes,
// or paragraphs that begin with the number after a rule.
func (f *noteFinder) numbered(root, top *html.Node) {
	found := map[string]*html.Node{}
	loose := map[string]bool{}
	f.listedNotes(top, found)
	if len(found) == 0 {
		f.looseNotes(root, found, loose)
	}
	for _, m := range f.sups {
		body := found[m.marker]
		if body == nil || contains(body, m.node) || f.r.notes.hides(m.node) {
			continue
		}
		nt := f.byNode[body]
		if nt == nil {
			nt = f.add(m.marker)
			f.byNode[body] = nt
			f.take(nt, body)
			if loose[m.marker] {
				f.takeRest(nt, body, found)
			}
		}
		f.r.notes.refs[m.node] = nt.label
	}
}

// listedNotes finds the items of the lists whose class says that they hold
// notes, and those beside a text that gives their number.
func (f *noteFinder) listedNotes(top *html.Node, found map[string]*html.Node) {
	for n := range descend(top) {
		if n.DataAtom != atom.Ol {
			continue
		}
		listed := n.Parent != nil && n.Parent.DataAtom == atom.Aside && hasAttr(n, "start")
		for p, i := n, 0; p != nil && i < 3 && !listed; p, i = p.Parent, i+1 {
			listed = f.r.traitsOf(p)&noteList != 0
		}
		if !listed {
			continue
		}
		number := numberIn(n, "start", 1)
		for li := n.FirstChild; li != nil; li = li.NextSibling {
			if li.DataAtom == atom.Li {
				found[strconv.Itoa(number)] = li
				number++
			}
		}
	}
}

// looseNotes finds the paragraphs after a rule that begin with 1, 2, 3 …
func (f *noteFinder) looseNotes(root *html.Node, found map[string]*html.Node, loose map[string]bool) {
	var rule *html.Node
	for n := range descend(root) {
		if n.DataAtom == atom.Hr {
			rule = n
		}
	}
	if rule == nil {
		return
	}
	for n := rule.NextSibling; n != nil; n = n.NextSibling {
		want := strconv.Itoa(len(found) + 1)
		if e := firstElement(n); n.DataAtom == atom.P && e != nil && isInlineMark(e) && strings.Trim(plainText(e, 16), "[]() .:\u00a0") == want {
			found[want], loose[want] = n, true
		}
	}
}

// takeRest adds to a note the blocks after it that belong to no other.
func (f *noteFinder) takeRest(nt *note, body *html.Node, found map[string]*html.Node) {
	next := map[*html.Node]bool{}
	for _, b := range found {
		next[b] = true
	}
	wrapped := []*html.Node{body}
	for n := body.NextSibling; n != nil && !next[n] && n.DataAtom != atom.Hr && !isHeading(n); n = n.NextSibling {
		wrapped = append(wrapped, n)
		f.r.notes.moved[n] = true
	}
	nt.nodes = wrapped
}
