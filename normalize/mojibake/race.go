package mojibake

import (
	"bytes"
	"cmp"
	"slices"
)

// A race reads a sample by one pair of encodings after another, each until it is
// clear that it explains less than it must, or less than the best one did up to the
// same place. What happened explains all of a sample, so that the oddest windows
// come first.
type race struct {
	m      scorer
	sample []oddWindow
	order  []int   // of its windows, the oddest first
	text   []rune  // of the sample
	odd    int     // characters outside ASCII
	kinds  int     // of these
	stake  float32 // nats that other characters in their place could save

	best  transcoding
	trace []float32 // lead of the best up to each place of the sample
	next  []float32 // the same of the one that is read

	bytes []byte // what the misreader at hand reads as the sample
	ends  []int  // of each window in bytes
	seen  []taken
	high  []byte   // the different bytes from 0x80 on
	views [][]rune // what sources have for these, or for all; first what they were taken for
	view  []rune
	right []rune // what bytes are in the source at hand
	stops []int  // of each window in right
}

// taken is what misreaders took for the sample, of which windows tells what they
// are.
type taken struct {
	bytes   []byte
	windows bool
}

// Bounds of a race, in nats.
const (
	behind = 30 // of the best, from which no reading comes back
	short  = 20 // of what a reading must have at some place
)

func newRace(m scorer, sample []oddWindow) *race {
	r := &race{m: m, best: transcoding{gain: -1}, sample: slices.Clone(sample), kinds: oddKinds(sample)}
	for i := range r.sample {
		w := &r.sample[i]
		w.settle(m, r.kinds < sureKinds)
		r.order = append(r.order, i)
		r.text = append(r.text, w.runes...)
		r.odd += w.odd
		r.stake += w.stake
	}
	slices.SortStableFunc(r.order, func(i, k int) int {
		a, b := &r.sample[i], &r.sample[k]
		return cmp.Compare(a.best*float32(b.odd), b.best*float32(a.odd))
	})
	r.next = make([]float32, len(r.text)+1)
	return r
}

// utf8 lets UTF-8 that was read by an encoding of the East take part.
func (r *race) utf8(read charset) {
	t := transcoding{from: utf8Charset(), read: read}
	e, ok := t.explainEach(r.m, r.sample, r.best.gain)
	if !ok {
		return
	}
	if t, ok := t.weigh(r.m, r.sample, e, r.best.gain); ok {
		r.best, r.trace = t, nil
	}
}

// unread finds the bytes that read takes for the sample; false if there are none,
// or if a commoner misreader, which meets as many encodings, takes the same ones
// for it.
func (r *race) unread(read charset) bool {
	r.bytes, r.ends = r.bytes[:0], r.ends[:0]
	for _, w := range r.sample {
		var ok bool
		if r.bytes, ok = read.encode(r.bytes, w.runes); !ok {
			return false
		}
		r.ends = append(r.ends, len(r.bytes))
	}
	own := read.windows()
	if slices.ContainsFunc(r.seen, func(t taken) bool { return (t.windows || !own) && bytes.Equal(t.bytes, r.bytes) }) {
		return false
	}
	r.seen = append(r.seen, taken{slices.Clone(r.bytes), own})
	if r.high, r.views = r.high[:0], r.views[:0]; read.single {
		r.known()
	}
	return true
}

// known lists the different bytes from 0x80 on, and what they were taken for.
func (r *race) known() {
	var listed [256]bool
	var were []rune
	for i, b := range r.bytes {
		if b >= 0x80 && !listed[b] {
			listed[b] = true
			r.high = append(r.high, b)
			were = append(were, r.text[i])
		}
	}
	r.views = append(r.views, were)
}

// run lets t take part, by which the bytes at hand were taken for the sample.
func (r *race) run(t transcoding) {
	if !t.happens() || t.from.name == utf8Name || !r.reread(t) || r.hopeless(t) {
		return
	}
	lead, ok := r.lead(t)
	if !ok || lead <= transcodeGain {
		return
	}
	e := explanation{gain: lead + transcodePerOdd*float32(r.odd) + t.priors(), odd: r.odd, used: r.sample, right: string(r.right)}
	if t, ok := t.weigh(r.m, r.sample, e, r.best.gain); ok {
		r.best = t
		r.trace, r.next = r.next, make([]float32, len(r.next))
	}
}

// reread finds what the bytes at hand are in t's source; false if they are nothing
// in it, or what they were taken for, or what they are in a commoner source.
func (r *race) reread(t transcoding) bool {
	r.right, r.stops = r.right[:0], r.stops[:0]
	if t.from.single {
		return r.rereadSingle(t.from.page)
	}
	start := 0
	for _, end := range r.ends {
		var ok bool
		if r.right, ok = t.from.decode(r.right, r.bytes[start:end]); !ok {
			return false
		}
		r.stops = append(r.stops, len(r.right))
		start = end
	}
	return !slices.Equal(r.right, r.text) && r.isNew(r.right)
}

// rereadSingle is reread for a source of one byte a character.
func (r *race) rereadSingle(p *codepage) bool {
	r.view = r.view[:0]
	for _, b := range r.high {
		if p.runes[b] == none {
			return false
		}
		r.view = append(r.view, p.runes[b])
	}
	if !r.isNew(r.view) {
		return false
	}
	for _, b := range r.bytes {
		r.right = append(r.right, p.runes[b])
	}
	r.stops = append(r.stops, r.ends...)
	return true
}

// isNew reports whether no source has shown this view of the bytes at hand.
func (r *race) isNew(view []rune) bool {
	if slices.ContainsFunc(r.views, func(v []rune) bool { return slices.Equal(v, view) }) {
		return false
	}
	r.views = append(r.views, slices.Clone(view))
	return true
}

// hopeless reports whether the sample has too few kinds of characters for that what
// t makes of it could be believed.
func (r *race) hopeless(t transcoding) bool {
	if r.kinds >= sureKinds {
		return false
	}
	if r.stake-t.priors() >= strayLatin {
		return false
	}
	return t.from.single || !typographic(explanation{used: r.sample, right: string(r.right)})
}

// lead returns by how many nats more than it must t explains the sample better than
// that it is meant as it stands; false if it is clear that it loses.
func (r *race) lead(t transcoding) (lead float32, ok bool) {
	at := 0
	lead = -t.priors()
	for _, i := range r.order {
		w, from := &r.sample[i], 0
		if i > 0 {
			from = r.stops[i-1]
		}
		p, k, over := w.start, w.first, 0
		for _, c := range r.right[from+w.first : r.stops[i]] {
			p.step(r.m, c)
			place := at + k + 1
			for over += t.from.size(c); over > 0 && k < len(w.runes); k++ {
				over -= t.read.size(w.runes[k])
			}
			now := lead + p.nats() - w.par[k]
			if now < -short-t.priors() || r.trace != nil && now < r.trace[at+k]-behind {
				return now, false
			}
			for ; place <= at+k; place++ {
				r.next[place] = now
			}
		}
		lead += p.nats() - w.par[len(w.runes)]
		at += len(w.runes)
	}
	return lead, true
}
