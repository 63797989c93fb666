//go:build race

package cputime

// slowness is how much longer code takes under the race detector.
const slowness = 10
