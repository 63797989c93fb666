package main

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// agreeing is the number of endings, in thousandths of the places.
const agreeing = 3

// A pairing is the ends of two words, one behind the other.
type pairing struct{ first, second string }

// endings are the ends of words of which a letter may lose a byte, behind the ends of the words
// before them: where one says most about which of the letters stands that lost bytes may be.
func endings(training []text, capacity int) []plausible.Word {
	times := map[pairing]float64{}
	for _, t := range training {
		if t.words || t.spaced || t.known != nil {
			continue
		}
		for _, line := range t.lines {
			first := ""
			for w := range spelled(line) {
				second, fragile := ending(w)
				if fragile && first != "" {
					times[pairing{first, second}]++
				}
				first = second
			}
		}
	}
	return telling(times, capacity)
}

// ending returns the last two letters of a word in small letters, "" if it has fewer, and
// whether the last may lose a byte.
func ending(w string) (string, bool) {
	r := []rune(strings.ToLower(w))
	if len(r) < plausible.EndingLetters {
		return "", false
	}
	e := string(r[len(r)-plausible.EndingLetters:])
	return e, isFragile(string(r[len(r)-1]))
}

// rivalsOf returns what an ending may be taken for if a byte of its last letter is lost.
func rivalsOf(e string) (all []string) {
	last, size := utf8.DecodeLastRuneInString(e)
	for _, others := range mistakable(last) {
		for _, other := range others {
			all = append(all, e[:len(e)-size]+string(other))
		}
	}
	return all
}

// telling returns the pairs whose first ending makes the second likelier or less among its
// rivals than it is without, those first of which that is worth most.
func telling(times map[pairing]float64, capacity int) (out []plausible.Word) {
	const prior = 5 // sightings that what is known without the first ending weighs
	every := map[string]float64{}
	for p, n := range times {
		every[p.second] += n
	}
	type told struct {
		pairing
		more, worth float64
	}
	var all []told
	seen := map[pairing]bool{}
	for _, p := range slices.SortedFunc(maps.Keys(times), func(a, b pairing) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.second, b.second))
	}) {
		set := append(rivalsOf(p.second), p.second)
		here, anywhere := 0.0, 0.0
		for _, e := range set {
			here += times[pairing{p.first, e}]
			anywhere += every[e]
		}
		for _, e := range set {
			q := pairing{p.first, e}
			if seen[q] || every[e] == 0 {
				continue
			}
			seen[q] = true
			share := every[e] / anywhere
			own := (times[q] + prior*share) / (here + prior)
			more := math.Log(own) - math.Log(share)
			all = append(all, told{q, more, here * own * math.Abs(more)})
			if more < 0 {
				all[len(all)-1].worth = here * share * -more
			}
		}
	}
	slices.SortFunc(all, func(a, b told) int {
		return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.first, b.first), cmp.Compare(a.second, b.second))
	})
	for _, t := range all[:min(len(all), capacity)] {
		out = append(out, plausible.EndingWord(t.first, t.second, t.more))
	}
	return out
}
