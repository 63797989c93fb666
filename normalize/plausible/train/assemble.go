package main

import (
	"maps"
	"math"
	"slices"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// assemble renormalises what was kept, quantises it and writes the asset.
func assemble(es []estimate, l *lower, words []plausible.Word) ([]byte, error) {
	a, c := l.a, l.c
	backs := make([]map[uint64]float64, len(es))
	var logPs, logBacks []float64
	for i, e := range es {
		backs[i] = remainders(e, func(key uint64) float64 {
			if i == 0 {
				return math.Exp(l.logP(key))
			}
			return es[i-1].p[es[i-1].find(tail(key, i+2))]
		})
		for _, p := range e.p {
			logPs = append(logPs, math.Log(p))
		}
		if i > 0 {
			for _, b := range backs[i] {
				logBacks = append(logBacks, b)
			}
		}
	}
	t := &plausible.Tables{Classes: *l.follow, Words: words}
	copy(t.LogP[:], lloyd(logPs, len(t.LogP)))
	copy(t.Backoff[1:], lloyd(logBacks, len(t.Backoff)-1))
	t.Chars = func(r rune) (uint8, float64, float64) {
		back := float64(plausible.Unseen)
		if s, ok := a.of[r]; ok {
			back = backs[0][uint64(s)]
		} else if r == 0 {
			back = backs[0][uint64(start)]
		}
		return c.of[r], c.logMember(r), back
	}
	for i, e := range es {
		for j, k := range e.keys {
			g := plausible.Gram{Code: uint8(nearest(t.LogP[:], math.Log(e.p[j])) * len(t.Backoff))}
			for s := i + 1; s >= 0; s-- {
				g.Runes = append(g.Runes, a.runes[k>>(16*s)&0xFFFF])
			}
			if i+1 < len(es) {
				if b, ok := backs[i+1][k]; ok {
					g.Code += uint8(1 + nearest(t.Backoff[1:], b))
				}
			}
			t.Grams = append(t.Grams, g)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(l.own)) {
		t.Grams = append(t.Grams, plausible.Gram{
			Runes: []rune{a.runes[k>>8], plausible.ClassRune(uint8(k))},
			Code:  uint8(nearest(t.LogP[:], l.own[k]) * len(t.Backoff)),
		})
	}
	return plausible.Build(t)
}

// remainders are, for each context, the logarithm of what its n-grams leave
// over what the order below leaves beside them.
func remainders(e estimate, below func(uint64) float64) map[uint64]float64 {
	m := map[uint64]float64{}
	for i := 0; i < len(e.keys); {
		context, own, low := e.keys[i]>>16, 0.0, 0.0
		for ; i < len(e.keys) && e.keys[i]>>16 == context; i++ {
			own += e.p[i]
			low += below(e.keys[i])
		}
		m[context] = math.Log(max(1-own, 1e-6)) - math.Log(max(1-low, 1e-4))
	}
	return m
}

// lloyd finds n levels that stand for the values with little error.
func lloyd(values []float64, n int) []float32 {
	values = slices.Clone(values)
	slices.Sort(values)
	centres := make([]float64, n)
	for i := range centres {
		centres[i] = values[(2*i+1)*len(values)/(2*n)]
	}
	for range 30 {
		sum, count := make([]float64, n), make([]float64, n)
		at := 0
		for _, v := range values {
			for at+1 < n && math.Abs(v-centres[at+1]) <= math.Abs(v-centres[at]) {
				at++
			}
			sum[at] += v
			count[at]++
		}
		for i := range centres {
			if count[i] > 0 {
				centres[i] = sum[i] / count[i]
			}
		}
		slices.Sort(centres)
	}
	out := make([]float32, n)
	for i, c := range centres {
		out[i] = float32(c)
	}
	return out
}

func nearest(levels []float32, v float64) int {
	best := 0
	for i, l := range levels {
		if math.Abs(float64(l)-v) < math.Abs(float64(levels[best])-v) {
			best = i
		}
	}
	return best
}
