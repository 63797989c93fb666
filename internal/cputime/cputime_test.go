package cputime

import (
	"testing"
	"time"
)

// A notes is told of errors.
type notes struct{ failed bool }

func (*notes) Helper()                 {}
func (n *notes) Errorf(string, ...any) { n.failed = true }

func TestWithin(t *testing.T) {
	for _, c := range []struct {
		limit  time.Duration
		failed bool
	}{{time.Hour, false}, {time.Microsecond, true}} {
		var got notes
		Within(&got, c.limit, func() {
			for start := Used(); Used()-start < 20*time.Millisecond; {
			}
		})
		if got.failed != c.failed {
			t.Errorf("limit %v: failed is %v", c.limit, got.failed)
		}
	}
}
