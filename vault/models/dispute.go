package models

import (
	"maps"
	"math"
	"slices"
	"strings"
)

// disputed returns the attributes of which sources state values that do not fit
// together, in alphabetical order. Values of one source are variants of it, not a
// dispute.
func (s Schema) disputed(rows []Row) []string {
	bySource := map[string]map[string][]string{} // values, by attribute and source
	for _, r := range rows {
		if s.Single[r.Attribute] && r.implies() {
			if bySource[r.Attribute] == nil {
				bySource[r.Attribute] = map[string][]string{}
			}
			bySource[r.Attribute][r.Target()] = append(bySource[r.Attribute][r.Target()], r.Value)
		}
	}
	var out []string
	for attribute, sources := range bySource {
		if s.disagree(attribute, different(sources)) {
			out = append(out, attribute)
		}
	}
	slices.Sort(out)
	return out
}

// different returns what sources state, each set of values once, in an order that
// does not depend on that of the sources.
func different(sources map[string][]string) [][]string {
	sets := map[string][]string{}
	for _, values := range sources {
		set := slices.Compact(slices.Sorted(slices.Values(values)))
		sets[strings.Join(set, "\x00")] = set
	}
	var out [][]string
	for _, key := range slices.Sorted(maps.Keys(sets)) {
		out = append(out, sets[key])
	}
	return out
}

// maxSets bounds the different statements of one attribute that are compared
// with one another; a thing of which so much is said is disputed by the first.
const maxSets = 50

func (s Schema) disagree(attribute string, sources [][]string) bool {
	sources = sources[:min(len(sources), maxSets)]
	for i, a := range sources {
		for _, b := range sources[i+1:] {
			fits := slices.ContainsFunc(a, func(x string) bool {
				return slices.ContainsFunc(b, func(y string) bool { return s.fit(attribute, x, y) })
			})
			if !fits {
				return true
			}
		}
	}
	return false
}

// nearly is how far a value that is hedged may be from another, as a share.
const nearly = 0.1

// fit reports whether two values may both be right: they are equal, one is a day
// of the month that the other gives, a number of the other's range, or close to
// what the other gives as about.
func (s Schema) fit(attribute, a, b string) bool {
	if bare(a) == bare(b) {
		return true
	}
	if s.Dates[attribute] {
		return strings.HasPrefix(bare(a), bare(b)) || strings.HasPrefix(bare(b), bare(a))
	}
	x, okX := s.number(attribute, a)
	y, okY := s.number(attribute, b)
	if !okX || !okY {
		return false
	}
	if x.min <= y.max && y.min <= x.max && (x.min != x.max || y.min != y.max) {
		return true
	}
	about := a != bare(a) || b != bare(b)
	return about && math.Abs(x.min-y.min) <= nearly*math.Max(math.Abs(x.min), math.Abs(y.min))
}

// numbers are the ends of a value, equal for a single number.
type numbers struct{ min, max float64 }

// number reads the value of a cell: "≈ 2T", "2B–145B", "5000 mAh".
func (s Schema) number(attribute, value string) (numbers, bool) {
	value = strings.TrimSuffix(bare(value), " "+s.Units[attribute])
	least, most, isRange := strings.Cut(value, "–")
	if !isRange {
		most = least
	}
	n := numbers{ParseNumber(least), ParseNumber(most)}
	return n, !math.IsNaN(n.min) && !math.IsNaN(n.max)
}

// bare takes away the mark of a hedge.
func bare(value string) string { return strings.TrimPrefix(value, "≈ ") }

// implies reports whether the thing as a whole has the row's value, by what the
// engine read: "2T (second stage)" and "not MoE" say nothing of it, rows without
// a source are a person's, and those of another reader are for a person to judge.
func (r Row) implies() bool {
	return r.Target() != "" && !r.foreign() &&
		r.Value != "" && !strings.HasPrefix(r.Value, "not ") && !strings.HasSuffix(r.Value, ")")
}

// foreign reports whether the row names a reader behind its source.
func (r Row) foreign() bool { return !strings.HasSuffix(r.Source, "]]") }
