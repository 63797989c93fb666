// Package cputime tells how much processor time was used, which other work on
// the machine does not lengthen, and holds tests to bounds of it. Tests and the
// tools that measure import it.
package cputime

import "time"

// Of returns the processor time that f takes, that of the garbage collector
// meanwhile included.
func Of(f func()) time.Duration {
	start := Used()
	f()
	return Used() - start
}

// A reporter is the part of testing.TB that Within needs.
type reporter interface {
	Helper()
	Errorf(format string, args ...any)
}

// Within runs f and reports an error if it took more than limit of processor
// time. Under the race detector the limit is ten times as long.
func Within(t reporter, limit time.Duration, f func()) {
	t.Helper()
	if d := Of(f); d > slowness*limit {
		t.Errorf("took %v of processor time, more than %v", d.Round(time.Millisecond), slowness*limit)
	}
}
