package mojibake

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// Bounds on what else a document may have been broken by.
const (
	otherLead = 8 // nats by which it explains a window better
	maxOthers = 2
)

// A rival is a channel with the nats by which it explains some windows better.
type rival struct {
	c    *channel
	lead float32
}

// otherChains returns the channels, of those that were tried and others, that
// explain some windows of the sample much better than g does, which explains it
// best as a whole: the document has parts that were broken in different ways. What
// was misread more often than by g is found when g is undone.
func (s *sample) otherChains(g guess, losses []string) []*channel {
	rivals := s.rivals(g.accounts, len(g.c.layers))
	rest, own := s.rest(g)
	found := suspects(rest.windows)
	for _, p := range found[:min(len(found), maxOthers)] {
		rest.weigh(channelOf([]Layer{{Encoding: p.name, Lost: losses[0]}}), nil, hopeless)
	}
	rivals = append(rivals, rest.rivals(own, 1)...)
	slices.SortStableFunc(rivals, func(a, b rival) int { return cmp.Compare(b.lead, a.lead) })
	var out []*channel
	for _, r := range rivals {
		out = withOther(out, g.c, r.c)
	}
	return out
}

// withOther returns others of a document that was broken by own with c, if there is
// room and none of these is of the same encodings.
func withOther(others []*channel, own, c *channel) []*channel {
	same := func(o *channel) bool { return slices.EqualFunc(o.layers, c.layers, sameEncoding) }
	if len(others) == maxOthers || same(own) || slices.ContainsFunc(others, same) {
		return others
	}
	return append(others, c)
}

// rivals returns the channels of at most so many layers that were tried and lead
// in some windows.
func (s *sample) rivals(own weighing, layers int) (out []rival) {
	for _, c := range s.tried {
		if len(c.layers) > layers {
			continue
		}
		r := rival{c: c}
		for i, a := range s.weighed[c] {
			if lead := a.gain - own[i].gain; lead >= otherLead {
				r.lead += lead
			}
		}
		if r.lead > 0 {
			out = append(out, r)
		}
	}
	return out
}

// rest returns a sample of the windows that g does not explain, or of which more
// is in doubt than explained, with g's accounts of them, if it explains any.
func (s *sample) rest(g guess) (rest sample, own weighing) {
	rest = newSample(newOddHits(s.m, nil), nil)
	for i, a := range g.accounts {
		if a.gain < max(needGain, a.room) {
			rest.windows = append(rest.windows, s.windows[i])
			own = append(own, a)
		}
	}
	if len(own) == len(s.windows) {
		rest.windows = nil
	}
	return rest, own
}

func sameEncoding(a, b Layer) bool { return a.Encoding == b.Encoding }

// sameReading is true for layers that differ at most in what became of lost bytes.
func sameReading(a, b Layer) bool { return a.Encoding == b.Encoding && a.Case == b.Case }

// foreign reports whether the window at hand was broken by another of the
// document's chains: it waits for its turn.
func (u *undoer) foreign() bool {
	if len(u.others) == 0 || !u.c.mayRead(u.runes) {
		return false
	}
	if !slices.Equal(u.asked, u.runes) { // texts repeat themselves
		u.asked, u.waits = append(u.asked[:0], u.runes...), u.betterRead()
	}
	return u.waits
}

// betterRead reports whether another of the document's chains explains the window at
// hand better.
func (u *undoer) betterRead() bool {
	gain := func(c *channel, least float32) float32 {
		l := newLattice(u.f.m, c, costEnter)
		defer l.free()
		l.quick, l.floor = true, least+c.prior
		return l.run(u.runes, plausible.State{}, never) - c.prior
	}
	own := float32(never)
	for _, c := range u.others {
		if c.prior >= u.c.prior && !c.mayRead(u.runes) {
			continue
		}
		if own == never {
			own = gain(u.c, never)
		}
		if gain(c, own) > own {
			return true
		}
	}
	return false
}

// mayRead reports whether c may have made some of text: else all of it stays.
func (c *channel) mayRead(text []rune) bool {
	return slices.ContainsFunc(text, func(r rune) bool {
		if r < 0x80 {
			return false
		}
		b := c.looks.to(r)
		return b != nil && (b.begun || len(c.mute) > 0)
	})
}

// inLine returns w without what stands behind the line that its first character
// outside ASCII is in: the next line may have been broken otherwise.
func inLine(text []byte, w window) window {
	first := indexWild(text[:w.end], w.start)
	if k := bytes.IndexByte(text[max(first, w.start):w.end], '\n'); k >= 0 {
		w.end = max(first, w.start) + k
	}
	return w
}
