package plausible_test

import (
	"math"
	"testing"

	"github.com/clipmend/clipmend/normalize/plausible"
)

func TestCalibrate(t *testing.T) {
	for _, c := range []struct{ in, lo, hi float64 }{
		{-1, 0, 0}, {0, 0, 0}, {math.NaN(), 0, 0}, {.5, .5, .5}, {1, 1, 1}, {2, 1, 1}, {.98, .92, .95}, {.9996, .99, .998}, {.02, .05, .08},
	} {
		if got := plausible.Calibrate(c.in); got < c.lo || got > c.hi {
			t.Errorf("Calibrate(%v) = %v, want %v–%v", c.in, got, c.lo, c.hi)
		}
	}
}
