package mojibake

import "github.com/clipmend/clipmend/normalize/plausible"

// A key tells apart the ways to come to a place that differ in what follows.
type key struct {
	at     int32
	broken bool
	hidden bool // the last character shows nothing
	state  plausible.State
}

type node struct {
	key
	best float32 // of the likeliest way here
	fwd  float32 // of all ways here
	bwd  float32 // of all ways from here to the end
	back int32   // the last arc of the likeliest way
}

type arc struct {
	from, to int32
	r        rune
	w        float32
	lost     int8
	decoded  bool
}

// few nodes of a place are found by looking at each of them.
const few = 8

// find returns the node that has k, or -1.
func (l *lattice) find(k key) int32 {
	ids := l.at[k.at]
	for _, id := range ids[:min(few, len(ids))] {
		if l.nodes[id].key == k {
			return id
		}
	}
	if len(ids) <= few {
		return -1
	}
	return l.byKey.find(l.nodes, k)
}

// add comes to the node of k with likelihoods best and fwd.
func (l *lattice) add(k key, best, fwd float32, back int32) int32 {
	id := l.find(k)
	if id < 0 {
		id = int32(len(l.nodes))
		if len(l.at[k.at]) >= few {
			l.byKey.add(l.nodes, k, id)
		}
		l.nodes = append(l.nodes, node{key: k, best: best, fwd: fwd, back: back})
		l.at[k.at] = append(l.at[k.at], id)
		return id
	}
	n := &l.nodes[id]
	if best > n.best {
		n.best, n.back = best, back
	}
	if !l.quick {
		n.fwd = logAdd(n.fwd, fwd)
	}
	return id
}

// link leads from a node to that of k, unless others there are far likelier.
func (l *lattice) link(from int32, k key, a arc) {
	n := &l.nodes[from]
	best, fwd := n.best+a.w, n.fwd+a.w
	top := &l.top[k.at]
	if best < *top-beamDepth {
		return
	}
	*top = max(*top, best)
	l.far = max(l.far, int(k.at))
	id := int32(len(l.arcs))
	a.from = from
	a.to = l.add(k, best, fwd, id)
	l.arcs = append(l.arcs, a)
}

// prune keeps the likeliest nodes at place i, those that may still matter, and
// puts them in order. None matters if what came farther is far likelier already.
func (l *lattice) prune(i int) {
	ids := l.at[i]
	least := l.top[i]
	if i < l.far {
		least = max(least, l.top[l.far])
	}
	if least -= beamDepth; l.top[i] < least {
		l.at[i] = ids[:0]
		return
	}
	if len(ids) < 2 {
		if i == l.far {
			l.sure = i
		}
		return
	}
	width := beamWidth
	if l.narrow(i) {
		width, l.late = narrowWidth, min(l.late, i)
	}
	kept := ids[:0]
	for _, id := range ids {
		best := l.nodes[id].best
		if best < least {
			continue
		}
		k := len(kept)
		for k > 0 && l.nodes[kept[k-1]].best < best {
			k--
		}
		if k == width {
			continue
		}
		if len(kept) < width {
			kept = kept[:len(kept)+1]
		}
		copy(kept[k+1:], kept[k:])
		kept[k] = id
	}
	l.at[i] = kept
}

// narrow reports whether place i stands in a long doubt.
func (l *lattice) narrow(i int) bool { return i-l.sure > longDoubt }
