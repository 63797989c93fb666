package annotate

import (
	"strings"

	"github.com/clipmend/clipmend/annotate/phrase"
)

// objects marks what is compared with or built from: it takes no facts.
func (d *doc) objects(s *sentence) {
	for _, h := range s.hits {
		far := 2
		switch h.class {
		case relation, after:
			far = 12
		case than:
		default:
			continue
		}
		for i := range s.mentions {
			if m := &s.mentions[i]; m.from >= h.to {
				if m.from-h.to <= far && s.sameList(h.to, m.from) {
					s.listFrom(i)
				}
				break
			}
		}
	}
	for i := range s.mentions {
		m := &s.mentions[i]
		m.object = m.object || m.from > s.from && s.fold(m.from-1) == "from" || s.weFollows(m.to) || s.oblique(i) || s.likened(*m)
	}
}

// likened reports whether a mention is what something is as: 和 Foo 一样, 与 Foo 相比.
func (s *sentence) likened(m mention) bool {
	switch s.word(m.from - 1) {
	case "和", "与", "同", "像", "跟":
	default:
		return false
	}
	switch s.word(m.to) + s.word(m.to+1) {
	case "一样", "相同", "类似", "相比", "对比", "一致", "相仿", "相当", "持平":
		return true
	}
	return false
}

// oblique reports whether mention i is only a means: "Foo-7B, trained using
// Bar, is open" says nothing of Bar.
func (s *sentence) oblique(i int) bool {
	m := s.mentions[i]
	if i == 0 || s.mentions[0].object {
		return false
	}
	switch s.fold(m.from - 1) {
	case "using", "via", "by", "unlike", "alongside":
		return true
	}
	return false
}

// listFrom marks mention i and those listed after it as objects.
func (s *sentence) listFrom(i int) {
	s.mentions[i].object = true
	for i+1 < len(s.mentions) && s.joined(s.mentions[i].to, s.mentions[i+1].from) {
		i++
		s.mentions[i].object = true
	}
}

// weFollows reports whether ", we" follows: what stood before opens the
// sentence and is not its subject.
func (s *sentence) weFollows(i int) bool {
	return i+1 < s.to && s.word(i) == "," && s.fold(i+1) == "we"
}

// sameList reports whether [from, to) holds no new clause.
func (s *sentence) sameList(from, to int) bool {
	for i := from; i < to; i++ {
		if s.has(i, break_) || s.word(i) == ";" || s.word(i) == "；" || s.word(i) == "，" || s.word(i) == "." {
			return false
		}
	}
	return true
}

// group returns the things of a mention and of those listed with it.
func (d *doc) group(s *sentence, m mention) []*entity {
	at := -1
	for i := range s.mentions {
		if s.mentions[i].from == m.from {
			at = i
		}
	}
	if at < 0 {
		return m.things
	}
	lo, hi := at, at
	comma := func(i int) bool {
		return i > 0 && s.word(s.mentions[i-1].to) == "," && s.mentions[i].from-s.mentions[i-1].to == 1
	}
	list := func(i int) bool {
		return i > 0 && i < len(s.mentions) && s.joined(s.mentions[i-1].to, s.mentions[i].from)
	}
	for list(lo) && !(comma(lo) && list(lo-1) && !comma(lo-1)) {
		lo--
	}
	for list(hi+1) && !(comma(hi+1) && hi > lo && !comma(hi)) {
		hi++
	}
	all := hi > lo
	for i := lo + 1; i <= hi; i++ {
		all = all && comma(i)
	}
	if all {
		lo, hi = at, at
	}
	var out []*entity
	for _, m := range s.mentions[lo : hi+1] {
		out = append(out, m.things...)
	}
	return out
}

// listed returns the things of mention i and of those listed after it. A list
// of commas alone is no list: "compared with Foo, Bar is larger".
func (s *sentence) listed(i int) []*entity {
	things, and, last := s.mentions[i].things, false, i
	all := append([]*entity{}, things...)
	for last+1 < len(s.mentions) && s.joined(s.mentions[last].to, s.mentions[last+1].from) {
		and = and || s.mentions[last+1].from-s.mentions[last].to != 1 || s.word(s.mentions[last].to) != ","
		last++
		all = append(all, s.mentions[last].things...)
	}
	end := s.mentions[last].to
	if w := s.fold(end); and || isAnd(w) && (w != "," || s.fold(end+1) == "and") || w == "等" {
		return all
	}
	return things
}

// joined reports whether [from, to) only lists: "Foo (7B), Bar and the model Baz".
func (s *sentence) joined(from, to int) bool {
	if to <= from || to-from > 12 {
		return false
	}
	and := false
	for i := from; i < to; i++ {
		switch w := s.word(i); {
		case isAnd(w), w == "，" && to-from == 1:
			and = true
		case w == "(" || w == "（":
			for i++; i < to && s.word(i) != ")" && s.word(i) != "）"; i++ {
			}
			if i >= to {
				return false
			}
		case w == "the", s.has(i, noun, variant, group):
		case s.tokens[i].Kind == phrase.Han && s.has(i, role):
			for _, h := range s.hitsAt(i) {
				if h.class == role {
					i = max(i, h.to-1)
				}
			}
		default:
			return false
		}
	}
	return and
}

// about returns what a value in tokens [from, to) is said of.
func (d *doc) about(s *sentence, from, to int) []*entity {
	var before, following *mention
	for i := range s.mentions {
		m := &s.mentions[i]
		switch {
		case m.to <= from:
			switch {
			case s.apposition(m.to, from):
				before = m
			case m.object:
			case before == nil || before.object:
				before = m
			case s.clauseBetween(before.to, m.from), s.newClause(*m):
				before = m
			}
		case m.from >= to && following == nil:
			following = m
		}
	}
	if following != nil && (d.qualifies(s, to, following.from) || s.fold(to) == "for" && following.from-to <= 2) {
		return d.group(s, *following)
	}
	if before != nil {
		return d.group(s, *before)
	}
	if following != nil && !following.object && !s.startsBack() {
		return d.group(s, *following)
	}
	return d.context()
}

// newClause reports whether a mention is the subject of a clause that "and" joins.
func (s *sentence) newClause(m mention) bool {
	switch s.fold(m.from - 1) {
	case "and", "but", "while":
		return s.has(m.to, is, act, verb) || s.fold(m.to) == "has"
	}
	return false
}

// clauseBetween reports whether a clause ends in [from, to).
func (s *sentence) clauseBetween(from, to int) bool {
	for i := from; i < to; i++ {
		if s.stops(i) {
			return true
		}
	}
	return false
}

// startsBack reports whether the sentence begins with a word that refers back.
func (s *sentence) startsBack() bool {
	if s.from < s.to && (s.has(s.from, pronoun) || s.fold(s.from) == "this" || s.fold(s.from) == "these" || s.word(s.from) == "该" || s.word(s.from) == "这") {
		return true
	}
	return s.from+1 < s.to && s.fold(s.from) == "the" && s.has(s.from+1, noun)
}

// apposition reports whether ", a" or "(" follows directly on a mention and
// nothing ends it before to.
func (s *sentence) apposition(end, to int) bool {
	w := s.word(end)
	if w == "(" || w == "（" {
		for i := end; i < to; i++ {
			if s.word(i) == ")" || s.word(i) == "）" {
				return false
			}
		}
		return true
	}
	if w != "," || !s.has(end+1, article) && s.fold(end+1) != "which" {
		return s.fold(end) == "with" && to-end < 8
	}
	for i := end + 1; i < to; i++ {
		if s.word(i) == "," {
			return false
		}
	}
	return true
}

// qualifies reports whether a value ending at to stands in front of the noun of
// the name at from: "the open-source model Foo", "MoE models like Foo".
func (d *doc) qualifies(s *sentence, to, from int) bool {
	if from-to > 12 {
		return false
	}
	seen := false
	for i := to - 1; i < from; i++ {
		w := s.word(i)
		if strings.Contains(",，.;；:：()", w) && i >= to {
			return false
		}
		if s.has(i, is, than, relation, break_) && i >= to {
			return false
		}
		seen = seen || s.has(i, noun)
	}
	last := s.has(from-1, noun, like, group) || from >= 2 && s.has(from-2, like)
	for _, h := range s.hits {
		last = last || h.to == from && (h.class == noun || h.class == like)
	}
	return seen && last
}
