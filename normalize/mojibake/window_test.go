package mojibake

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// A window ends where so many characters of ASCII follow, wherever in the text they stand,
// and where its characters are counted to the last.
func TestWindowEnds(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	parts := []string{"a", "bcd", "efghi", "jklmno", "pqrstuv", "я", "при", "é", "本", "\xff", "\xd0", "𝒳"}
	for range 100_000 {
		var b strings.Builder
		for range rng.IntN(20) {
			b.WriteString(parts[rng.IntN(len(parts))])
		}
		text := []byte(b.String())
		most := 1 + rng.IntN(60)
		first := indexWild(text, 0)
		got, ok := windowOf(text, 0, most)
		if ok != (first >= 0) {
			t.Fatalf("%q: %v", text, ok)
		}
		if !ok {
			continue
		}
		last, n := first, 0
		for last < len(text) && n < most {
			last += sizeAt(text, last)
			n++
			more := indexWild(text[:min(len(text), last+windowGap)], last)
			if more < 0 {
				break
			}
			n += more - last
			last = more
		}
		if want := padded(text, 0, first, last); got != want {
			t.Fatalf("%q, at most %d: %v, want %v", text, most, got, want)
		}
	}
}
