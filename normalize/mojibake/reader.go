package mojibake

import (
	"sync"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// A reader reads windows by a channel. It asks the lattice only about what is in
// doubt.
type reader struct {
	m    scorer
	c    *channel
	page *codepage // of the last misreading
	l    *lattice
	x    *excerpt
	path []piece // the likeliest reading
}

// A mark is how far a window was read.
type mark struct {
	i      int // characters
	state  plausible.State
	broken bool
	sum    float32 // how likely they are
	room   float32 // how much likelier another channel may make them
	doubt  bool    // whether they can be read otherwise, or cannot be read
}

var readers = sync.Pool{New: func() any { return new(reader) }}

func newReader(m scorer, c *channel) *reader {
	r := readers.Get().(*reader)
	r.m, r.c, r.page = loaded(m), c, codepageByName(c.layers[len(c.layers)-1].Encoding)
	r.l = newLattice(m, c, costEnter)
	r.l.quick, r.l.depth = true, quickDepth
	return r
}

// free gives r's memory to other readers.
func (r *reader) free() {
	r.l.free()
	r.m, r.c, r.page, r.l, r.x = nil, nil, nil, nil, nil
	readers.Put(r)
}

// read reads x, and returns how likely the reading is and how much more another
// channel may make of what is in doubt.
func (r *reader) read(x *excerpt) mark {
	r.x, r.path = x, r.path[:0]
	var at, before mark // the last character
	for at.i < len(x.text) {
		p, next, ok := r.clear(at)
		if !ok {
			if n := len(r.path); before.i < at.i && !r.path[n-1].decoded { // the lattice looks at what it stands beside
				at, r.path = before, r.path[:n-1]
			}
			at = r.doubtful(at)
			before = at
			continue
		}
		r.path = append(r.path, p)
		before, at = at, next
	}
	return at
}

// clear reads the character at a place, if there is no doubt about it.
func (r *reader) clear(at mark) (piece, mark, bool) {
	p := piece{start: at.i, end: at.i + 1, r: r.x.text[at.i]}
	if p.r >= 0x80 && r.c.direct.whole {
		if c, end, ok := r.c.direct.read(r.x.text, at.i); ok {
			p.r, p.end, p.decoded = c, end, true
			return r.decoded(p, at)
		}
	}
	if b := r.c.looks.to(p.r); b != nil && b.begun || len(r.c.mute) > 0 && p.r >= 0x80 {
		return p, at, false
	}
	p, at = r.asItIs(at)
	return p, at, true
}

// asItIs leaves the character at a place as it is.
func (r *reader) asItIs(at mark) (piece, mark) {
	p := piece{start: at.i, end: at.i + 1, r: r.x.text[at.i]}
	p.w, at.state = keepStep(r.m, at.state, p.r)
	if p.r >= 0x80 {
		if at.broken {
			p.w -= r.l.stray
		}
		at.broken, at.doubt = false, true
		at.room -= p.w
	}
	at.sum += p.w
	at.i = p.end
	return p, at
}

// decoded goes on with p, unless it may be as it was.
func (r *reader) decoded(p piece, at mark) (piece, mark, bool) {
	if invisible(p.r) {
		return p, at, false
	}
	w, state := r.m.Step(at.state, p.r)
	if !at.broken {
		w -= r.l.enter
	}
	stays := float32(quickDepth)
	for _, s := range r.x.steps[p.start:p.end] {
		stays += s
	}
	p.w = w
	at.i, at.state, at.broken = p.end, state, true
	at.sum += w
	return p, at, w >= stays
}

// doubtful reads on with the lattice until it is clear again what stands there.
func (r *reader) doubtful(at mark) mark {
	at.doubt = true
	end := r.cleared(at.i + 1)
	r.l.inside = at.broken
	r.l.run(r.x.text[at.i:end], at.state, never)
	path := r.l.path()
	if path == nil {
		for at.i < end {
			var p piece
			p, at = r.asItIs(at)
			r.path = append(r.path, p)
		}
		return at
	}
	for _, p := range path {
		p.start += at.i
		p.end += at.i
		r.path = append(r.path, p)
		at.sum += p.w
		at.room -= p.w
	}
	last := &r.l.nodes[r.l.winner()]
	at.i, at.state, at.broken = end, last.state, last.broken
	return at
}

// cleared returns the place after i where clearAfter characters have been passed
// that are ASCII, or can be read directly.
func (r *reader) cleared(i int) int {
	for n := 0; i < len(r.x.text) && n < clearAfter; {
		if r.x.text[i] < 0x80 {
			n++
			i++
		} else if _, end, ok := r.c.direct.read(r.x.text, i); ok && r.c.direct.whole {
			n++
			i = end
		} else {
			n = 0
			i++
		}
	}
	return i
}
