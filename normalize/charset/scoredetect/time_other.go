//go:build !unix

package main

import "time"

var begin = time.Now()

// processorTime returns the time since the program began, for want of better.
func processorTime() time.Duration { return time.Since(begin) }
