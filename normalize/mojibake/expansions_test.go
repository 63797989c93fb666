package mojibake

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Options that are remembered are those that would be found.
func TestExpansions(t *testing.T) {
	shreds := []string{
		"ÃÂµÃ‘â", "Ã\u00a0Â¯Ã\u00a0", "Ãâ€žÃŽ", "â˜ƒï¸", "Ã¢Å¡ Ã¯Â¸Â", "Ã‘â€šÃÂµ", "ãã¾", "ðŸ˜€",
		"Ã", "Â", "â€", "¯", "ã", "Ã£", "â¤", "ï", "¸", "\u00a0", " ", "\n", "a", ".", ",", "?", "�", "\u0090",
	}
	random := rand.New(rand.NewPCG(1, 1))
	for _, lost := range []string{lostDropped, lostKept, lostReplaced, lostQuestion} {
		for depth := range 3 {
			c := newChannel(slices.Repeat([]Layer{{Encoding: webDefault, Lost: lost}}, depth+1))
			remembers, forgets := expander{c: c, known: new(expansions)}, expander{c: c}
			remembers.known.forget()
			for range 2000 {
				var text []rune
				for range 1 + random.IntN(8) {
					text = append(text, []rune(shreds[random.IntN(len(shreds))])...)
				}
				remembers.text, forgets.text = text, text
				for i := range text {
					if got, want := remembers.at(i), forgets.at(i); !slices.Equal(got, want) {
						t.Fatalf("%d times, %s: place %d of %q may be %v; when it was read before, %v", depth+1, lost, i, string(text), want, got)
					}
				}
			}
		}
	}
}
