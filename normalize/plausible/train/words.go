package main

import (
	"cmp"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// lexicon is the percentage of the places that words take.
const lexicon = 15

// A form is a word in lower case, with what is known of all its forms.
type form struct {
	text  string
	share float64 // of the words of its language, at most
	risk  float64 // nats by which n-grams fail it where it loses a byte
}

// spelled yields the words of a line in scripts that part them by spaces.
func spelled(line string) iter.Seq[string] {
	return strings.FieldsFuncSeq(line, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.M) || unspaced(r) })
}

// A vocabulary is the words of a language.
type vocabulary struct {
	times map[string]int // that each came in its texts
	known []string       // what dictionaries add
}

// fragileWords are the words that the n-grams of m would most often get wrong.
func fragileWords(m *plausible.Model, training []text, capacity int) []plausible.Word {
	lower := map[string]*form{}
	all := vocabularies(training)
	for _, lang := range slices.Sorted(maps.Keys(all)) {
		all[lang].addForms(m, lower)
	}
	forms := slices.SortedFunc(maps.Values(lower), func(a, b *form) int {
		return cmp.Or(cmp.Compare(b.risk, a.risk), cmp.Compare(a.text, b.text))
	})
	var out []plausible.Word
	for _, f := range forms[:min(len(forms), capacity)] {
		out = append(out, plausible.Word{Text: f.text, LogP: math.Round(math.Log(f.share)/coarse) * coarse})
	}
	return out
}

// coarse are the steps, in nats, in which the share of a word is told.
const coarse = 2

// vocabularies gathers the words that may lose a byte.
func vocabularies(training []text) map[string]*vocabulary {
	all := map[string]*vocabulary{}
	for _, t := range training {
		if t.words {
			continue
		}
		v := all[t.lang]
		if v == nil {
			v = &vocabulary{times: map[string]int{}}
			all[t.lang] = v
		}
		for _, w := range t.known {
			if len(w) <= longest && isFragile(w) {
				v.known = append(v.known, w)
			}
		}
		if t.known != nil {
			continue
		}
		for _, line := range t.lines {
			for w := range spelled(line) {
				if len(w) <= longest && isFragile(w) {
					v.times[w]++
				}
			}
		}
	}
	return all
}

// longest is the number of bytes of words that are gathered.
const longest = 64

// addForms adds the words to lower, by their lower case.
func (v *vocabulary) addForms(m *plausible.Model, lower map[string]*form) {
	const seldom = 3 // a word that is in no dictionary and came fewer times may be a mistake
	own, total := map[string]int{}, 1
	for w, n := range v.times {
		own[strings.ToLower(w)] += n
		total += n
	}
	times := maps.Clone(v.times)
	for _, w := range v.known {
		times[w] += seldom
		own[strings.ToLower(w)] += seldom
	}
	for _, w := range slices.Sorted(maps.Keys(times)) {
		low := strings.ToLower(w)
		if own[low] < seldom {
			continue
		}
		f := lower[low]
		if f == nil {
			f = &form{text: low}
			lower[low] = f
		}
		f.share = max(f.share, float64(own[low])/float64(total))
		f.risk += float64(times[w]) * risk(m, w)
	}
}

func isFragile(w string) bool {
	for i := range len(w) {
		if isLosable(w[i]) {
			return true
		}
	}
	return false
}

// risk is what m loses, in nats, on the bytes of w that may be lost, each alone.
func risk(m *plausible.Model, w string) (sum float64) {
	const reach = 4 // characters whose likelihood depends on one
	runes := []rune(" " + w + " ")
	states := make([]plausible.State, len(runes)+1)
	for k, r := range runes {
		_, states[k+1] = m.Step(states[k], r)
	}
	for k, r := range runes {
		rest := runes[k+1 : min(len(runes), k+reach)]
		for _, others := range mistakable(r) {
			truth, rivals := follow(m, states[k], r, rest), 0.0
			for _, other := range others {
				rivals += math.Exp(follow(m, states[k], other, rest) - truth)
			}
			sum += math.Log1p(rivals)
		}
	}
	return sum
}

// follow is how likely r and the rest are after s.
func follow(m *plausible.Model, s plausible.State, r rune, rest []rune) float64 {
	p, s := m.Step(s, r)
	sum := float64(p)
	for _, next := range rest {
		p, s = m.Step(s, next)
		sum += float64(p)
	}
	return sum
}
