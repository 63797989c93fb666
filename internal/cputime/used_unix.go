//go:build unix

package cputime

import (
	"syscall"
	"time"
)

// Used returns the processor time that the process has used, 0 if the system
// does not say.
func Used() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
