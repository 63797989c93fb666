package content

import (
	"golang.org/x/net/html"
)

// Root is the body, as an element that Prune has cut down.
func (x *Index) Root() *html.Node { return x.body }

// Prune takes everything out of the tree but the blocks that are kept, the
// boxes around them, and the pictures among them. Keep has a value for each
// block.
func (x *Index) Prune(keep []bool) {
	kept := x.keptWords(keep)
	needed := make([]bool, len(x.boxes))
	need := func(i int32) {
		for ; i >= 0 && !needed[i]; i = x.boxes[i].parent {
			needed[i] = true
		}
	}
	for i := range x.Blocks {
		if keep[i] {
			need(x.Blocks[i].box)
		}
	}
	for _, m := range x.media {
		if x.pinnedAbove(m.node) || x.pinned == nil && x.surrounded(m, kept) {
			need(m.box)
		} else {
			remove(m.node)
		}
	}
	for i := range x.boxes {
		if p := x.boxes[i].parent; !needed[i] && p >= 0 && needed[p] {
			remove(x.boxes[i].node)
		}
	}
	for i := range x.Blocks {
		b := &x.Blocks[i]
		if keep[i] || !needed[b.box] {
			continue
		}
		for _, t := range x.texts[b.from:b.to] {
			removeUpTo(t, x.boxes[b.box].node)
		}
	}
}

func (x *Index) pinnedAbove(n *html.Node) bool {
	for ; n != nil && len(x.pinned) > 0; n = n.Parent {
		if x.pinned[n] {
			return true
		}
	}
	return false
}

// keptWords sums the words of kept blocks before each block.
func (x *Index) keptWords(keep []bool) []int32 {
	sums := make([]int32, len(x.Blocks)+1)
	for i := range x.Blocks {
		sums[i+1] = sums[i]
		if keep[i] {
			sums[i+1] += x.Blocks[i].stats.words
		}
	}
	return sums
}

// surrounded reports whether most of the text nearest around a picture is
// kept.
func (x *Index) surrounded(m medium, kept []int32) bool {
	i := m.box
	for i > 0 && x.boxes[i].stats.words < 4 {
		i = x.boxes[i].parent
	}
	b := &x.boxes[i]
	if i == 0 && b.to-b.from > 40 {
		// The body around it says nothing; its next neighbours do.
		lo, hi := max(0, m.at-2), min(int32(len(x.Blocks)), m.at+2)
		return kept[hi]-kept[lo] > 0 && (kept[hi]-kept[lo])*2 >= x.words(lo, hi)
	}
	return b.stats.words > 0 && (kept[b.to]-kept[b.from])*2 >= b.stats.words
}

func (x *Index) words(from, to int32) int32 {
	var n int32
	for i := from; i < to; i++ {
		n += x.Blocks[i].stats.words
	}
	return n
}

func remove(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

// removeUpTo removes a node and the inline elements that it leaves empty,
// short of the box.
func removeUpTo(n, box *html.Node) {
	for n != box && n.Parent != nil {
		p := n.Parent
		p.RemoveChild(n)
		if p.FirstChild != nil || p == box {
			return
		}
		n = p
	}
}
