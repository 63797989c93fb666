package cputime

import (
	"testing"
	"time"
)

// A tb notes whether it was told of an error.
type tb struct {
	testing.TB
	failed bool
}

func (t *tb) Helper()               {}
func (t *tb) Errorf(string, ...any) { t.failed = true }

func TestWithin(t *testing.T) {
	for _, c := range []struct {
		limit  time.Duration
		failed bool
	}{{time.Hour, false}, {time.Microsecond, true}} {
		got := &tb{TB: t}
		Within(got, c.limit, func() {
			for start := Used(t); Used(t)-start < 20*time.Millisecond; {
			}
		})
		if got.failed != c.failed {
			t.Errorf("limit %v: failed is %v", c.limit, got.failed)
		}
	}
}
