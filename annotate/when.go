package annotate

import (
	"github.com/clipmend/clipmend/annotate/packs"
)

// dates states the dates whose clause says of what.
func (d *doc) dates(s *sentence) {
	for i := s.from; i < s.to; i++ {
		if s.tokens[i].Kind > 1 || s.inMention(i) {
			continue
		}
		dt, ok := s.dateAt(i)
		if !ok {
			continue
		}
		best := d.keyDate(s, i)
		if best < 0 && len(dt.iso) == 4 && !s.mentioned(i) && !d.saidOfYear(s, i) {
			continue
		}
		for k, a := range d.attrs {
			if a.Type != packs.Date || best >= 0 {
				continue
			}
			from, to := s.from, s.to
			if len(dt.iso) == 4 {
				from, to = s.clause(i)
			}
			if (s.near(near, k, from, to) || s.near(label, k, s.from, i)) && !s.near(notAttr, k, max(from, i-12), min(to, dt.to+12)) {
				best = k
				if s.near(near, k, max(s.from, i-8), i) {
					break
				}
			}
		}
		if best >= 0 && !s.future() {
			things := d.aboutDate(s, i, dt.to)
			d.state(s, i, dt.to, things, Fact{Attribute: d.attrs[best].name, Value: Text(dt.iso), Rule: "date", Hedge: s.hedged(i)})
		}
		i = dt.to - 1
	}
}

// mentioned reports whether the clause around token i names a thing.
func (s *sentence) mentioned(i int) bool {
	from, to := s.clause(i)
	for _, m := range s.mentions {
		if m.from >= from && m.to <= to {
			return true
		}
	}
	return false
}

// aboutDate prefers the names after a date that opens the sentence.
func (d *doc) aboutDate(s *sentence, from, to int) []*entity {
	if from-s.from <= 3 || s.opensClause(from) {
		for _, m := range s.mentions {
			if m.from >= to && !m.object {
				return d.group(s, m)
			}
		}
	}
	return d.about(s, from, to)
}

// opensClause reports whether a date at token i opens a clause: ", and in May 2024, …".
func (s *sentence) opensClause(i int) bool {
	if w := s.fold(i - 1); w == "in" || w == "on" {
		i--
	}
	return i-1 > s.from && (s.fold(i-1) == "and" || s.stops(i-1))
}

func (s *sentence) future() bool {
	for _, h := range s.hits {
		if h.class == future {
			return true
		}
	}
	return false
}
