//go:build unix

package annotate

import (
	"syscall"
	"testing"
	"time"
)

// TestLinear holds that eight times the text takes about eight times
// as long: what is quadratic takes sixty-four times.
func TestLinear(t *testing.T) {
	const small, times, most = 20_000, 8, 30
	for name, make := range hostile {
		t.Run(name, func(t *testing.T) {
			a, b := fastest(t, []byte(make(small))), fastest(t, []byte(make(small*times)))
			if a = max(a, 2*time.Millisecond); b > most*a {
				t.Errorf("%v for %d bytes, %v for %d", a, small, b, small*times)
			}
		})
	}
}

func fastest(t *testing.T, body []byte) time.Duration {
	best := time.Hour
	for range 3 {
		start := used(t)
		Annotate(body, Options{})
		best = min(best, used(t)-start)
	}
	return best
}

// used is the processor time of the process, which other work on the machine
// does not lengthen.
func used(t *testing.T) time.Duration {
	t.Helper()
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		t.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
