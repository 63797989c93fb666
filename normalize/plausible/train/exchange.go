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

// An exchanger knows the pairs of characters and the bigrams of classes while
// characters move.
type exchanger struct {
	c             *classing
	a             alphabet
	after, before [][]neighbour // by symbol
	n             [256][256]float64
	left, right   [256]float64
	first, size   map[int]int // by group: its first class, and how many it has
}

// exchange moves characters between the classes of their group, each to where
// the bigrams of classes predict the text best. Characters that came seldom
// stay where they are.
func exchange(c *classing, pairs grams, a alphabet) {
	x := newExchanger(c, pairs, a)
	order := x.movable()
	for range rounds {
		for _, s := range order {
			x.place(s)
		}
	}
}

func newExchanger(c *classing, pairs grams, a alphabet) *exchanger {
	x := &exchanger{
		c: c, a: a, after: make([][]neighbour, len(a.runes)), before: make([][]neighbour, len(a.runes)),
		first: map[int]int{}, size: map[int]int{},
	}
	for i, k := range pairs.keys {
		l, r, count := uint16(k>>16), uint16(k), float64(pairs.counts[i])
		x.after[l] = append(x.after[l], neighbour{r, count})
		x.before[r] = append(x.before[r], neighbour{l, count})
		cl, cr := c.of[a.runes[l]], c.of[a.runes[r]]
		x.n[cl][cr] += count
		x.left[cl] += count
		x.right[cr] += count
	}
	for class, g := range c.groupOf {
		if _, ok := x.first[g]; !ok {
			x.first[g] = class
		}
		x.size[g]++
	}
	return x
}

// movable are the symbols with a choice of classes, the frequent first.
func (x *exchanger) movable() []uint16 {
	const seldom = 8
	var order []uint16
	for s, r := range x.a.runes {
		if g := x.c.groupOf[x.c.of[r]]; s > 1 && x.c.n[r] >= seldom && x.size[g] > 2 {
			order = append(order, uint16(s))
		}
	}
	slices.SortStableFunc(order, func(s, t uint16) int { return cmp.Compare(x.c.n[x.a.runes[t]], x.c.n[x.a.runes[s]]) })
	return order
}

// place moves a symbol to the class where it predicts best.
func (x *exchanger) place(s uint16) {
	r := x.a.runes[s]
	old := x.c.of[r]
	out, sumOut := x.beside(x.after[s], s)
	in, sumIn := x.beside(x.before[s], s)
	move := func(to uint8, sign float64) {
		for k := range 256 {
			x.n[to][k] += sign * out[k]
			x.n[k][to] += sign * in[k]
		}
		x.left[to] += sign * sumOut
		x.right[to] += sign * sumIn
	}
	move(old, -1)
	best, most := old, math.Inf(-1)
	g := x.c.groupOf[old]
	for to := x.first[g]; to < x.first[g]+x.size[g]-1; to++ {
		gain := -xlogx(x.left[to]+sumOut) + xlogx(x.left[to]) - xlogx(x.right[to]+sumIn) + xlogx(x.right[to])
		for k := range 256 {
			if out[k] > 0 {
				gain += xlogx(x.n[to][k]+out[k]) - xlogx(x.n[to][k])
			}
			if in[k] > 0 {
				gain += xlogx(x.n[k][to]+in[k]) - xlogx(x.n[k][to])
			}
		}
		if gain > most {
			best, most = uint8(to), gain
		}
	}
	move(best, 1)
	x.c.of[r] = best
	x.c.size[old]--
	x.c.size[best]++
	x.c.members[old] -= x.c.n[r]
	x.c.members[best] += x.c.n[r]
}

// beside sums the neighbours of a symbol by class, those that are the symbol
// itself in the sum alone.
func (x *exchanger) beside(ns []neighbour, s uint16) (by [256]float64, sum float64) {
	for _, w := range ns {
		if w.symbol != s {
			by[x.c.of[x.a.runes[w.symbol]]] += w.n
		}
		sum += w.n
	}
	return by, sum
}

func xlogx(x float64) float64 {
	if x <= 0 {
		return 0
	}
	return x * math.Log(x)
}
