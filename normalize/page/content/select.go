package content

import (
	"cmp"
	"slices"

	"golang.org/x/net/html"
)

// Select decides which blocks are main content. The notes are elements that
// are kept whatever the blocks around them are. Without a model it is the
// embedded one that decides.
func (x *Index) Select(m *Model, notes []*html.Node) []bool {
	if m == nil {
		m = trained()
	}
	p := x.Weigh(m)
	x.trust(p)
	keep := x.Choose(p)
	x.settle(keep, notes)
	return keep
}

// Within keeps everything inside the nodes, and the notes.
func (x *Index) Within(nodes, notes []*html.Node) []bool {
	x.pinned = make(map[*html.Node]bool, len(nodes))
	for _, n := range nodes {
		x.pinned[n] = true
	}
	keep := make([]bool, len(x.Blocks))
	x.include(keep, nodes)
	x.include(keep, notes)
	return keep
}

// Choose keeps the blocks whose whole has the best expected F1 against the
// true content, given each block's probability of being part of it.
func (x *Index) Choose(p []float32) []bool {
	order, cut := x.rank(p)
	keep := make([]bool, len(p))
	for _, i := range order[:cut] {
		keep[i] = true
	}
	return keep
}

// rank puts blocks in the order of their probabilities and tells how many of
// the first make the best whole.
func (x *Index) rank(p []float32) (order []int, cut int) {
	order = make([]int, len(p))
	var all float32
	for i := range p {
		order[i] = i
		all += p[i] * float32(x.Blocks[i].stats.words)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[b], p[a]) })
	var hit, size, best float32
	for n, i := range order {
		w := float32(x.Blocks[i].stats.words)
		hit, size = hit+p[i]*w, size+w
		if f := 2 * hit / (size + all + 1e-6); f >= best {
			best, cut = f, n+1
		}
	}
	return order, cut
}

// cut is the probability of the last block that Choose keeps, and the share
// of the page's words that it keeps.
func (x *Index) cut(p []float32) (last, share float32) {
	order, n := x.rank(p)
	var words int32
	for _, i := range order[:n] {
		last = p[i]
		words += x.Blocks[i].stats.words
	}
	return last, ratio(words, x.total.words)
}

// topBox is the box with the best candidate score.
func (x *Index) topBox() (top int32, score float32) {
	for i := range x.boxes {
		if x.boxes[i].score > score {
			top, score = int32(i), x.boxes[i].score
		}
	}
	return top, score
}
