package annotate

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/clipmend/clipmend/annotate/packs"
	"github.com/clipmend/clipmend/annotate/phrase"
	"github.com/clipmend/clipmend/normalize/markdown"
)

// Options say how to read; the zero value reads with the default pack.
type Options struct {
	Pack *packs.Pack // nil for packs.Default()
}

var defaultEngine = sync.OnceValue(func() *Engine { return NewEngine(nil) })

// Annotate returns the facts that a note states, ordered by evidence, then
// attribute. The body is Markdown; a block of properties at its start states
// nothing. For many notes with a pack of their own, keep an Engine instead.
func Annotate(body []byte, o Options) []Fact {
	if o.Pack == nil {
		return defaultEngine().Annotate(body)
	}
	return NewEngine(o.Pack).Annotate(body)
}

// Annotate returns the facts that a note states. It keeps nothing of body.
func (e *Engine) Annotate(body []byte) []Fact {
	d := &doc{Engine: e, body: body, byKey: map[string]*entity{}, alias: map[string]*entity{}, count: map[string]int{}, sized: map[string]bool{}}
	lines := e.lines(body)
	if !e.inField(lines) {
		return []Fact{}
	}
	d.hanNames(lines)
	d.learn(lines)
	d.main = d.mainEntity(lines)
	d.tool = d.aboutTool(lines)
	for _, l := range lines {
		if d.tool {
			d.previous, d.subject = nil, nil
		}
		d.read(l)
	}
	return d.sorted()
}

// A text of some length is of the field if it has two signs of that, since one
// may be chance ("the token of her love"); a short one has no room for two, and
// in a long one they come again and again: a page that mentions the field once
// in a while is about something else.
const (
	fieldSigns = 2
	fieldEvery = 200 // tokens for each sign, at most
	shortText  = 100 // tokens
)

// inField reports whether a text is of the pack's domain at all. A name and a
// number stand in any text; what they mean is known only within the field. Its
// signs are the different phrases of the field, and sizes, which count as one.
func (e *Engine) inField(lines []*line) bool {
	if len(e.pack.Entity.Field) == 0 {
		return true
	}
	tokens, all := 0, 0
	signs := map[string]bool{}
	each(lines, func(_ *line, v *view) {
		tokens += len(v.tokens)
		for _, h := range v.hits {
			if h.class == field {
				all++
				if len(signs) < fieldSigns {
					signs[v.fold(h.from)] = true
				}
			}
		}
		for i := range v.tokens {
			if _, ok := v.isSize(i); ok {
				all++
				signs["size"] = true
				break
			}
		}
	})
	if tokens < shortText {
		return all > 0
	}
	return len(signs) >= fieldSigns && all*fieldEvery >= tokens
}

// opening is how many tokens say what a document is about.
const opening = 60

// aboutTool reports whether the opening says that the document is about
// software or data for the pack's things, whose features are not theirs.
func (d *doc) aboutTool(lines []*line) bool {
	seen := 0
	for _, l := range lines {
		if l.view == nil {
			continue
		}
		for _, h := range l.hits {
			if h.class == tool && seen+h.from < opening && l.predicated(h) {
				return true
			}
		}
		if seen += len(l.tokens); seen > opening {
			return false
		}
	}
	return false
}

// predicated reports whether a phrase says what something is, as in "is a fast
// library" and "Foo, a library", and is not only named: "use it with the library".
func (v *view) predicated(h hit) bool {
	if h.to-h.from > 1 {
		return true
	}
	for k := h.from - 1; k >= 0 && k >= h.from-5; k-- {
		if v.has(k, article) {
			return k == 0 || v.has(k-1, is) || v.tokens[k-1].Kind == phrase.Mark
		}
	}
	return h.from == 0 || v.tokens[h.from].Kind == phrase.Han
}

// mainEntity returns the thing that most of the document is about: the one of
// the title, else the one that is named most.
func (d *doc) mainEntity(lines []*line) *entity {
	counts := map[*entity]int{}
	var order []*entity
	each(lines, func(l *line, v *view) {
		for _, m := range d.mentions(v, 0, len(v.tokens)) {
			for _, en := range m.things {
				if counts[en] == 0 {
					order = append(order, en)
				}
				counts[en]++
				if l.kind == markdown.Heading && l.level == 1 {
					counts[en] += 3
				}
			}
		}
	})
	var best *entity
	most := 0
	for _, en := range order {
		if n := withVariants(en, order, counts); n > most {
			best, most = en, n
		}
	}
	return best
}

// maxKin bounds the things among which variants are looked for.
const maxKin = 500

// withVariants counts a family with its variants, if several are named: a text
// about Foo-7B and Foo-13B is about Foo, though each is named but once.
func withVariants(en *entity, all []*entity, counts map[*entity]int) int {
	if len(all) > maxKin {
		return counts[en]
	}
	kin, sum := 0, counts[en]
	for _, o := range all {
		if o != en && strings.HasPrefix(o.key, en.key) {
			kin++
			sum += counts[o]
		}
	}
	if kin < 2 {
		return counts[en]
	}
	return sum
}

func (d *doc) read(l *line) {
	switch l.kind {
	case markdown.Table:
		d.readTable(l.table)
		return
	case markdown.Heading:
		d.keys = d.keyHeading(l)
		if ms := d.mentions(l.view, 0, len(l.tokens)); len(ms) > 0 {
			d.subject = ms[0].things
			d.previous = d.subject
		} else if l.level <= 2 {
			d.previous = d.subject
		}
	}
	if d.dateline(l) {
		return
	}
	d.underKey(l)
	d.prose(l.view, l.kind)
	d.introduced(l)
}

// introduced takes what a line that ends in a colon speaks of for the subject
// of what follows: "The architecture of Foo-7B is as follows:".
func (d *doc) introduced(l *line) {
	if n := len(l.tokens); n < 3 || l.word(n-1) != ":" && l.word(n-1) != "：" {
		return
	}
	from := 0
	for i := 0; i+1 < len(l.tokens); i++ {
		if end := l.sentenceEnd(i); end < len(l.tokens) {
			from, i = end, end-1
		} else {
			break
		}
	}
	s := &sentence{view: l.view, from: from, to: len(l.tokens), hits: l.hits[l.first[from]:]}
	if s.mentions = d.mentions(l.view, from, s.to); len(s.mentions) == 1 {
		if d.objects(s); !s.mentions[0].object {
			d.previous = s.mentions[0].things
		}
	}
}

// around is how much text goes with the quote on each side.
const around = 32

// emit adds a fact with its evidence, the view's tokens [from, to).
func (d *doc) emit(v *view, from, to int, f Fact) {
	if from >= to || to > len(v.tokens) || f.Model == "" {
		return
	}
	s := v.span(v.tokens[from].Start, v.tokens[to-1].End)
	s.Start = max(0, min(s.Start, len(d.body)))
	s.End = max(s.Start, min(s.End, len(d.body)))
	if f.Confidence == 0 {
		f.Confidence = confidence[f.Rule]
	}
	before, after := back(d.body, s.Start-around, s.Start), back(d.body, s.End+around, len(d.body))
	text := string(d.body[before:after])
	f.Evidence = Evidence{
		Span: s, Quote: text[s.Start-before : s.End-before], Prefix: text[:s.Start-before], Suffix: text[s.End-before:],
	}
	if n := len(d.facts); n == 0 || len(d.facts[n-1]) == cap(d.facts[n-1]) {
		d.facts = append(d.facts, make([]Fact, 0, 16<<min(n, 5)))
	}
	last := &d.facts[len(d.facts)-1]
	*last = append(*last, f)
}

// back returns the nearest boundary of a character at or before i, within bounds.
func back(b []byte, i, most int) int {
	i = max(0, min(i, most))
	for i > 0 && i < len(b) && !utf8.RuneStart(b[i]) {
		i--
	}
	return i
}

// sorted returns the facts in order, each once.
func (d *doc) sorted() []Fact {
	// What is sorted is small, since facts are large.
	var order []place
	for _, piece := range d.facts {
		order = slices.Grow(order, len(piece))
		for i := range piece {
			f := &piece[i]
			order = append(order, place{f.Evidence.Span.Start, f.Evidence.Span.End, len(order), f})
		}
	}
	slices.SortFunc(order, func(a, b place) int {
		if c := cmp.Or(a.start-b.start, a.end-b.end); c != 0 {
			return c
		}
		return cmp.Or(compare(a.fact, b.fact), a.at-b.at)
	})
	out := make([]Fact, 0, len(order))
	for i, p := range order {
		if i == 0 || !same(p.fact, &out[len(out)-1]) {
			out = append(out, *p.fact)
		}
	}
	return out
}

// A place is where a fact stands in the text and in what was found.
type place struct {
	start, end, at int
	fact           *Fact
}

func compare(a, b *Fact) int {
	return cmp.Or(
		cmp.Compare(a.Attribute, b.Attribute), cmp.Compare(a.Model, b.Model), cmp.Compare(a.Value.String(), b.Value.String()),
		cmp.Compare(a.Relation, b.Relation), cmp.Compare(a.Other, b.Other), cmp.Compare(a.Benchmark, b.Benchmark))
}

func same(a, b *Fact) bool {
	return a.Evidence.Span == b.Evidence.Span && a.Model == b.Model && a.Attribute == b.Attribute && a.Value == b.Value &&
		a.Relation == b.Relation && a.Other == b.Other && a.Benchmark == b.Benchmark && a.Negated == b.Negated
}
