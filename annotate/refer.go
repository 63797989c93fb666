package annotate

import (
	"strings"

	"github.com/clipmend/clipmend/annotate/phrase"
)

// references adds the words that refer back to the mentions of a sentence.
func (d *doc) references(v *view, s *sentence) {
	var out []mention
	k := 0
	for i := s.from; i < s.to; i++ {
		for k < len(s.mentions) && s.mentions[k].to <= i {
			k++
		}
		if k < len(s.mentions) && s.mentions[k].from <= i {
			continue
		}
		if m, ok := d.reference(v, s, i); ok {
			out = append(out, m)
			i = m.to - 1
		}
	}
	s.mentions = mergeMentions(s.mentions, out)
}

// reference reads "the 67B model", "the 3B and 8B models", "The V2 version"
// and "the base model" at token i.
func (d *doc) reference(v *view, s *sentence, i int) (mention, bool) {
	t := v.tokens[i]
	if t.Kind == phrase.Number {
		if i > s.from && (s.has(i-1, article) || s.inName(i)) {
			return mention{}, false
		}
		return d.sizesReferred(v, s, i, i, false)
	}
	if t.Kind != phrase.Word || t.End-t.Start < 3 || t.End-t.Start > 5 {
		return mention{}, false
	}
	switch v.fold(i) {
	case "the", "our", "this", "these", "both", "all":
	default:
		return mention{}, false
	}
	j := i + 1
	for j < s.to && (v.fold(j) == "the" || v.fold(j) == "our") {
		j++
	}
	if j >= s.to {
		return mention{}, false
	}
	if m, ok := d.sizesReferred(v, s, i, j, true); ok {
		return m, true
	}
	if j+1 >= s.to || !v.has(j+1, variantClass...) || v.tokens[j].Kind != phrase.Word {
		return mention{}, false
	}
	context := d.contextAt(s, i)
	if len(context) == 0 {
		return mention{}, false
	}
	if v.isVersion(j) && v.has(j+1, variant) {
		return mention{from: i, to: j + 2, things: []*entity{d.variant(context[0], v.word(j), 0)}}, true
	}
	if v.has(j, role) {
		if en := d.relative(s, i, v.word(j)); en != nil {
			return mention{from: i, to: j + 2, things: []*entity{en}, brief: true}, true
		}
	}
	return mention{}, false
}

// sizesReferred reads sizes from token j on and the noun after them. Without an
// article there must be several, or the noun; with one, a size that is known
// from elsewhere may stand alone.
func (d *doc) sizesReferred(v *view, s *sentence, i, j int, article bool) (mention, bool) {
	if _, ok := v.isSize(j); !ok {
		return mention{}, false
	}
	var parts []int
	k := j
	for k < s.to {
		if _, ok := v.isSize(k); !ok {
			break
		}
		parts = append(parts, k)
		k++
		n := k
		for n < s.to && isAnd(v.word(n)) {
			n++
		}
		if n == k || n >= s.to {
			break
		}
		if _, ok := v.isSize(n); !ok {
			break
		}
		k = n
	}
	noun := k
	if noun < s.to && (v.has(noun, unitWord) || v.fold(noun) == "sized") && v.has(noun+1, variantClass...) {
		noun++
	}
	named := noun < s.to && v.has(noun, variantClass...)
	en := d.sizedFamily(s, i, v, parts[0])
	switch {
	case en == nil:
		return mention{}, false
	case named && (article || len(parts) > 1 || i == s.from):
		k = noun + 1
	case article && len(parts) == 1 && d.byKey[en.family+key(v.word(parts[0]))] != nil && !d.countsAfter(v, k) && !named && s.standsAlone(k):
	default:
		return mention{}, false
	}
	m := mention{from: i, to: k, refers: true}
	for _, p := range parts {
		num, _ := v.numberAt(p)
		m.things = append(m.things, d.variant(en, v.word(p), num.min))
	}
	return m, true
}

// standsAlone reports whether nothing that a size could belong to begins at token i.
func (s *sentence) standsAlone(i int) bool {
	if i >= s.to || s.tokens[i].Kind != phrase.Word || s.has(i, is, break_) {
		return true
	}
	switch s.fold(i) {
	case "and", "or", "has", "on", "for", "with", "in", "uses", "at", "by":
		return true
	}
	return false
}

// sizedFamily returns the thing whose variants the size at token p tells
// apart: the nearest that has one of that size, else what the text speaks of.
func (d *doc) sizedFamily(s *sentence, at int, v *view, p int) *entity {
	part := key(v.word(p))
	near := d.contextAt(s, at)
	for _, list := range [][]*entity{near, d.subject, {d.main}} {
		for _, en := range list {
			if en != nil && d.byKey[en.family+part] != nil {
				return en
			}
		}
	}
	if len(near) == 0 {
		return nil
	}
	return near[0]
}

// relative returns the named thing of the same family in the role: "the base
// model" beside Foo-7B is Foo-7B-Base.
func (d *doc) relative(s *sentence, at int, role string) *entity {
	for _, list := range [][]*entity{d.contextAt(s, at), d.subject, {d.main}} {
		for _, en := range list {
			if en == nil {
				continue
			}
			for _, stem := range []string{en.key, en.family} {
				if found := d.byKey[stem+key(role)]; found != nil && found != en && stem != "" {
					return found
				}
			}
			if found := d.onlyRelative(en, key(role)); found != nil {
				return found
			}
		}
	}
	return nil
}

// onlyRelative returns the thing with the role at its end whose name begins as
// that of en does, if there is just one.
func (d *doc) onlyRelative(en *entity, role string) *entity {
	if len(d.byKey) > maxKin {
		return nil
	}
	var found *entity
	for k, o := range d.byKey {
		if o != en && strings.HasSuffix(k, role) && firstWord(o.name) == firstWord(en.name) {
			if found != nil {
				return nil
			}
			found = o
		}
	}
	return found
}

// contextAt is what the text speaks of right before token i of the sentence.
func (d *doc) contextAt(s *sentence, i int) []*entity {
	context := d.context()
	for _, m := range s.mentions {
		if m.to <= i && !m.object {
			context = m.things
		}
	}
	return context
}

var variantClass = []class{noun, variant}

// context returns what the text speaks of where a clause does not say it.
func (d *doc) context() []*entity {
	switch {
	case len(d.previous) > 0:
		return d.previous
	case d.tool:
		return nil
	case len(d.subject) > 0:
		return d.subject
	case d.main != nil:
		return []*entity{d.main}
	}
	return nil
}
