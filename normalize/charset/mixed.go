package charset

import (
	"math"
	"slices"
	"unicode/utf8"
)

// Text may be mixed, most often of UTF-8 and something else: what stands first in
// it, such as a title that came from elsewhere, must not decide for all of it.

// decideMixed is decide for a sample that is not UTF-8 as a whole, and may have
// some in it.
func (f *field) decideMixed(b []byte, ds []declaration) (live []*rival, second rival) {
	live, second = f.decide(b, ds, firstLook)
	if !someUTF8(b) {
		return live, second
	}
	if len(live) == 0 || otherwise(b, ds, live[0]) {
		live, second = f.decide(b, ds, len(b))
	}
	if len(live) == 0 || live[0].name == "utf-8" {
		return live, second
	}
	if share := shareOfUTF8(b); share >= mostlyUTF8 {
		return asMostly(live[0], share/(1-share))
	}
	var others []byte
	var right int
	if t := live[0].candidate.table; t != nil {
		others, right = withoutUTF8(b, t)
	} else if others, right = apart(b); !inTwo(b, others, ds, live[0]) {
		right = 0
	}
	if right == 0 {
		return live, second
	}
	live, second = f.decide(others, ds, firstLook)
	if rest := beyondASCII(others); right > rest && len(live) > 0 {
		return asMostly(live[0], float64(right)/float64(rest))
	}
	return live, second
}

// mostlyUTF8 is the share of UTF-8 that no text in another encoding has by chance:
// of 3,800 snippets, one of 20 bytes has .68.
const mostlyUTF8 = .75

// asMostly gives UTF-8 the victory where so many times more is in it than in the
// encoding that won the others.
func asMostly(won *rival, times float64) (live []*rival, second rival) {
	cs := candidates()
	most := &cs[slices.IndexFunc(cs, func(c candidate) bool { return c.name == "utf-8" })]
	second = *won
	second.logP = -math.Log(times)
	return []*rival{{candidate: most, name: most.name, source: "model"}}, second
}

func beyondASCII(b []byte) int {
	n := 0
	for _, c := range b {
		if c >= utf8.RuneSelf {
			n++
		}
	}
	return n
}

// otherwise reports whether the second half of the sample b is by itself in
// another encoding than the one that won, perhaps by giving up others too soon.
func otherwise(b []byte, ds []declaration, won *rival) bool {
	rest := b[len(b)/2:]
	near := rest[:min(len(rest), firstLook)]
	rest = rest[max(0, slices.IndexFunc(near, func(c byte) bool { return c < '0' })):] // which is within no character
	if len(rest) < firstLook {
		return false
	}
	f := fields.Get().(*field)
	defer fields.Put(f)
	again, _ := f.decide(rest, ds, firstLook)
	return len(again) > 0 && again[0].name != won.name
}

// someUTF8 reports whether b has a run of bytes beyond ASCII that is UTF-8 from its start to its
// end: in the midst of others, characters of two bytes are so by chance.
func someUTF8(b []byte) bool {
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		right := true
		for i < len(b) && b[i] >= utf8.RuneSelf {
			size := utf8Size(b[i:])
			right = right && size > 1
			i += size
		}
		if right {
			return true
		}
	}
	return false
}

func utf8Size(b []byte) int {
	_, size := utf8.DecodeRune(b)
	return size
}

// shareOfUTF8 is how many of the bytes of b beyond ASCII are UTF-8, from 0 to 1.
func shareOfUTF8(b []byte) float64 {
	right, all := 0, 0
	for i := 0; i < len(b); {
		size := utf8Size(b[i:])
		if b[i] >= utf8.RuneSelf {
			all += size
			if size > 1 {
				right += size
			}
		}
		i += size
	}
	return float64(right) / float64(max(all, 1))
}

// likelierUTF8 is by how many nats a character must read better as UTF-8 has it
// than in the encoding of the text around it, to be no chance.
const likelierUTF8 = 4

// withoutUTF8 returns b, which is in an encoding of single bytes, without the
// characters that are UTF-8: they say nothing about that encoding. N is how many
// there are.
func withoutUTF8(b []byte, table *[256]rune) (out []byte, n int) {
	from, last := 0, rune(0)
	for i := 0; i < len(b); i++ {
		if size := utf8Size(b[i:]); size > 1 {
			r, _ := utf8.DecodeRune(b[i:])
			if asUTF8(r, last, b[i:], table) {
				out = append(out, b[from:i]...)
				n++
				i += size - 1
				from, last = i+1, r
				continue
			}
		}
		last = table[b[i]]
	}
	return append(out, b[from:]...), n
}

// asUTF8 reports whether b, after last, reads better if it begins with r in UTF-8
// than with the characters that its bytes have in the table.
func asUTF8(r, last rune, b []byte, table *[256]rune) bool {
	size := utf8.RuneLen(r)
	next := '\n'
	if size < len(b) {
		next = table[b[size]]
		if utf8Size(b[size:]) > 1 {
			next, _ = utf8.DecodeRune(b[size:])
		}
	}
	whole := pairsSeen.score(last, r) + pairsSeen.score(r, next)
	single := 0.0
	for _, c := range b[:min(size+1, len(b))] {
		single += pairsSeen.score(last, table[c])
		last = table[c]
	}
	return whole > single+likelierUTF8
}
