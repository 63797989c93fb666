package mojibake

import (
	"math/rand/v2"
	"testing"
)

// A window in which the hints find nothing is one in which nothing may be read
// otherwise than it stands.
func TestHints(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	signs := []rune("aé à, ÃÂâ€?\n\u00a0\u0081\ufffdÐСРĂŤ—·ďż˝í±ËГ┬├ΓÇ天 ")
	for _, layers := range [][]Layer{
		{{Encoding: "windows-1252", Lost: lostKept}},
		{{Encoding: "windows-1252", Lost: lostDropped}},
		{{Encoding: "windows-1252", Lost: lostQuestion}},
		{{Encoding: "windows-1251", Lost: lostReplaced}},
		{{Encoding: "windows-1250", Lost: lostKept, Case: caseLower}},
		{{Encoding: "macintosh", Lost: lostKept}},
		{{Encoding: "ibm437", Lost: lostKept}},
		{{Encoding: "windows-1252", Lost: lostKept}, {Encoding: "windows-1252", Lost: lostDropped}},
	} {
		c := channelOf(layers)
		u := undoer{scratch: newScratch(), c: c, d: c.direct, l: newLattice(embedded{}, c, costEnter)}
		u.l.x.c = c
		for range 20_000 {
			var text []rune
			for range 1 + rng.IntN(9) {
				text = append(text, signs[rng.IntN(len(signs))])
			}
			w, open, ok := c.hints().nextWindow([]byte(string(text)), 0)
			if plain, found := nextWindow([]byte(string(text)), 0); plain != w || found != ok {
				t.Fatalf("%q: window %v, want %v", string(text), w, plain)
			}
			if open || !ok {
				continue
			}
			u.runes, _ = characters([]byte(string(text))[w.start:w.end], nil, nil)
			for i := range u.runes {
				if u.reach(i) > i {
					t.Fatalf("%v: %q at %d of %q is passed over", layers, u.runes[i], i, string(u.runes))
				}
			}
		}
	}
}
