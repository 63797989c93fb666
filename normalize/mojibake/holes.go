package mojibake

import (
	"math/bits"
	"slices"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// A holeReader reads UTF-8 that an encoding of the East was taken for, and of which a decoder gave
// up bytes.
type holeReader struct {
	m       scorer
	x       items
	next    rune // what stands behind the items, 0 if that is not known
	dropped bool // bytes that were given up left nothing
	nodes   []holeNode
	at      [][]int32 // nodes at each item, and at the end, the likeliest first
	out     []holeOption
	w       []float32         // how likely they are, less what they cost, after a node
	seq     [utf8.UTFMax]byte // of the character at hand
	gone    [utf8.UTFMax]bool // which of them were lost
	path    []int32           // nodes of the likeliest reading
}

// A holeOption is a character that may begin at an item, and where it ends.
type holeOption struct {
	r    rune
	end  int32
	lost int8 // bytes
}

// A holeNode is a way to an item, by the character that was read last.
type holeNode struct {
	holeOption
	back  int32
	sum   float32 // nats
	state plausible.State
}

// Bounds of a reading with holes.
const (
	holeBeam       = 8
	againBeam      = 32 // the same between two bytes with one mark, which do not go together as they like
	holeDepth      = 8  // nats
	costHole       = 2  // nats, for each byte that was given up
	maxHoleOptions = 1 << 13
	maxHoles       = 2 // of a character of which a byte is left
)

// firstOfFew are the bytes from 0xC0 on that begin a character of two or three.
const firstOfFew = 1<<0x30 - 1<<2

// read finds the likeliest reading of the items; false if they are no UTF-8 whatever they lost.
func (h *holeReader) read() bool {
	n := len(h.x.all)
	h.nodes = append(h.nodes[:0], holeNode{back: -1})
	h.at = make([][]int32, n+1)
	h.at[0] = []int32{0}
	far := 0
	for i := range n {
		if len(h.at[i]) > 0 {
			far = max(far, h.step(int32(i)))
		} else if i > far {
			return false
		}
	}
	if len(h.at[n]) == 0 {
		return false
	}
	best := h.at[n][0]
	for _, id := range h.at[n] {
		h.nodes[id].sum += h.ending(h.nodes[id].state)
		if h.nodes[id].sum > h.nodes[best].sum {
			best = id
		}
	}
	h.path = h.path[:0]
	for id := best; id > 0; id = h.nodes[id].back {
		h.path = append(h.path, id)
	}
	slices.Reverse(h.path)
	return true
}

// ending returns how likely what stands behind the items is after s.
func (h *holeReader) ending(s plausible.State) float32 {
	if h.next == 0 {
		return 0
	}
	w, _ := h.m.Step(s, h.next)
	return w
}

// step goes on from the nodes at an item, and returns the farthest item that it comes to.
func (h *holeReader) step(at int32) (far int) {
	h.options(at)
	for n, id := range h.at[at] {
		from := h.nodes[id]
		h.w = h.w[:0]
		for _, o := range h.out {
			w, s := h.m.Step(from.state, o.r)
			cost := o.cost()
			h.w = append(h.w, w-cost)
			if h.x.all[at].again && !h.joins(id, o.r) {
				continue
			}
			h.add(holeNode{holeOption: o, back: id, sum: from.sum + w - cost, state: s})
			far = max(far, int(o.end))
		}
		if n == 0 && len(h.out) > fewOptions {
			h.keepHopeful()
		}
	}
	return far
}

// joins reports whether the last byte of node id and the first of r, for which one mark stands, are
// no pair.
func (h *holeReader) joins(id int32, r rune) bool {
	last, first := string(h.nodes[id].r), string(r)
	return h.x.pairs.refuses(last[len(last)-1], first[0])
}

// keepHopeful drops the options that are far behind others after the likeliest node, so that they
// are not asked about after the others.
func (h *holeReader) keepHopeful() {
	best := slices.Max(h.w)
	kept := h.out[:0]
	for i, o := range h.out {
		if h.w[i] >= best-holeDepth-behindAll {
			kept = append(kept, o)
		}
	}
	h.out = kept
}

// cost is how much rarer o is, in nats, than the model says.
func (o holeOption) cost() float32 {
	if o.r < utf8.RuneSelf {
		return 0
	}
	return rarity(o.r) + costHole*float32(o.lost)
}

// add enters n among the likeliest nodes where it ends, one of each state.
func (h *holeReader) add(n holeNode) {
	ids := h.at[n.end]
	beam := holeBeam
	if int(n.end) < len(h.x.all) && h.x.all[n.end].again {
		beam = againBeam
	}
	if len(ids) > 0 && n.sum < h.nodes[ids[0]].sum-holeDepth {
		return
	}
	if i := slices.IndexFunc(ids, func(id int32) bool { return h.nodes[id].state == n.state }); i >= 0 {
		if h.nodes[ids[i]].sum >= n.sum {
			return
		}
		ids = slices.Delete(ids, i, i+1)
	}
	i := len(ids)
	for i > 0 && h.nodes[ids[i-1]].sum < n.sum {
		i--
	}
	if i < beam {
		ids = slices.Insert(ids, i, int32(len(h.nodes)))
		h.nodes = append(h.nodes, n)
	}
	h.at[n.end] = ids[:min(len(ids), beam)]
}

// options finds the characters that may begin at an item.
func (h *holeReader) options(at int32) {
	h.out = h.out[:0]
	switch it := h.x.all[at]; {
	case it.mark:
		if end := h.x.skip(at + 1); !it.again {
			h.out = append(h.out, holeOption{r: replacement, end: end})
		}
		h.guess(at+1, 0, 0, 0)
	case it.b < utf8.RuneSelf:
		h.out = append(h.out, holeOption{r: rune(it.b), end: at + 1})
		if it.b == '?' && !h.dropped && h.goesOn(at+1) {
			h.guess(at+1, 0, 0, 0)
		}
	case leads(it.b):
		h.seq[0], h.gone[0] = it.b, false
		h.fill(at+1, 1, utf8Len(it.b), 0)
	}
}

// goesOn reports whether an item may be what a character goes on with of which the first byte
// became a question mark.
func (h *holeReader) goesOn(at int32) bool {
	if int(at) == len(h.x.all) {
		return false
	}
	it := h.x.all[at]
	return it.marks() || it.b&0xC0 == 0x80
}

// fill goes on at an item with a character of size bytes, of which there are n, and some were lost.
func (h *holeReader) fill(at int32, n, size int, lost int8) {
	if len(h.out) >= maxHoleOptions {
		return
	}
	if next := h.x.skip(at); next > at && h.gone[n-1] && h.x.alone(at, h.seq[n-1]) {
		h.fill(next, n, size, lost)
	}
	if n == size {
		if r, k := utf8.DecodeRune(h.seq[:n]); k == n && (lost == 0 || rarity(r) < noCharacter) {
			h.out = append(h.out, holeOption{r, at, lost})
		}
		return
	}
	if int(at) == len(h.x.all) {
		h.guessUnseen(at, n, size, lost)
		return
	}
	it := h.x.all[at]
	switch {
	case h.dropped && it.first:
		h.guessUnseen(at, n, size, lost)
	case it.mark || it.b == '?' && !h.dropped:
		h.guess(at+1, n, size, lost)
		return
	}
	if it.b&0xC0 == 0x80 {
		h.seq[n], h.gone[n] = it.b, false
		h.fill(at+1, n+1, size, lost)
	}
}

// guess is fill for a byte that was lost before an item, and left a mark.
func (h *holeReader) guess(at int32, n, size int, lost int8) {
	if n == 0 {
		for set := h.x.standsFor(at - 1)[1] & firstOfFew; set != 0; set &= set - 1 {
			b := byte(0xC0 + bits.TrailingZeros64(set))
			h.seq[0], h.gone[0] = b, true
			h.fill(at, 1, utf8Len(b), 1)
		}
		return
	}
	if lost == maxHoles && int(lost) < n {
		return
	}
	for set := h.x.standsFor(at - 1)[0]; set != 0; set &= set - 1 {
		b := byte(0x80 + bits.TrailingZeros64(set))
		if h.gone[n-1] && !h.x.pairs.refusedBefore(b).has(h.seq[n-1]) {
			continue
		}
		h.seq[n], h.gone[n] = b, true
		h.fill(at, n+1, size, lost+1)
	}
}

// guessUnseen is fill for a byte, or two, that were lost before an item and left nothing.
func (h *holeReader) guessUnseen(at int32, n, size int, lost int8) {
	if h.gone[n-1] || lost == maxHoles {
		return
	}
	for set := h.x.gaveUp(at)[0]; set != 0; set &= set - 1 {
		b := byte(0x80 + bits.TrailingZeros64(set))
		h.seq[n], h.gone[n] = b, true
		h.fill(at, n+1, size, lost+1)
		if n+2 > size || lost+2 > maxHoles {
			continue
		}
		for before := h.x.pairs.refusedBefore(b)[0]; before != 0; before &= before - 1 {
			h.seq[n], h.gone[n] = byte(0x80+bits.TrailingZeros64(before)), true
			h.seq[n+1], h.gone[n+1] = b, true
			h.fill(at, n+2, size, lost+2)
		}
	}
}
