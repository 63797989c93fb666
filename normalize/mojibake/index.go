package mojibake

// An index finds nodes by their keys where a place has many: a hash table that is
// emptied in no time.
type index struct {
	slots []slot
	n     int
	turn  uint32 // slots of other turns are empty
}

type slot struct {
	turn uint32
	id   int32
}

func (x *index) reset() {
	x.n = 0
	if x.turn++; x.turn == 0 {
		clear(x.slots)
		x.turn = 1
	}
}

// find returns the node that has k, or -1.
func (x *index) find(nodes []node, k key) int32 {
	if x.n == 0 {
		return -1
	}
	mask := uint32(len(x.slots) - 1)
	for i := k.hash() & mask; x.slots[i].turn == x.turn; i = (i + 1) & mask {
		if id := x.slots[i].id; nodes[id].key == k {
			return id
		}
	}
	return -1
}

// add enters the node id, which has k and is none of those that x has.
func (x *index) add(nodes []node, k key, id int32) {
	if 2*(x.n+1) > len(x.slots) {
		x.grow(nodes)
	}
	x.put(k, id)
	x.n++
}

func (x *index) put(k key, id int32) {
	mask := uint32(len(x.slots) - 1)
	i := k.hash() & mask
	for x.slots[i].turn == x.turn {
		i = (i + 1) & mask
	}
	x.slots[i] = slot{x.turn, id}
}

func (x *index) grow(nodes []node) {
	old := x.slots
	x.slots = make([]slot, max(256, 2*len(old)))
	x.turn = max(1, x.turn)
	for _, s := range old {
		if s.turn == x.turn {
			x.put(nodes[s.id].key, s.id)
		}
	}
}

func (k key) hash() uint32 {
	h := k.state.Hash() ^ uint64(k.at)<<1
	if k.broken {
		h ^= 1
	}
	if k.hidden {
		h ^= 1 << 40
	}
	h *= 0xFF51_AFD7_ED55_8CCD
	return uint32(h >> 32)
}
