package annotate

import "strings"

// How far from a value, in tokens, what limits it may stand, and what was measured.
const (
	qualifyReach = 10
	measureReach = 30
)

// qualify fills in what the clause says of a value at tokens [from, to) beside
// the value itself: what it is limited to, and of a score what was measured and how.
func (d *doc) qualify(s *sentence, at, end int, f *Fact) {
	i := d.index[f.Attribute]
	a := d.attrs[i]
	if len(a.Qualifiers) > 0 && f.Qualifier == "" {
		from, to := s.clause(at)
		to = s.firstTerm(end, min(to, end+qualifyReach))
		f.Qualifier = s.nearest(qualifier, i, max(from, at-qualifyReach), to, at, end)
	}
	if len(a.Metrics) > 0 && f.Metric == "" {
		f.Metric = s.nearest(metric, i, max(s.from, at-measureReach), min(s.to, end+measureReach), at, end)
	}
	if len(a.Settings) > 0 && f.Setting == "" {
		f.Setting = s.nearest(setting, i, max(s.from, at-measureReach), min(s.to, end+measureReach), at, end)
	}
}

// firstTerm returns the place of the first term in [from, to) that states a
// value of its own, or to: what stands behind it limits that one.
func (v *view) firstTerm(from, to int) int {
	if from >= to || from >= len(v.tokens) {
		return to
	}
	for _, h := range v.hits[v.first[from]:] {
		if h.from >= to {
			break
		}
		if h.class == term {
			return h.from
		}
	}
	return to
}

// nearest returns the value of the phrase of the class in [from, to) that is
// nearest to [at, end), the one before it if two are.
func (v *view) nearest(c class, attr, from, to, at, end int) string {
	best, dist := "", 1<<30
	if from < 0 || from >= to || from >= len(v.tokens) {
		return best
	}
	for _, h := range v.hits[v.first[from]:] {
		if h.from >= to {
			break
		}
		if h.class != c || h.attr != attr || h.to > to {
			continue
		}
		if far := max(at-h.to, h.from-end, 0); far < dist {
			best, dist = h.value, far
		}
	}
	return best
}

// said returns the value of the first phrase of the class for the attribute.
func (v *view) said(c class, attr int) string {
	return v.nearest(c, attr, 0, min(len(v.tokens), measureReach), 0, 0)
}

// measures reports whether the attribute is stated in the unit.
func (a attr) measures(unit string) bool {
	if unit == "" {
		return false
	}
	_, also := a.Also[unit]
	return unit == a.Unit || also
}

// holds reports whether the attribute may have the number as its value.
func (a attr) holds(n number) bool {
	r := a.Range
	if n.unit != "" && n.unit != a.Unit {
		r = a.Also[n.unit]
	}
	return r.Max <= 0 || n.min >= r.Min && n.max <= r.Max
}

// power reads what makes a number in front of token i one in powers of ten: the
// "e22" of "1.5e22", "× 10^23".
func (v *view) power(i int, letters string) (exponent, to int, ok bool) {
	if len(letters) > 1 && letters[0]|0x20 == 'e' {
		exponent, ok = small2(letters[1:])
		return exponent, i, ok
	}
	switch {
	case letters == "x10" || letters == "X10":
	case letters == "" && (v.word(i) == "×" || v.word(i) == "*" || v.fold(i) == "x") && v.word(i+1) == "10":
		i += 2
	case letters == "" && v.fold(i) == "x10":
		i++
	default:
		return 0, i, false
	}
	if v.word(i) != "^" {
		return 0, i, false
	}
	if v.word(i+1) == "{" {
		i++
	}
	exponent, ok = small2(v.word(i + 1))
	return exponent, i + 2, ok
}

// small2 reads a number of at most two digits.
func small2(w string) (int, bool) {
	if w == "" || len(w) > 2 || strings.Trim(w, "0123456789") != "" {
		return 0, false
	}
	n := 0
	for _, c := range w {
		n = n*10 + int(c-'0')
	}
	return n, true
}
