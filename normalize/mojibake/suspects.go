package mojibake

import (
	"cmp"
	"math"
	"slices"
)

// Bounds on the encodings that are weighed.
const (
	maxSuspects  = 7
	maxElsewhere = 4
)

// A suspect is an encoding with how much of a sample looks as if it had made it
// of UTF-8.
type suspect struct {
	p     *codepage
	score float32 // the more, the likelier
	odd   int     // characters outside ASCII in none
}

// suspects returns the encodings in which the sample looks like UTF-8, the
// likeliest first, and after them those in which places do that look like it in
// none of the first.
func suspects(windows []excerpt) []*codepage {
	var all []suspect
	least := math.MaxInt
	for _, p := range codepages() {
		if a := looksLike(p, windows, nil); a.score > 0 {
			all = append(all, a)
			least = min(least, a.odd)
		}
	}
	for i := range all {
		all[i].score -= unexplained * float32(all[i].odd-least)
	}
	out := mostSuspect(all, maxSuspects)
	if len(out) == 0 {
		return nil
	}
	taken := madeBy(out, windows)
	var others []suspect
	for _, p := range codepages() {
		if slices.Contains(out, p) {
			continue
		}
		if a := looksLike(p, windows, taken); a.score > 0 {
			others = append(others, a)
		}
	}
	return append(out, mostSuspect(others, maxElsewhere)...)
}

// madeBy tells at which places of each window begins what one of known makes of a
// character of UTF-8.
func madeBy(known []*codepage, windows []excerpt) [][]bool {
	taken := make([][]bool, len(windows))
	for k := range windows {
		w := windows[k].text
		taken[k] = make([]bool, len(w))
		for i, r := range w {
			taken[k][i] = r >= 0x80 && slices.ContainsFunc(known, func(p *codepage) bool { n, _ := p.sequence(w[i:]); return n > 1 })
		}
	}
	return taken
}

// mostSuspect returns the encodings of at most n suspects, the likeliest first.
func mostSuspect(all []suspect, n int) []*codepage {
	slices.SortStableFunc(all, func(a, b suspect) int { return cmp.Compare(b.score, a.score) })
	var out []*codepage
	for _, a := range all {
		if len(out) < n && a.score >= all[0].score*.6-2 {
			out = append(out, a.p)
		}
	}
	return out
}

// unexplained is what a character counts that one encoding cannot have made but
// another can. What none explains is beside the point: most of a text may be
// right.
const unexplained = .2

// looksLike measures what p makes of UTF-8 in the windows, but for the places that
// are taken, if any are. In a text of words that the model expects, a sequence is
// chance.
func looksLike(p *codepage, windows []excerpt, taken [][]bool) suspect {
	a := suspect{p: p}
	for k := range windows {
		x := &windows[k]
		for i := 0; i < len(x.text); {
			if x.text[i] < 0x80 {
				i++
				continue
			}
			if !leads(p.byteOf(x.text[i])) {
				if x.steps[i] < natural {
					a.odd++
				}
				i++
				continue
			}
			n, whole := p.sequence(x.text[i:])
			switch {
			case !x.strange(i, i+n):
			case taken != nil && taken[k][i]:
			case whole:
				a.score += float32(n)
			case n > 1:
				a.score += float32(n) / 2
			default:
				a.odd++
			}
			i += n
		}
	}
	if a.score > 0 {
		a.score -= p.prior / 4
	}
	return a
}

// sequence returns the number of characters of text that p makes of one
// character of UTF-8, and whether that is complete.
func (p *codepage) sequence(text []rune) (n int, whole bool) {
	lead := p.byteOf(text[0])
	if lead < 0xC2 || lead > 0xF4 {
		return 0, false
	}
	size := utf8Len(lead)
	for n = 1; n < size && n < len(text); n++ {
		b := p.byteOf(text[n])
		if text[n] == ' ' || text[n] == replacement || text[n] == '?' {
			b = 0x80
		}
		if b < 0x80 || b > 0xBF {
			return n, false
		}
	}
	return n, n == size
}
