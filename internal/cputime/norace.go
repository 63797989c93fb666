//go:build !race

package cputime

const slowness = 1
