package annotate

import (
	"strings"

	"github.com/clipmend/clipmend/annotate/packs"
)

// relations states how things compare.
func (d *doc) relations(s *sentence) {
	for _, h := range s.hits {
		switch {
		case h.class == relation && !s.hedgeOnly(h):
			d.compare(s, h.attr, h.value, h.from, h.to, 14)
		case h.class == than && s.near(less, -1, s.from, s.to):
			for i, a := range d.attrs {
				if a.Type == packs.Relation && a.LessIs != "" && !s.near(relation, i, s.from, h.to) {
					d.compare(s, i, a.LessIs, h.from, h.to, 3)
				}
			}
		}
	}
	for _, m := range s.mentions {
		if s.fold(m.to) != "like" || s.tokens[m.to].Gap == 0 || s.tokens[m.to].Gap == 1 {
			continue
		}
		for _, a := range d.attrs {
			if a.Type == packs.Relation && a.LikeIs != "" {
				things := d.about(s, m.from, m.from)
				for _, en := range m.things {
					d.state(s, m.from, m.to+1, without(things, en), Fact{Attribute: a.name, Relation: a.LikeIs, Other: en.name, Rule: "likeness"})
				}
			}
		}
	}
}

// hedgeOnly tells 超过 130 亿 from a comparison: a number follows.
func (s *sentence) hedgeOnly(h hit) bool {
	return h.to < s.to && s.tokens[h.to].Kind == 1
}

func (d *doc) compare(s *sentence, attr int, kind string, from, to, far int) {
	at := -1
	for i, m := range s.mentions {
		if m.from >= to && m.from-to <= far && s.sameList(to, m.from) {
			at = i
			break
		}
	}
	if before := s.likenedBefore(from); at < 0 || before >= 0 {
		at = before
	}
	if at < 0 {
		return
	}
	others := s.listed(at)
	var things []*entity
	for _, m := range s.mentions {
		if m.to <= from && !m.object {
			things = m.things
		}
	}
	// "Compared with Foo, Bar is better": the subject comes after.
	if next := at + 1; things == nil && next < len(s.mentions) && s.has(from, than) {
		for ; next < len(s.mentions) && things == nil; next++ {
			if m := s.mentions[next]; len(without(m.things, others[len(others)-1])) > 0 && m.from-s.mentions[next-1].to <= 3 {
				things = m.things
			}
		}
	}
	if things == nil {
		things = d.context()
	}
	for _, o := range others {
		d.state(s, from, to, without(things, o), Fact{
			Attribute: d.attrs[attr].name, Relation: kind, Other: o.name, Rule: "comparison", Negated: s.denied(from),
		})
	}
}

// likenedBefore returns the mention that a relation at token i comes after in
// Chinese: 与 Foo 相当. It is −1 without one.
func (s *sentence) likenedBefore(i int) int {
	for k, m := range s.mentions {
		if m.to == i && s.likened(m) {
			return k
		}
	}
	return -1
}

func without(things []*entity, en *entity) []*entity {
	var out []*entity
	for _, t := range things {
		if t != en {
			out = append(out, t)
		}
	}
	return out
}

// bases states what a thing was made from.
func (d *doc) bases(s *sentence) {
	for _, h := range s.hits {
		if h.class != after || d.attrs[h.attr].Type != packs.Entity {
			continue
		}
		for i, m := range s.mentions {
			if m.from < h.to || m.from-h.to > 4 || !s.sameList(h.to, m.from) || s.has(h.to, article) && s.fold(h.to) == "our" {
				continue
			}
			var things []*entity
			for _, p := range s.mentions[:i] {
				if p.to <= h.from && !p.object {
					things = d.group(s, p)
				}
			}
			if i+1 < len(s.mentions) && s.word(m.to) == "的" && !s.clauseBetween(m.to, s.mentions[i+1].from) {
				things = s.mentions[i+1].things
			}
			if things == nil {
				things = d.context()
			}
			for _, en := range m.things {
				d.state(s, h.from, m.to, without(things, en), Fact{Attribute: d.attrs[h.attr].name, Value: Text(en.name), Rule: "base", Negated: s.denied(h.from)})
			}
			break
		}
	}
}

// scores states results on named tests.
func (d *doc) scores(s *sentence) {
	for i, a := range d.attrs {
		if a.Type != packs.Score {
			continue
		}
		for _, n := range s.numbers(s.from, s.to) {
			if s.inMention(n.from) || n.max != n.min || n.scaled || n.min > 100 || !n.percent && !strings.Contains(s.word(n.from), ".") || !s.near(near, i, s.from, s.to) || s.near(notAttr, i, s.from, s.to) || s.word(n.from-1) == "+" {
				continue
			}
			test, ok := s.test(i, n.from)
			if !ok {
				continue
			}
			things := d.about(s, n.from, n.to)
			for _, m := range s.mentions {
				if s.fold(n.to) == "of" && m.from > n.to && m.from-n.to <= 5 {
					things = m.things
				}
			}
			d.state(s, n.from, n.to, things, Fact{
				Attribute: a.name, Benchmark: test.value, Value: Number(n.min), Rule: "score", Hedge: s.hedged(n.from),
			})
		}
	}
}

// test returns the test that is nearest to token at, on either side.
func (s *sentence) test(attr, at int) (hit, bool) {
	best, dist := hit{}, 1<<30
	colon := s.word(at-1) == ":" || s.word(at-1) == "：" // "GSM8K: 84.1"
	on := at                                            // the end of "84.1% on", after which the test stands
	for k := at + 1; k < s.to && k <= at+2; k++ {
		if w := s.fold(k); w == "on" || w == "in" {
			on = k + 1
		}
	}
	for _, h := range s.hits {
		if w := s.word(h.from); h.class != term || h.attr != attr || !capital(w) && !inner(w) {
			continue
		}
		far := at - h.to
		if far < 0 {
			if far = h.from - at; colon {
				continue
			}
			if on > at && h.from-on >= 0 && h.from-on <= 2 {
				far = 0
			}
		}
		if far < dist || far == dist && h.to > best.to {
			best, dist = h, far
		}
	}
	return best, dist < 30
}
