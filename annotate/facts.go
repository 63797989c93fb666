package annotate

import (
	"strings"

	"github.com/clipmend/clipmend/annotate/phrase"
)

// state adds the fact for each thing.
func (d *doc) state(s *sentence, at, end int, things []*entity, f Fact) {
	from, to := s.clause(at)
	to = max(to, end)
	if to-from > 40 {
		from, to = max(from, at-20), min(to, end+20)
	}
	d.qualify(s, at, end, &f)
	for _, en := range things {
		f.Model = en.name
		f.Confidence = s.sure(f.Rule, en)
		d.emit(s.view, min(from, at), max(to, end), f)
	}
}

// sizesOf states the sizes of a list after a name: "Foo 7B & 67B".
func (d *doc) sizesOf(s *sentence) {
	if d.size < 0 {
		return
	}
	for _, m := range s.mentions {
		for _, en := range m.things {
			if m.refers && en.size > 0 {
				n := number{from: m.from, to: m.to, min: en.size, max: en.size}
				d.emit(s.view, m.from, m.to, d.quantity(d.size, n, en.name, "size"))
			}
		}
		for _, n := range m.sizes {
			en := d.variant(m.things[0], s.slice(n.from, n.to), n.min)
			d.emit(s.view, m.from, m.to, d.quantity(d.size, n, en.name, "size list"))
		}
	}
}

func (d *doc) quantity(a int, n number, model, rule string) Fact {
	v := Number(n.min)
	if n.max > n.min {
		v = Range(n.min, n.max)
	}
	unit := d.attrs[a].Unit
	if n.unit != "" {
		unit = n.unit
	}
	return Fact{Model: model, Attribute: d.attrs[a].name, Value: v, Unit: canonical(unit), Rule: rule}
}

// canonical is the unit as facts give it: hours of data are hours.
func canonical(unit string) string {
	_, rest, ok := strings.Cut(unit, "data_")
	if ok {
		return rest
	}
	return unit
}

func (d *doc) quantities(s *sentence) {
	numbers := s.numbers(s.from, s.to)
	lists := sizeLists(s, numbers)
	for i := range numbers {
		n := &numbers[i]
		if s.inMention(n.from) || n.percent {
			continue
		}
		a, end, ok := d.attributeOf(s, n, lists[i])
		if !ok {
			continue
		}
		if !d.attrs[a].holds(*n) {
			continue
		}
		things := d.about(s, n.from, end)
		if len(things) == 0 || s.ofCrowd(n.from) {
			continue
		}
		f := d.quantity(a, *n, "", "quantity")
		f.Hedge, f.Negated = s.hedged(n.from), s.denied(n.from)
		if lists[i] && a == d.size && n.max == n.min {
			en := d.variant(things[0], compact(s.slice(n.from, n.to)), n.min)
			things = []*entity{en}
		}
		d.state(s, n.from, end, things, f)
	}
}

func compact(w string) string { return strings.ReplaceAll(w, " ", "") }

func (s *sentence) inMention(i int) bool {
	for _, m := range s.mentions {
		if m.from <= i && i < m.to {
			return true
		}
	}
	return false
}

// sizeLists marks the numbers of a list of at least two bare sizes.
func sizeLists(s *sentence, numbers []number) []bool {
	out := make([]bool, len(numbers))
	for i := 1; i < len(numbers); i++ {
		a, b := numbers[i-1], numbers[i]
		if bare(a) && bare(b) && (s.joined(a.to, b.from) || a.to == b.from) && a.min != b.min {
			out[i-1], out[i] = true, true
		}
	}
	return out
}

func bare(n number) bool {
	return n.scaled && (n.letter == 'B' || n.letter == 'M' || n.letter == 'b') && n.min == n.max
}

// attributeOf decides what a number counts, by its unit, then by the phrases of
// its clause, and returns the end of the number with its unit. The number is
// brought to the canonical unit.
func (d *doc) attributeOf(s *sentence, n *number, list bool) (attr, end int, ok bool) {
	unit, times, end := s.unitAfter(n.to)
	if n.glued != "" {
		unit, times, end = n.glued, n.times, n.to
	}
	if n.money && unit == "" {
		unit, times, end = "USD", 1, n.to
	}
	from, to := s.clause(n.from)
	from, to = max(from, n.from-14), min(to, end+10)
	if s.near(ignored, -1, n.to, min(to, n.to+4)) || s.near(ignored, -1, max(from, n.from-4), n.from) {
		return 0, 0, false
	}
	best, score := -1, 0
	for _, i := range d.Engine.counted {
		a := d.attrs[i]
		fit := 0
		lo, hi := from, to
		if d.rival[i] {
			lo, hi = s.local(n.from, end)
		}
		cued := s.near(near, i, lo, hi) || s.near(label, i, lo, n.from)
		switch {
		case a.measures(unit) && cued:
			fit = 4
		case a.measures(unit) && a.Default:
			fit = 3
		case unit == "" && cued && n.scaled && a.Bare, unit == "" && s.labelled(i, from, n.from) && n.min >= a.Range.Min && !s.countsWord(n.to):
			fit = 2
		case unit == "" && n.scaled && s.near(counts, i, n.to, min(n.to+4, s.to)) && cued:
			fit = 3
		case unit == "" && !n.scaled && a.Order > 0 && d.rival[i] && (s.cueBefore(i, n.from) || s.cueAfter(i, n.to)) && s.counted(d.attrs[i].Unit) && !s.has(n.to, unitWord):
			fit = 2
		case unit == "" && a.Bare && i == d.size && n.scaled && (list || s.qualifiesNoun(n.to)):
			fit = 1
		}
		if fit > 0 && (d.rival[i] && s.near(notAttr, i, lo, hi) || !d.rival[i] && s.near(notAttr, i, max(from, n.from-6), min(to, end+6))) {
			fit = 0
		}
		if fit*2-a.Order > score*2 && fit > 0 {
			best, score = i, fit
		}
	}
	if best < 0 {
		return 0, 0, false
	}
	n.min, n.max = n.min*times, n.max*times
	if unit != "" && d.attrs[best].measures(unit) {
		n.unit = unit
	}
	return best, max(end, n.to), true
}

// labelled reports whether a label of the attribute ends a few tokens before a
// number at i, or in a list of numbers before it.
func (s *sentence) labelled(attr, from, i int) bool {
	for _, h := range s.hits {
		if h.class == label && h.attr == attr && h.from >= from && h.to <= i && (i-h.to <= 9 || s.tokens[h.from].Kind == phrase.Han) {
			return true
		}
	}
	return false
}

// countsWord reports whether an ordinary word follows, which the number counts.
func (s *sentence) countsWord(i int) bool {
	if i >= s.to || s.tokens[i].Kind != phrase.Word || s.tokens[i].Gap != phrase.Space {
		return false
	}
	w := s.word(i)
	return !capital(w) && len(w) > 3 && !s.has(i, noun, variant)
}

// unitAfter returns the unit of a number that ends at i: the words right after
// it, or after up to four words that qualify them.
func (s *sentence) unitAfter(i int) (unit string, times float64, end int) {
	for k := i; k < s.to && k <= i+5; k++ {
		best := hit{}
		for _, h := range s.hitsAt(k) {
			if h.class == unitWord && h.to >= best.to {
				best = h
			}
		}
		if best.to > 0 {
			return best.value, best.times, best.to
		}
		w := s.word(k)
		if strings.Contains(",，;；.。()（）:：、+&", w) || s.has(k, noun, is, like) || s.inMention(k) {
			break
		}
		if c := w[0]; c >= '0' && c <= '9' || w == "of" || w == "on" || w == "with" || w == "and" || w == "to" || w == "in" || w == "per" || w == "each" {
			break
		}
	}
	return "", 1, i
}

// qualifiesNoun reports whether a word for the pack's things follows within a few words.
func (s *sentence) qualifiesNoun(i int) bool {
	for k := i; k < s.to && k < i+6; k++ {
		if s.has(k, noun) {
			return true
		}
		if strings.Contains(",，;；.。()（）:：、", s.word(k)) {
			return false
		}
	}
	return false
}

// local returns the tokens around a number up to the next "and", "with", mark or number.
func (s *sentence) local(from, to int) (lo, hi int) {
	for lo = from; lo > s.from && from-lo < 7 && !s.parts(lo-1); lo-- {
	}
	for hi = to; hi < s.to && hi-to < 7 && !s.parts(hi); hi++ {
	}
	return lo, hi
}

func (s *sentence) parts(i int) bool {
	switch s.fold(i) {
	case "and", "with", "while", "but", "、", "(", "（", "和":
		return true
	}
	return s.stops(i) || s.tokens[i].Kind == phrase.Number
}

// cueBefore reports whether a phrase for the attribute ends right before token i.
func (s *sentence) cueBefore(attr, i int) bool {
	for _, h := range s.hits {
		if h.class == near && h.attr == attr && (h.to == i || h.to == i-1 && s.tokens[i].Kind == phrase.Number && s.word(i-1) == "top") {
			return true
		}
	}
	return false
}

// cueAfter reports whether a phrase for the attribute follows right after: "of
// which 6 are active".
func (s *sentence) cueAfter(attr, i int) bool {
	if s.has(i, is) {
		i++
	}
	for _, h := range s.hitsAt(i) {
		if h.class == near && h.attr == attr {
			return true
		}
	}
	return false
}

// counted reports whether the sentence has a word for the unit.
func (s *sentence) counted(unit string) bool {
	for _, h := range s.hits {
		if h.class == unitWord && h.value == unit {
			return true
		}
	}
	return false
}

// ofCrowd reports whether the number before token i is said of a set without
// names: "several models with 7B parameters".
func (s *sentence) ofCrowd(i int) bool {
	for k := max(s.from, i-4); k < i; k++ {
		if s.has(k, crowd) && s.near(noun, -1, k, i) && s.near(relation, -1, s.from, k) {
			return true
		}
	}
	return false
}
