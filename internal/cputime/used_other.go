//go:build !unix

package cputime

import "time"

var started = time.Now()

// Used returns the time since the process began: the nearest that these systems
// tell without more ado.
func Used() time.Duration { return time.Since(started) }
