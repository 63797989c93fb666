package annotate

import (
	"slices"
	"strings"

	"github.com/clipmend/clipmend/annotate/packs"
	"github.com/clipmend/clipmend/annotate/phrase"
)

// terms states the values that the pack lists.
func (d *doc) terms(s *sentence) {
	for i, h := range s.hits {
		if h.class != term && h.class != word || s.inMention(h.from) || s.covered(i) {
			continue
		}
		a := d.attrs[h.attr]
		if a.Type == packs.Score {
			continue
		}
		from, to := s.clause(h.from)
		if from > s.from && len(a.Near) > 0 {
			from = max(s.from, from-12)
		}
		if (h.class == word || len(a.Near) > 0 && h.class != term || needsNear(a)) && !s.near(near, h.attr, from, to) && !s.near(label, h.attr, s.from, h.from) && !slices.Contains(d.keys, h.attr) {
			continue
		}
		if s.near(notAttr, h.attr, from, to) || d.crowded(s, h) || s.goesOn(h.to) {
			continue
		}
		if a.Type == packs.Name && a.Owner {
			continue
		}
		f := Fact{Attribute: a.name, Value: Text(h.value), Rule: "term", Hedge: "", Negated: s.denied(h.from)}
		things := d.about(s, h.from, h.to)
		d.state(s, h.from, h.to, things, f)
	}
}

// goesOn reports whether a hyphen and a letter or number make what ends at
// token i a part of another name: the "ViT" of "ViT-B/16".
func (s *sentence) goesOn(i int) bool {
	return i < s.to && s.tokens[i].Gap == phrase.Hyphen && (s.tokens[i].Kind == phrase.Number || len(s.word(i)) == 1)
}

// labelled states what stands after a label that opens a line, as it stands:
// "License: Foo Community License".
func (d *doc) labelled(s *sentence) {
	for _, h := range s.hits {
		if h.from > s.from || h.class != label || !d.attrs[h.attr].Open || h.to >= s.to || s.word(h.to) != ":" && s.word(h.to) != "：" {
			continue
		}
		from, to := h.to+1, h.to+1
		for to < s.to && !strings.Contains("(（，;；。", s.word(to)) && s.word(to) != "," && !(s.word(to) == "." && to+1 == s.to) {
			to++
		}
		if from >= to || !s.proper(from, to) || s.near(term, h.attr, from, to) {
			return
		}
		d.state(s, from, to, d.context(), Fact{Attribute: d.attrs[h.attr].name, Value: Text(s.slice(from, to)), Rule: "label"})
		return
	}
}

// needsNear reports whether even a listed value says nothing alone.
func needsNear(a attr) bool {
	return len(a.Near) > 0 && (len(a.Words) == 0 || a.Type == packs.Name && len(a.Label) == 0)
}

// covered reports whether a longer phrase of the same attribute holds hit i.
func (s *sentence) covered(i int) bool {
	h := s.hits[i]
	for k := max(0, i-12); k < len(s.hits) && s.hits[k].from <= h.from; k++ {
		o := s.hits[k]
		if o.class == h.class && o.attr == h.attr && o.from <= h.from && o.to >= h.to && o.to-o.from > h.to-h.from && o.value != h.value {
			return true
		}
		if o.class == notName && o.from <= h.from && o.to >= h.to {
			return true
		}
	}
	return false
}

// crowded reports whether the term is said of a set without names, or of what
// the clause compares with: "outperforms other open-source models".
func (d *doc) crowded(s *sentence, h hit) bool {
	from, _ := s.clause(h.from)
	if d.attrs[h.attr].Type == packs.Name && s.unnamed(max(s.from, h.from-20), h.from) {
		return true
	}
	for _, o := range s.hits {
		if o.to > h.from || o.from < from {
			continue
		}
		if (o.class == crowd && h.from-o.to <= 3 || o.class == relation || o.class == than) && d.plural(s, h.to) {
			for _, m := range s.mentions {
				if m.from >= h.to && d.qualifies(s, h.to, m.from) {
					return false
				}
			}
			return true
		}
	}
	return false
}

// unnamed reports whether tokens [from, to) speak of some things among many:
// "including models trained on …".
func (s *sentence) unnamed(from, to int) bool {
	for i := max(from, s.from+1); i < to; i++ {
		if !s.has(i, noun) || !strings.HasSuffix(s.fold(i), "s") {
			continue
		}
		switch s.fold(i - 1) {
		case "including", "several", "some", "many", "to", "various":
			return true
		}
	}
	return false
}

// plural reports whether "models" follows within a few words.
func (d *doc) plural(s *sentence, i int) bool {
	for k := i - 1; k < s.to && k < i+5; k++ {
		if s.has(k, noun) && (strings.HasSuffix(s.fold(k), "s") || s.tokens[k].Kind != 0) {
			return true
		}
	}
	return false
}
