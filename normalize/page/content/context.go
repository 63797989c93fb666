package content

// context is what the first look gave the blocks of a page.
type context struct {
	*Index
	p           []float32 // for each block
	mass, words []float32 // sums before each block
	alike       map[uint64]sum
	cut, share  float32
}

// sum is a weighted sum and its weight.
type sum struct{ mass, words float32 }

func (x *Index) context(p []float32) *context {
	c := &context{Index: x, p: p, mass: make([]float32, len(p)+1), words: make([]float32, len(p)+1), alike: map[uint64]sum{}}
	for i := range p {
		w := float32(x.Blocks[i].stats.words) + 1
		c.words[i+1], c.mass[i+1] = c.words[i]+w, c.mass[i]+w*p[i]
		k := x.path(&x.Blocks[i])
		c.alike[k] = sum{c.alike[k].mass + w*p[i], c.alike[k].words + w}
	}
	c.cut, c.share = x.cut(p)
	return c
}

// mean is what the blocks of a range got, by their words.
func (c *context) mean(from, to int) float32 {
	from, to = max(from, 0), min(to, len(c.p))
	if from >= to {
		return 0
	}
	return (c.mass[to] - c.mass[from]) / (c.words[to] - c.words[from])
}

// describe adds to a block's row what the blocks around got. Head is what the
// last heading up to the block got, or -1.
func (c *context) describe(r *row, i int, head float32) {
	p, mean := c.p, c.mean
	r.add(p[i], mean(i-1, i), mean(i+1, i+2), mean(i-3, i), mean(i+1, i+4), mean(i-10, i), mean(i+1, i+11), mean(0, len(p)), mean(0, i), mean(i+1, len(p)))
	k := c.alike[c.path(&c.Blocks[i])]
	r.add(k.mass/k.words, head, p[i]-c.cut, c.share)
	up := c.Blocks[i].box
	for range levels + 2 {
		r.add(mean(int(c.boxes[up].from), int(c.boxes[up].to)))
		if c.boxes[up].parent >= 0 {
			up = c.boxes[up].parent
		}
	}
}

// second describes each block as rows does, with context.
func (s *scene) second(p []float32, use func(i int, r *row)) {
	c, head := s.context(p), float32(-1)
	s.rows(func(i int, r *row) {
		if s.boxes[s.Blocks[i].box].flags&inHeading != 0 {
			head = p[i]
		}
		c.describe(r, i, head)
		use(i, r)
	})
}
