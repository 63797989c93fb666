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
	at   mark    // how far x was read
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
	r.m, r.c, r.page = loaded(m), c, c.page
	r.l = newLattice(m, c, costEnter)
	r.l.quick = true
	return r
}

// free gives r's memory to other readers.
func (r *reader) free() {
	r.l.known = nil
	r.l.free()
	r.m, r.c, r.page, r.l, r.x = nil, nil, nil, nil, nil
	readers.Put(r)
}

// read reads x, and returns how likely the reading is and how much more another
// channel may make of what is in doubt; false as soon as it is less likely than
// floor.
func (r *reader) read(x *excerpt, floor float32) (mark, bool) {
	r.x, r.path, r.at = x, r.path[:0], mark{}
	before := r.at // the last character
	for r.at.i < len(x.text) {
		if r.at.sum < floor {
			return r.at, false
		}
		last := r.at
		if r.clear() {
			before = last
			continue
		}
		if n := len(r.path); before.i < last.i && !r.path[n-1].decoded { // the lattice looks at what it stands beside
			r.at, r.path = before, r.path[:n-1]
		}
		r.doubtful(floor)
		before = r.at
	}
	return r.at, r.at.sum >= floor
}

// clear reads the next character, if there is no doubt about it.
func (r *reader) clear() bool {
	c := r.x.text[r.at.i]
	if c >= 0x80 && r.c.direct.whole {
		if c, end, ok := r.c.direct.read(r.x.text, r.at.i); ok {
			return r.decoded(c, end)
		}
	}
	if r.open() {
		return false
	}
	r.asItIs()
	return true
}

// open reports whether the next character can be read otherwise, or be a part of what
// can.
func (r *reader) open() bool {
	c := r.x.text[r.at.i]
	if b := r.c.looks.to(c); (b == nil || !b.begun) && (len(r.c.mute) == 0 || c < 0x80) {
		return false
	}
	r.l.x.text = r.x.text
	return r.l.x.any(r.at.i)
}

// asItIs leaves the next character as it is.
func (r *reader) asItIs() {
	at, c := &r.at, r.x.text[r.at.i]
	var w float32
	w, at.state = r.x.keep(r.m, at.state, at.i)
	if c >= 0x80 {
		if at.broken {
			w -= r.l.stray
		}
		at.broken, at.doubt = false, true
		at.room -= w
	}
	r.path = append(r.path, piece{start: at.i, end: at.i + 1, r: c, w: w})
	at.sum += w
	at.i++
}

// decoded reads what stands before end as c, unless it may be as it was.
func (r *reader) decoded(c rune, end int) bool {
	at := &r.at
	if invisible(c) {
		return false
	}
	w, state := printedStep(r.m, at.state, r.before(), c)
	if !at.broken {
		w -= r.l.enter
	}
	stays := float32(beamDepth)
	for _, s := range r.x.steps[at.i:end] {
		stays += s
	}
	if w < stays {
		return false
	}
	r.path = append(r.path, piece{start: at.i, end: end, r: c, decoded: true, w: w})
	at.i, at.state, at.broken = end, state, true
	at.sum += w
	return true
}

// before returns the last character of the reading, 0 if there is none.
func (r *reader) before() rune {
	if n := len(r.path); n > 0 {
		return r.path[n-1].r
	}
	return 0
}

// doubtful reads on with the lattice until it is clear again what stands there.
func (r *reader) doubtful(floor float32) {
	at := &r.at
	at.doubt = true
	end := r.cleared(at.i + 1)
	r.l.inside, r.l.floor = at.broken, floor-at.sum
	r.l.known, r.l.from = r.x, at.i
	r.l.before = r.before()
	r.l.run(r.x.text[at.i:end], at.state, never)
	path := r.l.path()
	if path == nil {
		for at.i < end {
			r.asItIs()
		}
		return
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
