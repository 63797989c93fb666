package mojibake

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// Shares add up to no more than 1, in the order of the likelihoods.
func TestShares(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		rest, last := 1.0, 1.0
		var ps []float64
		for range 1 + r.IntN(6) {
			p := min(last, rest*r.Float64())
			ps, rest, last = append(ps, p), rest-p, p
		}
		first := plausible.Calibrate(ps[0])
		sum, before := first, first
		for i, s := range shares(first, ps[0], ps[1:]) {
			if s > before+1e-9 || s < 0 {
				t.Fatalf("%v: share %d is %v after %v", ps, i, s, before)
			}
			sum, before = sum+s, s
		}
		if sum > 1+1e-9 {
			t.Fatalf("%v: sum %v", ps, sum)
		}
	}
}

// The readings of a place are right together no more often than always.
func TestAlternativesAddUp(t *testing.T) {
	for _, text := range []string{brokenFrench, "Notes on â€œå…³äºŽé\u0090\u009béš™", strings.Repeat("ð’ðµ ã€Šã€", 3), "中文æ–‡ä»¶å¤¹å’Œæ–‡æ¡£"} {
		for _, rep := range Fix([]byte(strings.NewReplacer("\u0090", "", "\u009d", "").Replace(text)), Options{}).Repairs {
			sum := rep.Confidence
			for _, a := range rep.Alternatives {
				sum += a.Confidence
			}
			if sum > 1+1e-9 {
				t.Errorf("%q to %q: %v with %v", rep.Was, rep.Now, sum, rep.Alternatives)
			}
		}
	}
}
