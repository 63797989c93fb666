package annotate

import (
	"cmp"
	"strings"

	"github.com/clipmend/clipmend/annotate/packs"
	"github.com/clipmend/clipmend/annotate/phrase"
)

// score reads a cell that holds one result: "78.5", "78.5%", "78.5 (5-shot)".
func score(v *view) (float64, bool) {
	if len(v.tokens) == 0 || v.tokens[0].Kind != phrase.Number {
		return 0, false
	}
	n, ok := v.numberAt(0)
	if !ok || n.scaled || n.min > 5000 {
		return 0, false
	}
	if n.to < len(v.tokens) {
		switch v.word(n.to) {
		case "(", "±", "*", "^", "†":
		default:
			return 0, false
		}
	}
	return n.min, true
}

// cell states what a cell says of the things.
func (d *doc) cell(v *view, c column, things []*entity) {
	for _, a := range c.also {
		d.shared(v, a, things)
	}
	if c.attr < 0 || len(v.tokens) == 0 || len(things) == 0 {
		return
	}
	a := d.attrs[c.attr]
	f := Fact{Attribute: a.name, Rule: "table", Qualifier: cmp.Or(v.said(qualifier, c.attr), c.qualifier)}
	say := func(from, to int, f Fact) {
		for _, en := range things {
			f.Model = en.name
			d.emit(v, from, to, f)
		}
	}
	end := len(v.tokens)
	switch a.Type {
	case packs.Score:
		if n, ok := score(v); ok && c.test != "" {
			f.Benchmark, f.Value = c.test, Number(n)
			f.Metric = cmp.Or(v.said(metric, c.attr), c.metric)
			f.Setting = cmp.Or(v.said(setting, c.attr), c.setting)
			say(0, end, f)
		}
	case packs.Quantity:
		d.quantityCell(v, c, f, say)
	case packs.Date:
		for i := range v.tokens {
			if dt, ok := v.dateAt(i); ok && v.tokens[i].Kind <= phrase.Number {
				f.Value = Text(dt.iso)
				say(i, dt.to, f)
				return
			}
		}
	case packs.Entity:
		if ms := d.mentions(v, 0, end); len(ms) > 0 {
			f.Value = Text(ms[0].things[0].name)
			say(ms[0].from, ms[0].to, f)
		}
	case packs.Term:
		d.termCell(v, c, f, say)
	case packs.Name:
		d.nameCell(v, c, f, say)
	}
}

// shared states what a cell says for an attribute that is not the first of its
// head's: "16 A100 GPUs" under "Hardware" is a number of devices too.
func (d *doc) shared(v *view, a int, things []*entity) {
	if d.attrs[a].Type != packs.Quantity {
		d.cell(v, column{attr: a, times: 1}, things)
		return
	}
	s := &sentence{view: v, to: len(v.tokens), hits: v.hits}
	for _, n := range s.numbers(0, s.to) {
		unit, times, end := s.unitAfter(n.to)
		n.min, n.max = n.min*times, n.max*times
		if r := d.attrs[a].Range; unit != d.attrs[a].Unit || n.percent || r.Max > 0 && (n.min < r.Min || n.max > r.Max) {
			continue
		}
		for _, en := range things {
			d.emit(v, n.from, end, d.quantity(a, n, en.name, "table"))
		}
		return
	}
}

func (d *doc) quantityCell(v *view, c column, f Fact, say func(int, int, Fact)) {
	for _, n := range v.numbers(0, len(v.tokens)) {
		a := c.attr
		for k := range d.attrs { // "17B (Activated)"
			for i := n.to; i < min(n.to+3, len(v.tokens)); i++ {
				if _, ok := v.numberAt(i); ok {
					break
				}
				for _, h := range v.hitsAt(i) {
					if h.class == near && h.attr == k && d.attrs[k].Unit == d.attrs[c.attr].Unit && k != c.attr && v.has(i, notAttr) {
						a = k
					}
				}
			}
		}
		times := c.times
		if n.scaled {
			times = 1
		}
		unit, factor := n.glued, n.times
		if unit == "" {
			unit, factor = v.unitAt(n.to)
		}
		if d.attrs[a].measures(unit) {
			n.unit, times = unit, times*factor
		} else if n.glued != "" {
			continue
		}
		n.min, n.max = n.min*times, n.max*times
		if n.percent || !d.attrs[a].holds(n) {
			continue
		}
		g := d.quantity(a, n, "", "table")
		g.Qualifier = cmp.Or(v.said(qualifier, a), c.qualifier)
		if n.from > 0 && v.has(n.from-1, hedge) {
			g.Hedge = strings.Clone(v.word(n.from - 1))
		}
		say(n.from, n.to, g)
		if len(v.tokens) < 4 {
			return
		}
	}
}

// unitAt returns the unit whose words begin at token i, and what one of it is.
func (v *view) unitAt(i int) (string, float64) {
	best := hit{}
	for _, h := range v.hitsAt(i) {
		if h.class == unitWord && h.to > best.to {
			best = h
		}
	}
	if best.to == 0 {
		return "", 1
	}
	return best.value, best.times
}

func (d *doc) termCell(v *view, c column, f Fact, say func(int, int, Fact)) {
	end := len(v.tokens)
	if c.mark != "" {
		switch w := v.word(0); w {
		case "✓", "✔", "✅", "☑", "yes", "Yes", "是", "√":
			f.Value = Text(c.mark)
			say(0, end, f)
		case "✗", "✘", "❌", "❎", "×", "no", "No", "否":
			f.Value, f.Negated = Text(c.mark), true
			say(0, end, f)
		}
		return
	}
	for i, h := range v.hits {
		if (h.class == term || h.class == word) && h.attr == c.attr && !within(v.hits, i) {
			f.Value = Text(h.value)
			say(h.from, h.to, f)
		}
	}
}

// within reports whether a longer hit of the same attribute holds hit i.
func within(hits []hit, i int) bool {
	for k := max(0, i-8); k < min(len(hits), i+8); k++ {
		o, h := hits[k], hits[i]
		if o.attr == h.attr && (o.class == term || o.class == word) && o.from <= h.from && o.to >= h.to && o.to-o.from > h.to-h.from {
			return true
		}
	}
	return false
}

// nameCell takes a listed name, else the whole text if the attribute is open.
func (d *doc) nameCell(v *view, c column, f Fact, say func(int, int, Fact)) {
	listed := false
	for i, h := range v.hits {
		if (h.class == term || h.class == word) && h.attr == c.attr && !within(v.hits, i) {
			f.Value = Text(h.value)
			say(h.from, h.to, f)
			listed = true
		}
	}
	if listed {
		return
	}
	if d.attrs[c.attr].Open && v.proper(0, len(v.tokens)) {
		f.Value = Text(strings.TrimSpace(string(v.text)))
		say(0, len(v.tokens), f)
	}
}

// proper reports whether tokens [from, to) read like a proper name, not like a
// description: they begin with a capital and go on with few small words.
func (v *view) proper(from, to int) bool {
	if from >= to || to-from > 8 || v.isOrdinary(from) || !capital(v.word(from)) && v.tokens[from].Kind != phrase.Han {
		return false
	}
	small := 0
	for i := from; i < to; i++ {
		if w := v.word(i); v.tokens[i].Kind == phrase.Word && !capital(w) && !inner(w) {
			small++
		}
	}
	return small*3 <= to-from
}
