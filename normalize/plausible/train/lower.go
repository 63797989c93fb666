package main

import (
	"cmp"
	"math"
	"slices"
)

// A lower level says what follows a character by classes. It is asked only
// where no n-gram answers.
type lower struct {
	c      *classing
	a      alphabet
	follow *[256][256]float64 // log P(class | class before)
	own    map[uint64]float64 // log P(class | character before), where that differs; by the symbol before << 8 | class
}

// A tally is how often pairs of symbols came, as far as they count here.
type tally struct {
	keys []uint64
	n    []float64
}

// logP is that of the pair of symbols in key.
func (l *lower) logP(key uint64) float64 {
	x, y := l.a.runes[key>>16&0xFFFF], l.a.runes[key&0xFFFF]
	p, ok := l.own[key>>16&0xFFFF<<8|uint64(l.c.of[y])]
	if !ok {
		p = l.follow[l.c.of[x]][l.c.of[y]]
	}
	return p + l.c.logMember(y)
}

// all tallies every pair as often as it came.
func all(pairs grams) tally { return tallied(pairs, 1) }

// flattened tallies pairs by a power of how often they came: the lower level is
// asked about those that are not known, which the frequent ones tell less about
// than their number says.
func flattened(pairs grams) tally { return tallied(pairs, .6) }

func tallied(pairs grams, power float64) tally {
	t := tally{keys: pairs.keys, n: make([]float64, len(pairs.keys))}
	for i, n := range pairs.counts {
		t.n[i] = math.Pow(float64(n), power)
	}
	return t
}

// newLower counts which class follows which.
func newLower(c *classing, a alphabet, t tally) *lower {
	l := &lower{c: c, a: a, follow: new([256][256]float64)}
	n := &[256][256]float64{}
	for i, k := range t.keys {
		n[c.of[a.runes[k>>16]]][c.of[a.runes[k&0xFFFF]]] += t.n[i]
	}
	var total, every [256]float64
	sum := 0.0
	for x := range n {
		for y := range n[x] {
			total[x] += n[x][y]
			every[y] += n[x][y]
			sum += n[x][y]
		}
	}
	const prior = 200 // how many sightings the shares of the classes weigh
	for x := range n {
		for y := range n[x] {
			share := (every[y] + 1) / (sum + 256)
			l.follow[x][y] = math.Log((n[x][y] + prior*share) / (total[x] + prior))
		}
	}
	return l
}

// specials is the percentage of the places that what Han has of its own takes.
const specials = 6

// specialise finds the Han that other Han follow than their class tells, the
// most telling pairs of character and class first. In other scripts n-grams say
// more in the same space.
func (l *lower) specialise(t tally, capacity int) {
	type special struct {
		key         uint64
		logP, worth float64
	}
	var found []special
	han := slices.IndexFunc(groups(), func(g group) bool { return g.name == "han" })
	for i := 0; i < len(t.keys); {
		x := t.keys[i] >> 16
		var n [256]float64
		total := 0.0
		for ; i < len(t.keys) && t.keys[i]>>16 == x; i++ {
			n[l.c.of[l.a.runes[t.keys[i]&0xFFFF]]] += t.n[i]
			total += t.n[i]
		}
		const prior = 20
		before := l.c.of[l.a.runes[x]]
		if l.c.groupOf[before] != han {
			continue
		}
		for y, logP := range l.follow[before][:len(l.c.groupOf)] {
			if l.c.groupOf[y] != han {
				continue
			}
			expected := math.Exp(logP)
			p := (n[y] + prior*expected) / (total + prior)
			worth := total * math.Abs(p-expected) * math.Abs(math.Log(p)-logP)
			found = append(found, special{x<<8 | uint64(y), math.Log(p), worth})
		}
	}
	slices.SortFunc(found, func(x, y special) int { return cmp.Or(cmp.Compare(y.worth, x.worth), cmp.Compare(x.key, y.key)) })
	l.own = map[uint64]float64{}
	for _, s := range found[:min(len(found), capacity)] {
		l.own[s.key] = s.logP
	}
}
