//go:build !unix

package render_test

import (
	"testing"
	"time"
)

var began = time.Now()

// used is the time since the tests began, where the processor's is not known.
func used(*testing.T) time.Duration { return time.Since(began) }
