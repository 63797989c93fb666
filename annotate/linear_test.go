package annotate

import (
	"testing"
	"time"

	"github.com/clipmend/clipmend/internal/cputime"
)

// TestLinear holds that eight times the text takes about eight times
// as long: what is quadratic takes sixty-four times.
func TestLinear(t *testing.T) {
	const small, times, most = 20_000, 8, 30
	for name, make := range hostile {
		t.Run(name, func(t *testing.T) {
			a, b := fastest([]byte(make(small))), fastest([]byte(make(small*times)))
			if a = max(a, 2*time.Millisecond); b > most*a {
				t.Errorf("%v for %d bytes, %v for %d", a, small, b, small*times)
			}
		})
	}
}

func fastest(body []byte) time.Duration {
	best := time.Hour
	for range 3 {
		best = min(best, cputime.Of(func() { Annotate(body, Options{}) }))
	}
	return best
}
