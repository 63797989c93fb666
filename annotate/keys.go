package annotate

import (
	"slices"

	"github.com/clipmend/clipmend/annotate/packs"
	"github.com/clipmend/clipmend/normalize/markdown"
)

// keyHeading returns the attributes whose label a heading is, as "Model date"
// and "License" are: what stands below it is their value.
func (d *doc) keyHeading(l *line) []int {
	var out []int
	for _, h := range l.hits {
		if h.class != label || h.to != len(l.tokens) {
			continue
		}
		if h.from == 0 || h.from == 1 && l.has(0, noun) {
			out = append(out, h.attr)
		}
	}
	return out
}

// underKey states a paragraph that is nothing but a name under the heading of
// an attribute that takes any: "Model developer" above "Foo Research".
func (d *doc) underKey(l *line) {
	if l.kind != markdown.Paragraph {
		return
	}
	for _, k := range d.keys {
		a := d.attrs[k]
		if a.Type != packs.Name || !a.Owner && !a.Open || !l.proper(0, len(l.tokens)) {
			continue
		}
		value := l.slice(0, len(l.tokens))
		for i, h := range l.hits {
			if h.class == term && h.attr == k && !within(l.hits, i) {
				value = h.value
			}
		}
		for _, en := range d.context() {
			d.emit(l.view, 0, len(l.tokens), Fact{Model: en.name, Attribute: a.name, Value: Text(value), Rule: "heading"})
		}
	}
}

// keyDate returns the attribute of a date that opens the text under a heading
// that is its label, −1 for none.
func (d *doc) keyDate(s *sentence, i int) int {
	if s.from > 0 || i > 2 {
		return -1
	}
	for k, a := range d.attrs {
		if a.Type == packs.Date && slices.Contains(d.keys, k) {
			return k
		}
	}
	return -1
}

// saidOfYear reports whether the words right before a year say what it is of.
func (d *doc) saidOfYear(s *sentence, i int) bool {
	from, _ := s.clause(i)
	for k, a := range d.attrs {
		if a.Type == packs.Date && s.near(near, k, max(from, i-6), i) && !s.near(notAttr, k, max(from, i-12), i) {
			return true
		}
	}
	return false
}
