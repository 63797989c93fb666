package content

import (
	"math"
	"slices"

	"golang.org/x/net/html/atom"
)

// Rows have as many features as this: for blocks at the first look, what the
// second adds, and for pages.
const (
	width        = 181
	contextWidth = 14 + levels + 2
	pageWidth    = 100
)

// levels is how many boxes around a block are described one by one.
const levels = 5

// scene is what the features of all blocks of a page are made from.
type scene struct {
	*Index
	model    *Model
	top      int32 // the box with the best candidate score
	best     float32
	repeats  map[uint64]int
	seen     map[uint64]int     // how often a text stood before the current block
	paths    map[uint64]*counts // sums of the blocks that stand in like boxes
	title    int                // the block of the first h1, or that many blocks
	page     row
	sections []section // of the headings that the current block stands under
	before   int32
	lastHead int
}

// section is a heading and how it speaks for what stands under it.
type section struct {
	level             int
	mean, least, most float32
	at                int
}

// scene gathers what the blocks of a page are described with.
func (x *Index) scene(m *Model) *scene {
	x.weigh(m.class.weight)
	s := &scene{Index: x, model: m, repeats: map[uint64]int{}, paths: map[uint64]*counts{}, title: len(x.Blocks)}
	s.top, s.best = x.topBox()
	for i := range x.Blocks {
		b := &x.Blocks[i]
		s.repeats[b.hash]++
		p := x.path(b)
		if s.paths[p] == nil {
			s.paths[p] = &counts{}
		}
		s.paths[p].add(&b.stats)
		if x.boxes[b.box].node.DataAtom == atom.H1 && s.title == len(x.Blocks) {
			s.title = i
		}
	}
	s.page = s.wholePage()
	return s
}

// rows describes one block after the other, each in the same row with room
// for what context adds: the rows of all blocks would be larger than the page.
func (s *scene) rows(use func(i int, r *row)) {
	s.seen = make(map[uint64]int, len(s.repeats))
	s.sections, s.before, s.lastHead = s.sections[:0], 0, -50
	r := make(row, 0, width+contextWidth)
	for i := range s.Blocks {
		r = r[:0]
		s.describe(&r, i)
		use(i, &r)
	}
}

// path names the boxes that a block stands in: blocks of one path are alike.
func (x *Index) path(b *Block) uint64 {
	h := uint64(fnv64)
	for up, n := b.box, 0; up >= 0 && n < 3; up, n = x.boxes[up].parent, n+1 {
		h = (h ^ uint64(x.boxes[up].sig)) * 1099511628211
	}
	return h
}

// wholePage is what the rows of all blocks have in common.
func (s *scene) wholePage() row {
	var r row
	x := s.Index
	r.counts(&x.total)
	r.add(log1p(x.total.blocks), ratio(x.total.heads, x.total.blocks), log1p(x.total.images), log1p(x.total.inputs),
		ratio(x.total.money, x.total.blocks), ratio(x.boxes[s.top].stats.words, x.total.words))
	return r
}

// describe makes the row of a block.
func (s *scene) describe(r *row, i int) {
	x := s.Index
	b := &x.Blocks[i]
	box := &x.boxes[b.box]
	r.counts(&b.stats)
	r.add(float32(b.stats.words), ratio(b.stats.capitals, b.stats.words), ratio(b.stats.digits, b.stats.chars),
		ratio(b.stats.chars, b.stats.words), float32(b.broken), float32(s.repeats[b.hash]), float32(s.seen[b.hash]), float32(b.stats.money), float32(b.stats.rights))
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
	r.add(float32(box.depth), float32(i), float32(i)/float32(len(x.Blocks)), ratio(s.before, x.total.words),
		float32(i-s.title), float32(min(i-s.lastHead, 50)))
	r.add(box.own, box.worst, box.best)
	s.around(r, b)
	s.repeated(r, b)
	s.likeness(r, b)
	s.titled(r, b)
	s.words(r, i)
	for _, d := range []int{-2, -1, 1, 2} {
		x.neighbour(r, i, i+d)
	}
	*r = append(*r, s.page...)
	s.seen[b.hash]++
	s.before += b.stats.words
	if box.flags&inHeading != 0 {
		s.lastHead = i
	}
}

// around describes the boxes around a block.
func (s *scene) around(r *row, b *Block) {
	x := s.Index
	inTop, strongest := float32(0), float32(0)
	up := b.box
	for range levels {
		x.level(r, up)
		if x.boxes[up].parent >= 0 {
			up = x.boxes[up].parent
		}
	}
	for up = b.box; up >= 0; up = x.boxes[up].parent {
		strongest = max(strongest, x.boxes[up].score)
		if up == s.top {
			inTop = 1
		}
	}
	r.add(inTop, strongest/(s.best+1), float32(b.from-x.Blocks[min(int(x.boxes[s.top].from), len(x.Blocks)-1)].from))
}

// level describes a box around a block.
func (x *Index) level(r *row, i int32) {
	b := &x.boxes[i]
	r.counts(&b.stats)
	r.add(ratio(b.stats.words, b.stats.blocks), float32(b.twins), float32(b.order), ratio(b.stats.words, x.total.words),
		log1p(b.stats.images), ratio(b.stats.heads, b.stats.blocks), b.own, ratio(b.stats.money, b.stats.blocks))
}

// repeated describes the nearest and the farthest box around a block that has
// at least two others like it beside it.
func (s *scene) repeated(r *row, b *Block) {
	x := s.Index
	near, far := int32(-1), int32(-1)
	for up := b.box; up >= 0; up = x.boxes[up].parent {
		if x.boxes[up].twins >= 3 {
			far = up
			if near < 0 {
				near = up
			}
		}
	}
	for _, i := range []int32{near, far} {
		if i < 0 {
			r.add(0, -1, 0, 0, 0, 0)
			continue
		}
		o, p := &x.boxes[i], &x.boxes[max(x.boxes[i].parent, 0)]
		r.add(float32(o.twins), float32(x.boxes[b.box].depth-o.depth), log1p(o.stats.words), ratio(o.stats.linkWords, o.stats.words),
			ratio(p.stats.words, x.total.words), ratio(p.stats.linkWords, p.stats.words))
	}
}

// likeness describes the blocks that stand in boxes like this block's.
func (s *scene) likeness(r *row, b *Block) {
	c := s.paths[s.path(b)]
	r.add(log1p(c.blocks), ratio(c.words, c.blocks), ratio(c.linkWords, c.words), ratio(c.words, s.total.words))
}

// titled relates a block to the page's title: how near its heading is, in
// boxes, and which of the page's words are theirs alone.
func (s *scene) titled(r *row, b *Block) {
	x := s.Index
	steps, share := float32(-1), float32(0)
	if s.title < len(x.Blocks) {
		t := int32(s.title)
		n := 0
		for up := b.box; up >= 0; up = x.boxes[up].parent {
			if x.boxes[up].from <= t && t < x.boxes[up].to {
				steps, share = float32(n), ratio(x.boxes[up].stats.words, x.total.words)
				break
			}
			n++
		}
	}
	inTitle, inDescription := int32(0), int32(0)
	words := x.lead[b.first:b.last]
	for _, w := range words {
		if x.about.title[w] {
			inTitle++
		}
		if x.about.description[w] {
			inDescription++
		}
	}
	r.add(steps, share, ratio(inTitle, int32(len(words))), ratio(inTitle, int32(len(x.about.title))), ratio(inDescription, int32(len(words))))
}

// words says how the words of a block and of the headings above it speak.
func (s *scene) words(r *row, i int) {
	x := s.Index
	b := &x.Blocks[i]
	mean, least, most := s.model.text.tone(x.lead[b.first:b.last])
	r.add(mean, least, most)
	level := headingLevel(x.boxes[b.box].node.DataAtom)
	if level > 0 {
		s.sections = slices.DeleteFunc(s.sections, func(h section) bool { return h.level >= level })
		mean, least, most = s.model.head.tone(x.lead[b.first:b.last])
		s.sections = append(s.sections, section{level, mean, least, most, i})
	}
	var worst, last, first section
	for k, h := range s.sections {
		if h.mean < worst.mean || k == 0 {
			worst = h
		}
		if k == 0 {
			first = h
		}
		last = h
	}
	r.add(last.mean, last.least, last.most, worst.mean, worst.least, first.mean, float32(min(i-first.at, 200)), float32(last.level))
}

func headingLevel(a atom.Atom) int {
	switch a {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5, atom.H6:
		return 5
	}
	return 0
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
