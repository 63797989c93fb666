package plausible

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
)

// Codes of a fixed set of symbols, the frequent ones shorter, none longer than
// maxLength bits. The lengths tell the codes: those of a length are consecutive,
// in the order of their symbols.
const (
	maxLength  = 9
	numSymbols = 256 + 8
)

// lengths are those of the codes of each symbol, 0 for one that has none.
type lengths []uint8

// codeLengths finds how long the code of each symbol is, by how often it comes.
func codeLengths(count []int) lengths {
	type node struct{ weight, left, right int } // below len(count) a symbol
	for shift := 0; ; shift++ {
		var nodes []node
		var open []int // indices of nodes without a parent
		for s, n := range count {
			nodes = append(nodes, node{weight: (n + 1<<shift - 1) >> shift})
			if n > 0 {
				open = append(open, s)
			}
		}
		for len(open) > 1 {
			slices.SortStableFunc(open, func(x, y int) int { return cmp.Compare(nodes[y].weight, nodes[x].weight) })
			x, y := open[len(open)-1], open[len(open)-2]
			nodes = append(nodes, node{nodes[x].weight + nodes[y].weight, x, y})
			open = append(open[:len(open)-2], len(nodes)-1)
		}
		l := make(lengths, len(count))
		longest := 0
		var walk func(at, depth int)
		walk = func(at, depth int) {
			if at < len(count) {
				l[at] = uint8(max(depth, 1))
				longest = max(longest, depth)
				return
			}
			walk(nodes[at].left, depth+1)
			walk(nodes[at].right, depth+1)
		}
		for _, root := range open {
			walk(root, 0)
		}
		if longest <= maxLength {
			return l
		}
	}
}

// codes gives each symbol its code, the first bit lowest.
func (l lengths) codes() []uint16 {
	code := make([]uint16, len(l))
	next := uint16(0)
	for n := uint8(1); n <= maxLength; n++ {
		for s := range l {
			if l[s] == n {
				code[s] = bits.Reverse16(next) >> (16 - n)
				next++
			}
		}
		next <<= 1
	}
	return code
}

// A decoder has, for every maxLength bits, the code that they begin with; 0 if
// they begin with none.
type decoder [1 << maxLength]code

// A code is a symbol times 16, and its length.
type code uint16

func (c code) symbol() byte { return byte(c >> 4) }
func (c code) length() uint { return uint(c & 15) }

// at returns the code that the lowest bits of x are.
func (d *decoder) at(x uint64) code { return d[x&(1<<maxLength-1)] }

// decoder fills an empty d and reports whether the lengths are those of codes.
func (l lengths) decoder(d *decoder) bool {
	room := 1 << maxLength
	for _, n := range l {
		if n > maxLength {
			return false
		}
		if n > 0 {
			room -= 1 << (maxLength - n)
		}
	}
	if room < 0 {
		return false
	}
	for s, c := range l.codes() {
		if l[s] == 0 {
			continue
		}
		for at := int(c); at < len(d); at += 1 << l[s] {
			d[at] = code(s<<4) | code(l[s])
		}
	}
	return true
}

// A bitWriter writes the lowest bits first.
type bitWriter struct {
	b    []byte
	held uint64
	n    uint
}

func (w *bitWriter) put(x uint64, n uint) {
	w.held |= x << w.n
	for w.n += n; w.n >= 8; w.n -= 8 {
		w.b = append(w.b, byte(w.held))
		w.held >>= 8
	}
}

// slack is how many bytes follow the bits of a stream, so that a few can be read
// at once and the end be looked for after.
const slack = 32

func (w *bitWriter) bytes() []byte { return append(w.whole(), make([]byte, slack)...) }

// whole returns the bits, with as many more as fill a byte.
func (w *bitWriter) whole() []byte {
	if w.n == 0 {
		return w.b
	}
	return append(w.b, byte(w.held))
}

// peek returns at least 57 bits from the bit at, which must be eight bytes before the
// end of b.
func peek(b []byte, at uint) uint64 { return binary.LittleEndian.Uint64(b[at>>3:]) >> (at & 7) }
