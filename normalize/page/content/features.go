package content

import (
	"math"

	"golang.org/x/net/html/atom"
)

// levels is how many boxes around a block are described one by one.
const levels = 5

// features describes each block by what the index knows, in rows of one
// width. Weights are the learned weights of class words.
func (x *Index) features(weights func(uint32) float32) [][]float32 {
	x.weigh(weights)
	top, best := x.topBox()
	repeats := map[uint64]int{}
	firstHead := len(x.Blocks)
	for i := range x.Blocks {
		repeats[x.Blocks[i].hash]++
		if x.boxes[x.Blocks[i].box].node.DataAtom == atom.H1 && firstHead == len(x.Blocks) {
			firstHead = i
		}
	}
	rows := make([][]float32, len(x.Blocks))
	before, lastHead := int32(0), -50
	for i := range x.Blocks {
		b := &x.Blocks[i]
		box := &x.boxes[b.box]
		r := make(row, 0, 150)
		r.counts(&b.stats)
		r.add(float32(b.stats.words), ratio(b.stats.capitals, b.stats.words), ratio(b.stats.digits, b.stats.chars),
			ratio(b.stats.chars, b.stats.words), float32(b.broken), float32(repeats[b.hash]))
		for f := range 21 {
			r.flag(box.flags&(1<<f) != 0)
		}
		a := box.node.DataAtom
		r.flag(a == atom.P)
		r.flag(a == atom.Li)
		r.flag(a == atom.Div)
		r.flag(a == atom.Td || a == atom.Th)
		r.flag(a == atom.H1)
		r.flag(a == atom.H2)
		r.flag(a == atom.H3 || a == atom.H4)
		r.flag(a == atom.Dt || a == atom.Dd)
		r.flag(b.inline == atom.A)
		r.flag(b.inline == atom.Span)
		r.add(float32(box.depth), float32(i), float32(i)/float32(len(x.Blocks)), ratio(before, x.total.words),
			float32(i-firstHead), float32(min(i-lastHead, 50)))
		r.add(box.own, box.worst, box.best)
		inTop, strongest := float32(0), float32(0)
		up := b.box
		for range levels {
			x.level(&r, up)
			if x.boxes[up].parent >= 0 {
				up = x.boxes[up].parent
			}
		}
		for up = b.box; up >= 0; up = x.boxes[up].parent {
			strongest = max(strongest, x.boxes[up].score)
			if up == top {
				inTop = 1
			}
		}
		r.add(inTop, strongest/(best+1), ratio(x.boxes[top].stats.words, x.total.words), float32(i)-float32(x.boxes[top].from))
		for _, d := range []int{-2, -1, 1, 2} {
			x.neighbour(&r, i, i+d)
		}
		r.counts(&x.total)
		r.add(log1p(x.total.blocks), ratio(x.total.heads, x.total.blocks), log1p(x.total.images), log1p(x.total.inputs))
		rows[i] = r
		before += b.stats.words
		if box.flags&inHeading != 0 {
			lastHead = i
		}
	}
	return rows
}

// level describes a box around a block.
func (x *Index) level(r *row, i int32) {
	b := &x.boxes[i]
	r.counts(&b.stats)
	r.add(ratio(b.stats.words, b.stats.blocks), float32(b.twins), float32(b.order), ratio(b.stats.words, x.total.words),
		log1p(b.stats.images), ratio(b.stats.heads, b.stats.blocks), b.own)
}

func (x *Index) neighbour(r *row, i, j int) {
	if j < 0 || j >= len(x.Blocks) {
		r.add(-1, -1, -1, 0)
		return
	}
	s := &x.Blocks[j].stats
	r.add(log1p(s.words), ratio(s.linkWords, s.words), float32(s.heads))
	r.flag(x.Blocks[i].box == x.Blocks[j].box || x.boxes[x.Blocks[i].box].parent == x.boxes[x.Blocks[j].box].parent)
}

type row []float32

func (r *row) add(v ...float32) { *r = append(*r, v...) }

func (r *row) flag(on bool) {
	v := float32(0)
	if on {
		v = 1
	}
	*r = append(*r, v)
}

func (r *row) counts(c *counts) {
	r.add(log1p(c.words), ratio(c.linkWords, c.words), ratio(c.sentences, c.words), ratio(c.commas, c.words), ratio(c.function, c.words))
}

func ratio(a, b int32) float32 {
	if b == 0 {
		return 0
	}
	return float32(a) / float32(b)
}

func log1p(n int32) float32 { return float32(math.Log1p(float64(n))) }

// weigh sums the learned weights of each box's class words.
func (x *Index) weigh(weights func(uint32) float32) {
	for i := range x.boxes {
		b := &x.boxes[i]
		b.own = 0
		for _, w := range b.words {
			b.own += weights(w)
		}
		b.worst, b.best = min(b.own, 0), max(b.own, 0)
		if b.parent >= 0 {
			b.worst = min(b.worst, x.boxes[b.parent].worst)
			b.best = max(b.best, x.boxes[b.parent].best)
		}
	}
}

// context adds to each row what the first look gave the blocks around.
func (x *Index) context(rows [][]float32, p []float32) [][]float32 {
	mass, words := make([]float32, len(p)+1), make([]float32, len(p)+1)
	for i := range p {
		w := float32(x.Blocks[i].stats.words) + 1
		words[i+1], mass[i+1] = words[i]+w, mass[i]+w*p[i]
	}
	mean := func(from, to int) float32 {
		from, to = max(from, 0), min(to, len(p))
		if from >= to {
			return 0
		}
		return (mass[to] - mass[from]) / (words[to] - words[from])
	}
	out := make([][]float32, len(rows))
	for i := range rows {
		r := row(rows[i])
		r.add(p[i], mean(i-1, i), mean(i+1, i+2), mean(i-3, i), mean(i+1, i+4), mean(i-10, i), mean(i+1, i+11), mean(0, len(p)), mean(0, i), mean(i+1, len(p)))
		up := x.Blocks[i].box
		for range levels + 2 {
			r.add(mean(int(x.boxes[up].from), int(x.boxes[up].to)))
			if x.boxes[up].parent >= 0 {
				up = x.boxes[up].parent
			}
		}
		out[i] = r
	}
	return out
}
