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
const lexicon = 6

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

// fragileWords are the words that the n-grams of m would most often get wrong.
func fragileWords(m *plausible.Model, training []text, capacity int) []plausible.Word {
	byLang := map[string]map[string]int{}
	for _, t := range training {
		if t.words {
			continue
		}
		if byLang[t.lang] == nil {
			byLang[t.lang] = map[string]int{}
		}
		for _, line := range t.lines {
			for w := range spelled(line) {
				if len(w) <= 64 && isFragile(w) {
					byLang[t.lang][w]++
				}
			}
		}
	}
	lower := map[string]*form{}
	for _, lang := range slices.Sorted(maps.Keys(byLang)) {
		addForms(m, byLang[lang], lower)
	}
	all := slices.SortedFunc(maps.Values(lower), func(a, b *form) int {
		return cmp.Or(cmp.Compare(b.risk, a.risk), cmp.Compare(a.text, b.text))
	})
	var out []plausible.Word
	for _, f := range all[:min(len(all), capacity)] {
		out = append(out, plausible.Word{Text: f.text, LogP: math.Log(f.share)})
	}
	return out
}

// addForms adds the words of a language to lower, by their lower case.
func addForms(m *plausible.Model, words map[string]int, lower map[string]*form) {
	const seldom = 3
	own, total := map[string]int{}, 0
	for w, n := range words {
		own[strings.ToLower(w)] += n
		total += n
	}
	for _, w := range slices.Sorted(maps.Keys(words)) {
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
		f.risk += float64(words[w]) * risk(m, w)
	}
}

func isFragile(w string) bool {
	for i := range len(w) {
		if w[i] >= 0x80 && strings.IndexByte(losable, w[i]) >= 0 {
			return true
		}
	}
	return false
}

// risk is what m loses, in nats, on the bytes of w that may be lost, each alone.
func risk(m *plausible.Model, w string) float64 {
	b := []byte(" " + w + " ")
	truth, _ := m.Score(b)
	sum := 0.0
	for i, was := range b {
		if was < 0x80 || was >= 0xC0 || strings.IndexByte(losable, was) < 0 {
			continue
		}
		rivals := 0.0
		for j := range len(losable) {
			b[i] = losable[j]
			if b[i] == was {
				continue
			}
			p, _ := m.Score(b)
			rivals += math.Exp(p - truth)
		}
		b[i] = was
		sum += math.Log1p(rivals)
	}
	return sum
}
