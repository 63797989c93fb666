package mojibake

import (
	"cmp"
	"slices"
	"sync"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// Costs, in nats, of the lattice's own moves.
const (
	costReplacement = -5
	costHidden      = -3.2 // one of two dozen
	costStray       = 3
	costStrayer     = 5 // in a text that is broken from its start to its end
	beamWidth       = 12
	beamDepth       = 8     // nats behind the likeliest that do not matter
	behindAll       = 2     // nats more that an option must not be behind after the likeliest node
	never           = -1e30 // the likelihood of what cannot be
)

// Bounds of a long doubt, which real texts do not have: what is guessed in it is never
// sure, and every place of it would cost as much as any may.
const (
	longDoubt     = 64 // places in a row over which more than one way leads, before it
	narrowWidth   = 2
	narrowScored  = 4
	narrowOptions = 24
)

// A scorer tells how likely each next character is.
type scorer interface {
	Step(s plausible.State, r rune) (float32, plausible.State)
}

// A lattice finds the likeliest right text behind a broken one. It keeps its
// memory from one run to the next.
type lattice struct {
	m      scorer
	enter  float32 // the cost of a broken span
	stray  float32 // the cost of a character kept as it is in the midst of broken ones
	all    bool    // the text is broken from its start to its end
	inside bool    // what stands before the text is broken
	x      expander
	nodes  []node
	arcs   []arc
	at     [][]int32 // nodes at each place
	top    []float32 // the likeliest of them
	byKey  index
	scores []scored
	ranked []option
	read   []piece // the likeliest reading
	shares []alternative
	alts   []alternative
	floor  float32  // the likelihood below which a reading is of no use
	sure   int      // the last place that all ways lead over, which is one
	late   int      // the first place in a long doubt, or the end
	far    int      // the farthest place that was come to
	end    int      // that of the text, or a place from which on all is obvious
	quick  bool     // path alone is asked for, not how sure it is
	before rune     // what stands before the text, 0 if it begins a line
	known  *excerpt // which the text is a part of, nil if it is of none
	from   int      // where it begins there
}

func newLattice(m scorer, c *channel, enter float32) *lattice {
	l := lattices.Get().(*lattice)
	l.m, l.enter, l.stray, l.all, l.inside, l.quick = loaded(m), enter, costStray, false, false, false
	l.x.c, l.x.sure, l.x.known = c, false, nil
	l.before = 0
	l.floor = never
	return l
}

// lattices keeps the memory of lattices that are done with.
var lattices = sync.Pool{New: func() any { return new(lattice) }}

// maxKept bounds the memory that is kept, in nodes.
const maxKept = 1 << 16

// free gives l's memory to other lattices.
func (l *lattice) free() {
	if cap(l.nodes) <= maxKept {
		l.m, l.x.c, l.x.text, l.x.known = nil, nil, nil, nil
		lattices.Put(l)
	}
}

// run reads text, which follows a text with state s, and returns the
// likelihood of the best reading: kept, that of text as it is, if there is none,
// and never if it is below the floor.
func (l *lattice) run(text []rune, s plausible.State, kept float32) float32 {
	l.reset(text)
	l.top[0] = 0
	l.add(key{state: s, broken: l.all || l.inside}, 0, 0, -1)
	for i := range text {
		l.prune(i)
		if i == l.far && l.top[i] < l.floor {
			return never
		}
		if l.settled(i) {
			l.end = i
			break
		}
		l.step(i)
	}
	if len(l.at[l.end]) == 0 {
		return kept
	}
	return l.nodes[l.winner()].best
}

// settled reports whether all that follows place i is obvious and changes nothing
// about what stands before it, which is read in one way only.
func (l *lattice) settled(i int) bool {
	if l.quick || !l.all || i != l.far || len(l.at[i]) != 1 {
		return false
	}
	for i < len(l.x.text) {
		if _, end, ok := l.obvious(i); ok {
			i = end
		} else if r := l.x.text[i]; r >= 0 && r < 0x80 && len(l.x.c.mute) == 0 && !l.x.begins(r) {
			i++
		} else {
			return false
		}
	}
	return true
}

func (l *lattice) reset(text []rune) {
	l.x.text, l.far, l.end, l.sure, l.late = text, 0, len(text), 0, len(text)
	l.nodes, l.arcs = l.nodes[:0], l.arcs[:0]
	l.byKey.reset()
	for len(l.at) < len(text)+1 {
		l.at = append(l.at, nil)
		l.top = append(l.top, 0)
	}
	for i := range len(text) + 1 {
		l.at[i], l.top[i] = l.at[i][:0], never
	}
}

// keepStep is m.Step for a character of the text as it is. A replacement
// character is a sign of loss, not of this or that misreading.
func keepStep(m scorer, s plausible.State, r rune) (float32, plausible.State) {
	w, s := m.Step(s, r)
	if r == replacement {
		w = max(w, costReplacement)
	}
	return w, s
}

// winner returns the likeliest node at the end.
func (l *lattice) winner() int32 {
	return slices.MaxFunc(l.at[l.end], func(a, b int32) int { return cmp.Compare(l.nodes[a].best, l.nodes[b].best) })
}

// step goes on from every node at place i.
func (l *lattice) step(i int) {
	ids := l.at[i]
	if len(ids) == 0 {
		return
	}
	r, end, obvious := l.obvious(i)
	options := append(l.ranked[:0], option{end: int32(end), r: r})
	if !obvious {
		best := &l.nodes[ids[0]]
		if l.narrow(i) {
			options = l.rank(l.x.first(i, narrowOptions), best, narrowScored)
		} else {
			options = l.rank(l.x.at(i), best, maxScored)
		}
		if len(ids) > 1 && len(options) > fewOptions && !l.quick {
			options = l.hopeful(options, best)
		}
	}
	for _, id := range ids {
		if !obvious || !l.all {
			l.stay(id, i)
		}
		for k := range options {
			l.take(id, &options[k])
		}
	}
}

// take goes on from node id with o.
func (l *lattice) take(id int32, o *option) {
	n := &l.nodes[id]
	cost := o.cost
	if !n.broken {
		cost += l.enter
	}
	if n.best-cost < l.top[o.end]-beamDepth {
		return
	}
	w, s, hidden := l.meant(n, o.r)
	l.link(id, key{at: o.end, broken: true, hidden: hidden, state: s}, arc{r: o.r, w: w - cost, lost: o.lost, decoded: true})
}

// obvious returns the one character that is read at place i, and where it ends, if
// there is but one of which nothing was lost.
func (l *lattice) obvious(i int) (r rune, end int, ok bool) {
	d := l.x.c.direct
	if !d.whole || l.x.text[i] < 0x80 {
		return 0, 0, false
	}
	return d.read(l.x.text, i)
}

// stay goes on from node id with the character at place i as it is.
func (l *lattice) stay(id int32, i int) {
	n, r := &l.nodes[id], l.x.text[i]
	broken := n.broken
	var cost float32
	if r >= 0x80 && n.broken {
		broken = l.all
		cost = l.stray
	}
	if n.best-cost < l.top[i+1]-beamDepth {
		return
	}
	var w float32
	var s plausible.State
	if l.known != nil {
		w, s = l.known.keep(l.m, n.state, l.from+i)
	} else {
		w, s = keepStep(l.m, n.state, r)
	}
	l.link(id, key{at: int32(i + 1), broken: broken, state: s}, arc{r: r, w: w - cost})
}

// meant returns how likely r is as the character after n: quotes of print are at
// least as likely as a typewriter's, less a little. Invisible characters come in runs, which
// are no part of the text around them.
func (l *lattice) meant(n *node, r rune) (float32, plausible.State, bool) {
	before := l.before
	if n.at > 0 {
		before = l.x.text[n.at-1]
	}
	w, s := printedStep(l.m, n.state, before, r)
	if !invisible(r) {
		return w, s, false
	}
	if n.hidden {
		return max(w, costHidden), n.state, true
	}
	return w, s, true
}

// path returns the best reading of the last run without its probabilities. It is
// good until the next run.
func (l *lattice) path() []piece {
	if len(l.at[l.end]) == 0 {
		return nil
	}
	l.read = l.read[:0]
	for id := l.winner(); l.nodes[id].back >= 0; {
		a := &l.arcs[l.nodes[id].back]
		l.read = append(l.read, piece{
			start: int(l.nodes[a.from].at), end: int(l.nodes[a.to].at),
			r: a.r, decoded: a.decoded, lost: a.lost, w: a.w,
		})
		id = a.from
	}
	slices.Reverse(l.read)
	return l.read
}
