package content

import (
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
	keep := x.Choose(x.Weigh(m))
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
	order := make([]int, len(p))
	var all float32
	for i := range p {
		order[i] = i
		all += p[i] * float32(x.Blocks[i].stats.words)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case p[a] > p[b]:
			return -1
		case p[a] < p[b]:
			return 1
		}
		return 0
	})
	keep := make([]bool, len(p))
	var hit, size, best float32
	cut := 0
	for n, i := range order {
		w := float32(x.Blocks[i].stats.words)
		hit, size = hit+p[i]*w, size+w
		if f := 2 * hit / (size + all + 1e-6); f >= best {
			best, cut = f, n+1
		}
	}
	for _, i := range order[:cut] {
		keep[i] = true
	}
	return keep
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
