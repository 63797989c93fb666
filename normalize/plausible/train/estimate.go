package main

import (
	"cmp"
	"math"
	"slices"
)

// An estimate is the model of one order before pruning.
type estimate struct {
	grams
	p     []float64 // probability, interpolated with the lower orders
	worth []float64 // what the model loses without the n-gram, in nats
}

// lambdas are what a context leaves to the order below.
func discounts(c contexts) [3]float64 {
	var n [4]float64
	for _, x := range c.list {
		n[0] += float64(x.kinds[0])
		n[1] += float64(x.kinds[1])
		n[2] += float64(x.kinds[2])
	}
	y := n[0] / max(1, n[0]+2*n[1])
	return [3]float64{y, min(1.6, 2*y+.3), min(2.2, 3*y+.3)}
}

// estimateOrder gives each n-gram its probability: the count less a discount,
// plus the share of the discounts by what the order below says.
func estimateOrder(g grams, c contexts, below func(key uint64) float64) estimate {
	e := estimate{grams: g, p: make([]float64, len(g.keys)), worth: make([]float64, len(g.keys))}
	d := discounts(c)
	at := 0
	for i, k := range g.keys {
		for c.list[at].key != k>>16 {
			at++
		}
		x := c.list[at]
		n := float64(g.counts[i])
		lambda := (d[0]*float64(x.kinds[0]) + d[1]*float64(x.kinds[1]) + d[2]*float64(x.kinds[2])) / float64(x.total)
		lambda = min(max(lambda, 1e-5), 1)
		low := lambda * below(k)
		e.p[i] = max(n-d[min(g.counts[i], 3)-1], 0)/float64(x.total) + low
		e.p[i] = min(e.p[i], .9999)
		e.worth[i] = n * (math.Log(e.p[i]) - math.Log(low))
	}
	return e
}

// find returns the place of a key, or -1.
func (g *grams) find(key uint64) int {
	if i, ok := slices.BinarySearch(g.keys, key); ok {
		return i
	}
	return -1
}

// tail drops the oldest character of a key of the given order.
func tail(key uint64, order int) uint64 { return key & (1<<(16*(order-1)) - 1) }

// prune keeps the n-grams that are worth most, with those that they need: an
// n-gram is not kept without its context and the n-gram of the order below.
func prune(es []estimate, capacity int) []grams {
	var all []float64
	for i := len(es) - 1; i > 0; i-- {
		for j, k := range es[i].keys {
			w := es[i].worth[j]
			for _, need := range []uint64{k >> 16, tail(k, i+2)} {
				if at := es[i-1].find(need); at >= 0 {
					es[i-1].worth[at] = max(es[i-1].worth[at], w)
				} else {
					es[i].worth[j] = -1
				}
			}
		}
	}
	for _, e := range es {
		all = append(all, e.worth...)
	}
	slices.SortFunc(all, func(a, b float64) int { return cmp.Compare(b, a) })
	least := 0.0
	if len(all) > capacity {
		least = all[capacity]
	}
	var kept []grams
	for i := range es {
		var g grams
		var p []float64
		for j, k := range es[i].keys {
			if es[i].worth[j] > least {
				g.keys = append(g.keys, k)
				g.counts = append(g.counts, es[i].counts[j])
				p = append(p, es[i].p[j])
			}
		}
		es[i].p, es[i].worth = p, nil
		es[i].grams = g
		kept = append(kept, g)
	}
	return kept
}
