package annotate

import (
	"bytes"

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
	if s.ofWriters() || s.ofOptions() || d.tool && s.startsBack() {
		return
	}
	s.mentions = d.mentions(s.view, s.from, s.to)
	d.references(s.view, s)
	if len(s.mentions) == 0 && (len(s.hits) == 0 && len(d.keys) == 0 || len(d.context()) == 0) {
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
		if !m.object && !m.brief && !s.aside(m) && (d.previous == nil && !d.tool || d.leads(s, m)) {
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

// aside reports whether a mention is only what its sentence compares the
// present with: "The previous model, Foo-1, had 8K".
func (s *sentence) aside(m mention) bool {
	for i := s.from; i < m.from; i++ {
		switch s.fold(i) {
		case "previous", "earlier", "former", "older", "predecessor", "unlike", "last":
			return true
		case "此", "前", "上":
			if n := s.fold(i + 1); n == "前" || n == "代" || n == "一" {
				return true
			}
		}
	}
	return false
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
			return !s.excepted(k, i)
		}
	}
	return false
}

// excepted reports whether what stands at i is taken out of a denial at k: "no
// languages other than English".
func (s *sentence) excepted(k, i int) bool {
	for ; k < i; k++ {
		switch s.fold(k) {
		case "except", "besides", "beyond":
			return true
		case "other":
			if s.fold(k+1) == "than" {
				return true
			}
		case "除":
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
