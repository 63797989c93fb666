package render

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// notes are the footnotes of a page: what refers to them, what they say, and
// what is therefore not written in its place.
type notes struct {
	refs    map[*html.Node]string // the label that stands for an element
	skip    map[*html.Node]bool   // is not written at all
	moved   map[*html.Node]bool   // is written where its note is
	cut     map[*html.Node]int    // how many bytes of a text, its marker, are left out
	list    []*note
	sources map[string]*note // by their address
	used    map[string]bool  // labels
}

// A note is one footnote.
type note struct {
	label string
	nodes []*html.Node // its text
	href  string       // or the source that it links to
	title string
}

// A noteFinder finds the footnotes of a page. It knows no site: a reference
// is a short link to a place further on that links back, is named or classed
// as a note, or begins with the same marker.
type noteFinder struct {
	r      *renderer
	marks  []noteRef
	sups   []noteRef
	places map[string]*html.Node // what the references lead to, by name
	byNode map[*html.Node]*note
	back   map[string]bool // names of the references themselves
	starts map[*html.Node][]*html.Node
}

// A noteRef is what may be a reference to a footnote.
type noteRef struct {
	node   *html.Node // what is replaced
	target string     // the name of the place
	marker string
	sure   bool // its class says what it is
}

func (r *renderer) findNotes(root *html.Node) {
	f := &noteFinder{r: r, places: map[string]*html.Node{}, byNode: map[*html.Node]*note{}, back: map[string]bool{}, starts: map[*html.Node][]*html.Node{}}
	for n := range descend(root) {
		if n.Type == html.ElementNode {
			f.candidate(n)
		}
	}
	if len(f.marks)+len(f.sups) == 0 {
		return
	}
	r.notes.init()
	top := root
	for top.Parent != nil {
		top = top.Parent
	}
	f.findPlaces(top)
	for _, m := range f.marks {
		f.resolve(m)
	}
	if len(r.notes.list) == 0 && len(f.sups) > 0 {
		f.numbered(root, top)
	}
	f.adopt()
	f.clear()
}

func (s *notes) init() {
	if s.refs == nil {
		s.refs, s.cut, s.used = map[*html.Node]string{}, map[*html.Node]int{}, map[string]bool{}
		s.skip, s.moved, s.sources = map[*html.Node]bool{}, map[*html.Node]bool{}, map[string]*note{}
	}
}

// hides tells whether n is not written in its place.
func (s *notes) hides(n *html.Node) bool {
	return len(s.skip)+len(s.moved) > 0 && (s.skip[n] || s.moved[n])
}

// candidate keeps n if it may refer to a footnote.
func (f *noteFinder) candidate(n *html.Node) {
	r := f.r
	switch n.DataAtom {
	case atom.A:
		href := attr(n, "href")
		i := strings.IndexByte(href, '#')
		if i < 0 || i+1 == len(href) {
			return
		}
		marker := markerOf(n)
		if marker == "" {
			return
		}
		outer, sure := f.wrapper(n)
		f.marks = append(f.marks, noteRef{node: outer, target: unescaped(href[i+1:]), marker: marker, sure: sure})
	case atom.Sup:
		if marker := markerOf(n); marker != "" && isNumber(marker) && find(n, 10, func(d *html.Node) bool { return d.DataAtom == atom.A }) == nil {
			outer, sure := f.wrapper(n)
			f.sups = append(f.sups, noteRef{node: outer, marker: marker, sure: sure || r.traitsOf(n)&noteMark != 0})
		}
	case atom.Label:
		if t := attr(n, "for"); t != "" && (r.traitsOf(n)&noteMark != 0 || hasWord(attr(n, "class"), "margin-toggle")) {
			f.marks = append(f.marks, noteRef{node: n, target: t, marker: markerOf(n), sure: true})
		}
	case atom.Span:
		f.spanCandidate(n)
	}
}

// spanCandidate keeps a span that names its note, holds it, or stands for a
// source.
func (f *noteFinder) spanCandidate(n *html.Node) {
	if len(n.Attr) == 0 {
		return
	}
	if d := attr(n, "data-definition"); d != "" {
		f.marks = append(f.marks, noteRef{node: n, target: d, marker: markerOf(n), sure: true})
		return
	}
	t := f.r.traitsOf(n)
	switch {
	case t&noteText != 0:
		f.marks = append(f.marks, noteRef{node: n, sure: true})
	case t&citation != 0:
		if a := find(n, 5, func(d *html.Node) bool { return d.DataAtom == atom.A }); a != nil {
			f.marks = append(f.marks, noteRef{node: n, target: attr(a, "href"), sure: true})
		}
	}
}

// wrapper returns the element around n that holds nothing else, and whether a
// class on the way says that it is a reference.
func (f *noteFinder) wrapper(n *html.Node) (outer *html.Node, sure bool) {
	for range 4 {
		sure = sure || f.r.traitsOf(n)&noteMark != 0 || strings.Contains(attr(n, "rel"), "footnote") || hasAttr(n, "data-footnote-ref")
		p := n.Parent
		if p == nil || p.DataAtom != atom.Sup && p.DataAtom != atom.Span || !alone(n, p) {
			break
		}
		n = p
	}
	return n, sure
}

// alone tells whether p holds n, brackets and white space only.
func alone(n, p *html.Node) bool {
	for c := p.FirstChild; c != nil; c = c.NextSibling {
		if c != n && (c.Type == html.ElementNode && c.FirstChild != nil || c.Type == html.TextNode && strings.Trim(c.Data, " \t\n\u00a0[]()") != "") {
			return false
		}
	}
	return true
}

// markerOf returns the sign by which n would refer to a note: a number, a
// letter or an asterisk and the like; "" if its text is no such sign.
func markerOf(n *html.Node) string {
	s := strings.Trim(plainText(n, 24), "[]() \u00a0")
	s = strings.TrimPrefix(strings.TrimPrefix(s, "note "), "nb ")
	if s == "" || len(s) > 6 {
		return ""
	}
	if isNumber(s) && len(s) < 4 || strings.Trim(s, "*†‡§¶#") == "" && s != "#" && s != "§" && s != "¶" || len(s) == 1 && s[0] >= 'a' && s[0] <= 'z' {
		return s
	}
	return ""
}

// findPlaces notes what has a name that a reference may lead to.
func (f *noteFinder) findPlaces(top *html.Node) {
	wanted := map[string]bool{}
	for _, m := range f.marks {
		wanted[m.target] = true
		for p, i := m.node, 0; p != nil && i < 3; p, i = p.Parent, i+1 {
			f.addBack(p)
		}
		for d := range descend(m.node) {
			f.addBack(d)
		}
	}
	for n := range descend(top) {
		if n.Type != html.ElementNode || n.DataAtom == atom.Input {
			continue
		}
		for _, a := range n.Attr {
			switch a.Key {
			case "id", "name":
				if _, have := f.places[a.Val]; wanted[a.Val] && !have {
					f.places[a.Val] = n
				}
			case "href":
				// Word names neither end, but the link back tells them apart.
				if _, frag, ok := strings.Cut(a.Val, "#"); ok && n.DataAtom == atom.A && strings.Contains(frag, "ftnref") {
					if name := strings.Replace(frag, "ftnref", "ftn", 1); wanted[name] && f.places[name] == nil {
						f.places[name] = n
					}
				}
			}
		}
	}
}

func (f *noteFinder) addBack(n *html.Node) {
	for _, a := range n.Attr {
		if a.Key == "id" || a.Key == "name" {
			f.back[a.Val] = true
		}
	}
}

// resolve makes a note of what m refers to, if it is one.
func (f *noteFinder) resolve(m noteRef) {
	s := &f.r.notes
	if s.refs[m.node] != "" || s.hides(m.node) {
		return
	}
	if f.inPlace(m) {
		return
	}
	place := f.places[m.target]
	if place == nil || contains(place, m.node) {
		return
	}
	body, start := bodyOf(place)
	if body == nil || contains(body, m.node) || !f.isNote(m, place, body) {
		return
	}
	nt := f.byNode[start]
	if nt == nil {
		nt = f.add(m.marker)
		f.byNode[start] = nt
		if start != body {
			f.starts[body] = append(f.starts[body], start)
		} else {
			f.take(nt, body)
		}
	}
	s.refs[m.node] = nt.label
}

// inPlace makes a note of a text that stands where it is referred to.
func (f *noteFinder) inPlace(m noteRef) bool {
	s := &f.r.notes
	t := f.r.traitsOf(m.node)
	switch {
	case t&citation != 0:
		nt := f.source(m)
		s.refs[m.node] = nt.label
		return true
	case t&noteText == 0:
		return false
	}
	outer := m.node
	for range 3 {
		if p := outer.Parent; p != nil && strings.Contains(attr(p, "class"), "ltx_note") {
			outer = p
		}
	}
	if prev := labelBefore(outer); prev != nil {
		if s.refs[prev] != "" { // said twice: here and at the end
			s.skip[outer] = true
			return true
		}
		s.skip[prev] = true
	}
	nt := f.add("")
	f.take(nt, m.node)
	s.refs[outer] = nt.label
	return true
}

// labelBefore returns the label that shows and hides the note n.
func labelBefore(n *html.Node) *html.Node {
	for p, i := n.PrevSibling, 0; p != nil && i < 4; p, i = p.PrevSibling, i+1 {
		if p.DataAtom == atom.Label {
			return p
		}
		if p.Type == html.TextNode && strings.TrimSpace(p.Data) != "" {
			return nil
		}
	}
	return nil
}

// source returns the note that stands for a linked source, the same for the
// same address.
func (f *noteFinder) source(m noteRef) *note {
	href, _, _ := strings.Cut(m.target, "?utm_source=")
	if nt := f.r.notes.sources[href]; nt != nil {
		return nt
	}
	nt := f.add("")
	f.r.notes.sources[href] = nt
	nt.href, nt.title = href, plainText(m.node, 100)
	if i := strings.IndexByte(nt.title, '+'); i > 0 {
		nt.title = strings.TrimSpace(nt.title[:i])
	}
	return nt
}

// add makes a new note with the page's own number if that is free.
func (f *noteFinder) add(marker string) *note {
	s := &f.r.notes
	label := marker
	if !isNumber(marker) || s.used[marker] {
		for i := len(s.list) + 1; ; i++ {
			if label = strconv.Itoa(i); !s.used[label] {
				break
			}
		}
	}
	s.used[label] = true
	nt := &note{label: label}
	s.list = append(s.list, nt)
	return nt
}

func contains(top, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == top {
			return true
		}
	}
	return false
}

func unescaped(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if v, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(v))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
