package main

import (
	"cmp"
	"math"
	"slices"
)

// A neighbour is a symbol beside another, and how often.
type neighbour struct {
	symbol uint16
	n      float64
}

// rounds of the exchange; after these hardly a character moves.
const rounds = 4

// exchange moves characters between the classes of their group, each to where
// the bigrams of classes predict the text best. Characters that came seldom
// stay where they are.
func exchange(c *classing, pairs grams, a alphabet) {
	const seldom = 8
	after, before := make([][]neighbour, len(a.runes)), make([][]neighbour, len(a.runes))
	var n [256][256]float64
	var left, right [256]float64
	for i, k := range pairs.keys {
		x, y, count := uint16(k>>16), uint16(k), float64(pairs.counts[i])
		after[x] = append(after[x], neighbour{y, count})
		before[y] = append(before[y], neighbour{x, count})
		cx, cy := c.of[a.runes[x]], c.of[a.runes[y]]
		n[cx][cy] += count
		left[cx] += count
		right[cy] += count
	}
	first, size := map[int]int{}, map[int]int{}
	for class, g := range c.groupOf {
		if _, ok := first[g]; !ok {
			first[g] = class
		}
		size[g]++
	}
	var order []uint16
	for s, r := range a.runes {
		if g := c.groupOf[c.of[r]]; s > 1 && c.n[r] >= seldom && size[g] > 2 {
			order = append(order, uint16(s))
		}
	}
	slices.SortStableFunc(order, func(x, y uint16) int { return cmp.Compare(c.n[a.runes[y]], c.n[a.runes[x]]) })
	for range rounds {
		for _, s := range order {
			r := a.runes[s]
			old := c.of[r]
			g := c.groupOf[old]
			var out, in [256]float64
			sumOut, sumIn := 0.0, 0.0
			for _, w := range after[s] {
				if w.symbol != s {
					out[c.of[a.runes[w.symbol]]] += w.n
				}
				sumOut += w.n
			}
			for _, w := range before[s] {
				if w.symbol != s {
					in[c.of[a.runes[w.symbol]]] += w.n
				}
				sumIn += w.n
			}
			move := func(to uint8, sign float64) {
				for k := range 256 {
					n[to][k] += sign * out[k]
					n[k][to] += sign * in[k]
				}
				left[to] += sign * sumOut
				right[to] += sign * sumIn
			}
			move(old, -1)
			best, most := old, math.Inf(-1)
			for to := first[g]; to < first[g]+size[g]-1; to++ {
				gain := -xlogx(left[to]+sumOut) + xlogx(left[to]) - xlogx(right[to]+sumIn) + xlogx(right[to])
				for k := range 256 {
					if out[k] > 0 {
						gain += xlogx(n[to][k]+out[k]) - xlogx(n[to][k])
					}
					if in[k] > 0 {
						gain += xlogx(n[k][to]+in[k]) - xlogx(n[k][to])
					}
				}
				if gain > most {
					best, most = uint8(to), gain
				}
			}
			move(best, 1)
			c.of[r] = best
			c.size[old]--
			c.size[best]++
			c.members[old] -= c.n[r]
			c.members[best] += c.n[r]
		}
	}
}

func xlogx(x float64) float64 {
	if x <= 0 {
		return 0
	}
	return x * math.Log(x)
}
