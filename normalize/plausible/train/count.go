package main

import (
	"runtime"
	"slices"
)

// Symbols stand for characters while counting: 16 bits each, so that four make
// a key. The first two are special.
const (
	start  uint16 = 0 // before the first character of a line; rune 0 in the model
	gap    uint16 = 1 // a character too rare to count, or the edge of a word
	orders        = 4
)

// An alphabet numbers the characters that the texts have more than once.
type alphabet struct {
	of    map[rune]uint16
	runes []rune
}

func newAlphabet(seen map[rune]int) alphabet {
	a := alphabet{of: map[rune]uint16{}, runes: []rune{0, 0}}
	var rs []rune
	for r, n := range seen {
		if n > 1 {
			rs = append(rs, r)
		}
	}
	slices.Sort(rs)
	for _, r := range rs[:min(len(rs), 1<<16-2)] {
		a.of[r] = uint16(len(a.runes))
		a.runes = append(a.runes, r)
	}
	return a
}

// grams are n-grams of one order: keys in order with how often each came.
type grams struct {
	keys   []uint64
	counts []uint32
}

// count counts the n-grams of an order in a stream of symbols, dropping those
// that came fewer than least times. Each context's figures are of all of them.
func count(stream []uint16, order, least int) (grams, contexts) {
	keys := make([]uint64, 0, len(stream))
	for i := order - 1; i < len(stream); i++ {
		window := stream[i-order+1 : i+1]
		if slices.Contains(window, gap) || slices.Contains(window[1:], start) {
			continue
		}
		var k uint64
		for _, s := range window {
			k = k<<16 | uint64(s)
		}
		keys = append(keys, k)
	}
	keys = radixSort(keys, order)
	var g grams
	var c contexts
	for i := 0; i < len(keys); {
		j := i + 1
		for j < len(keys) && keys[j] == keys[i] {
			j++
		}
		c.add(keys[i]>>16, j-i)
		if j-i >= least {
			g.keys = append(g.keys, keys[i])
			g.counts = append(g.counts, uint32(j-i))
		}
		i = j
	}
	runtime.GC()
	return g, c
}

// radixSort sorts by the lower 16 bits first; it may use keys as scratch space.
func radixSort(keys []uint64, symbols int) []uint64 {
	out := make([]uint64, len(keys))
	for d := range symbols {
		var at [1<<16 + 1]int
		for _, k := range keys {
			at[k>>(16*d)&0xFFFF+1]++
		}
		for i := 1; i < len(at); i++ {
			at[i] += at[i-1]
		}
		for _, k := range keys {
			p := &at[k>>(16*d)&0xFFFF]
			out[*p] = k
			*p++
		}
		keys, out = out, keys
	}
	return keys
}

// A context is what follows some characters: how much, and how many n-grams
// came once, twice, three times and more often.
type context struct {
	key   uint64
	total int
	kinds [3]int
}

// contexts are in order of their keys.
type contexts struct{ list []context }

func (c *contexts) add(key uint64, n int) {
	if len(c.list) == 0 || c.list[len(c.list)-1].key != key {
		c.list = append(c.list, context{key: key})
	}
	last := &c.list[len(c.list)-1]
	last.total += n
	last.kinds[min(n, 3)-1]++
}
