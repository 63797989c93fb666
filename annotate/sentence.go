package annotate

import (
	"bytes"
	"strings"

	"github.com/clipmend/clipmend/annotate/phrase"
	"github.com/clipmend/clipmend/normalize/markdown"
)

// maxSentence bounds the tokens that are looked at together, so that the time
// stays linear where a text has no stops.
const maxSentence = 120

// A sentence is a part of a view, tokens [from, to).
type sentence struct {
	*view
	from, to int
	hits     []hit
	mentions []mention
}

func (d *doc) prose(v *view, kind markdown.Kind) {
	if kind != markdown.Heading && len(d.subject) > 0 && kind == markdown.Paragraph && len(d.previous) == 0 {
		d.previous = d.subject
	}
	h := 0
	for from := 0; from < len(v.tokens); {
		to := v.sentenceEnd(from)
		for h < len(v.hits) && v.hits[h].from < from {
			h++
		}
		end := h
		for end < len(v.hits) && v.hits[end].from < to {
			end++
		}
		s := &sentence{view: v, from: from, to: to, hits: v.hits[h:end]}
		d.sentence(s)
		from, h = to, end
	}
}

func (v *view) sentenceEnd(from int) int {
	for i := from; i < len(v.tokens); i++ {
		if i-from >= maxSentence {
			return i
		}
		t := v.tokens[i]
		if t.Kind != phrase.Mark {
			continue
		}
		switch v.word(i) {
		case "。", "！", "？", "!", "?", "；":
			return i + 1
		case ".":
			if i+1 >= len(v.tokens) || v.tokens[i+1].Gap == phrase.Space && (i == from || len(v.word(i-1)) > 1 || v.tokens[i-1].Kind == phrase.Number) {
				if i+1 < len(v.tokens) {
					if w := v.word(i + 1); w[0] >= 'a' && w[0] <= 'z' {
						continue
					}
				}
				return i + 1
			}
		}
	}
	return len(v.tokens)
}

func (d *doc) sentence(s *sentence) {
	if s.ofWriters() || s.ofOptions() {
		return
	}
	s.mentions = d.mentions(s.view, s.from, s.to)
	d.references(s.view, s)
	if len(s.mentions) == 0 && (len(s.hits) == 0 || len(d.context()) == 0) {
		return
	}
	d.objects(s)
	d.sizesOf(s)
	d.relations(s)
	d.bases(s)
	d.owners(s)
	d.quantities(s)
	d.terms(s)
	d.labelled(s)
	d.dates(s)
	d.scores(s)
	for _, m := range s.mentions {
		if !m.object && (d.previous == nil || d.leads(s, m)) {
			d.previous = d.group(s, m)
			break
		}
	}
}

// leads reports whether a mention is what its sentence is about: it stands at
// the start, or right after a verb of making.
func (d *doc) leads(s *sentence, m mention) bool {
	if m.from > s.from {
		switch s.fold(m.from - 1) {
		case "of", "in", "with", "to", "by", "than", "on", "for", "like", "via", "into", "over", "under", "see":
			return false
		}
	}
	if far := m.from - s.from; far <= 4 || far <= 12 && s.tokens[s.from].Kind == phrase.Han {
		return true
	}
	return s.near(verb, -1, max(s.from, m.from-4), m.from) || s.near(act, -1, max(s.from, m.from-3), m.from)
}

// ofWriters reports whether the sentence tells what its writers' software does:
// "we now support …".
func (s *sentence) ofWriters() bool {
	for i := s.from; i+1 < s.to; i++ {
		if t := s.tokens[i]; t.End-t.Start != 2 || s.fold(i) != "we" {
			continue
		}
		for k := i + 1; k < min(i+5, s.to); k++ {
			switch s.fold(k) {
			case "support", "upgraded", "deprecated", "migrated":
				return true
			}
		}
	}
	return false
}

// ofOptions reports whether the sentence tells of a command's options, as
// "--precision": they are what a program can do, not what a thing is.
func (s *sentence) ofOptions() bool {
	text := s.text[s.tokens[s.from].Start:s.tokens[s.to-1].End]
	for {
		i := bytes.Index(text, []byte("--"))
		if i < 0 || i+2 >= len(text) {
			return false
		}
		if c := text[i+2]; 'a' <= c && c <= 'z' && (i == 0 || text[i-1] == ' ') {
			return true
		}
		text = text[i+2:]
	}
}

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
		m.object = m.object || m.from > s.from && s.fold(m.from-1) == "from" || s.weFollows(m.to)
	}
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

func (s *sentence) joined(from, to int) bool {
	if to <= from || to-from > 3 {
		return false
	}
	for i := from; i < to; i++ {
		if !isAnd(s.word(i)) {
			return false
		}
	}
	return true
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
			case s.clauseBetween(before.to, m.from):
				before = m
			}
		case m.from >= to && following == nil:
			following = m
		}
	}
	if following != nil && d.qualifies(s, to, following.from) {
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

// clause returns the part of the sentence around token i that ends at marks.
func (s *sentence) clause(i int) (from, to int) {
	from, to = i, i
	for from > s.from && !s.stops(from-1) {
		from--
	}
	for to < s.to && !s.stops(to) {
		to++
	}
	return from, to
}

func (s *sentence) stops(i int) bool { return s.ends[i] }

// near returns whether a phrase of the class for the attribute stands in [from, to).
func (s *sentence) near(c class, attr, from, to int) bool {
	if from < 0 || from >= to || from >= len(s.tokens) {
		return false
	}
	for _, h := range s.view.hits[s.first[from]:] {
		if h.from >= to {
			return false
		}
		if h.class == c && (h.attr == attr || attr < 0) && h.to <= to {
			return true
		}
	}
	return false
}

// denied reports whether the clause says no to what stands at i.
func (s *sentence) denied(i int) bool {
	from, _ := s.clause(i)
	for k := max(from, i-7); k < i; k++ {
		if s.has(k, negation) && s.fold(k+1) != "only" {
			return true
		}
	}
	return false
}

func (s *sentence) hedged(i int) string {
	for k := max(s.from, i-3); k < i; k++ {
		for _, h := range s.hitsAt(k) {
			if h.class == hedge && h.to <= i {
				return s.slice(h.from, h.to)
			}
		}
	}
	return ""
}
