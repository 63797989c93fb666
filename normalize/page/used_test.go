//go:build unix

package page

import (
	"syscall"
	"testing"
	"time"
)

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
