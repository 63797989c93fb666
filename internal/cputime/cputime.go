// Package cputime holds tests to bounds of processor time, which other work on
// the machine does not lengthen. Only tests import it.
package cputime

import (
	"testing"
	"time"
)

// Within runs f and reports an error if it took more than limit of this
// process's processor time, that of the garbage collector included. Under the
// race detector the limit is ten times as long.
func Within(t testing.TB, limit time.Duration, f func()) {
	t.Helper()
	start := Used(t)
	f()
	if d := Used(t) - start; d > slowness*limit {
		t.Errorf("took %v of processor time, more than %v", d.Round(time.Millisecond), slowness*limit)
	}
}
