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

// suspects returns the suspects of the sample, which are asked for more than once.
func (s *sample) suspects() []*codepage {
	if s.suspected < len(s.windows) {
		s.found, s.suspected = suspects(s.windows), len(s.windows)
	}
	return s.found
}

// utf8Share returns the share of the sample's characters outside ASCII that the
// likeliest suspect makes of UTF-8.
func (s *sample) utf8Share() float32 {
	found := s.suspects()
	if len(found) == 0 {
		return 0
	}
	looks, all := 0, 0
	for k := range s.windows {
		end := 0
		for i, r := range s.windows[k].text {
			if r < 0x80 {
				continue
			}
			all++
			if n, _ := found[0].sequence(s.windows[k].text[i:]); n > 1 {
				end = max(end, i+n)
			}
			if i < end {
				looks++
			}
		}
	}
	return float32(looks) / float32(all)
}

// suspects returns the encodings in which the windows look like UTF-8, the
// likeliest first, and after them those in which places do that look like it in
// none of the first.
func suspects(windows []excerpt) []*codepage {
	var looks []suspect
	least := math.MaxInt
	pages := leading(windows)
	for _, p := range pages {
		if a := looksLike(p, windows, nil); a.score > 0 {
			looks = append(looks, a)
			least = min(least, a.odd)
		}
	}
	for i := range looks {
		looks[i].score -= unexplained * float32(looks[i].odd-least)
	}
	out := mostSuspect(looks, maxSuspects)
	if len(out) == 0 {
		return nil
	}
	taken, all := madeBy(out, windows)
	if all {
		return out
	}
	var others []suspect
	for _, p := range pages {
		if slices.Contains(out, p) {
			continue
		}
		if a := looksLike(p, windows, taken); a.score > 0 {
			others = append(others, a)
		}
	}
	return append(out, mostSuspect(others, maxElsewhere)...)
}

// leading returns the encodings that have something in the windows for the first byte of a
// character of UTF-8.
func leading(windows []excerpt) (pages []*codepage) {
	g := gate()
	var all uint64
	for k := range windows {
		for _, r := range windows[k].text {
			if uint32(r) < gateSize {
				all |= g.lead[r]
			}
		}
	}
	for i, p := range codepages() {
		if all>>pageBit(i)&3 != 0 || slices.ContainsFunc(p.bytes.beyond, func(e runeByte) bool { return leads(e.b) }) {
			pages = append(pages, p)
		}
	}
	return pages
}

// madeBy tells at which places of each window begins what one of known makes of a
// character of UTF-8, and whether all that is strange is part of that.
func madeBy(known []*codepage, windows []excerpt) (taken [][]bool, all bool) {
	taken, all = make([][]bool, len(windows)), true
	for k := range windows {
		x := &windows[k]
		taken[k] = make([]bool, len(x.text))
		end := 0 // of what was made
		for i, r := range x.text {
			if r < 0x80 {
				continue
			}
			for _, p := range known {
				n, _ := p.sequence(x.text[i:])
				taken[k][i] = taken[k][i] || n > 1
				end = max(end, i+n)
			}
			all = all && (i < end || x.steps[i] >= natural)
		}
	}
	return taken, all
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
			case p.bare(x.text[i]) && ascii(runeAt(x.text, i-1)) && ascii(runeAt(x.text, i+1)):
				a.score++
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
