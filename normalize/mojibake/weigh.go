package mojibake

import (
	"slices"
	"unicode/utf8"
)

// hopeless is the gain of a guess that was given up.
const hopeless = never

// A weighing is what is known of how a channel explains a sample: the accounts of
// its first windows, in order.
type weighing []account

// A surrender is what a chain was not worth, as it seemed, by so many windows.
type surrender struct {
	floor   float32
	windows int
}

// weigh explains the sample by c. It gives up, and the gain is hopeless, as soon
// as it is not going to be as much as floor, as it seems. What like has shown is
// not asked anew where c does not differ; nil is the best so far.
func (s *sample) weigh(c, like *channel, floor float32) guess {
	if like == nil {
		like = s.leader
	}
	known := s.weighed[like]
	own, tried := s.weighed[c]
	if !tried {
		s.tried = append(s.tried, c)
	}
	g := newGuess(c)
	if past, ok := s.gaveUp[c]; ok && past.windows == len(s.windows) && past.floor <= floor {
		g.accounts, g.gain = own, hopeless
		return g
	}
	rest, unread := s.outlook(c)
	if len(own) == 0 && g.gain+rest-needEach*float32(unread) < floor {
		s.giveUp(&g, floor)
		return g
	}
	led, lead := s.led(c, floor)
	all, read := rest, float32(0)
	var r *reader
	for i := range s.windows {
		x := &s.windows[i]
		rest -= x.most
		least := floor - rest
		switch {
		case i < len(led):
			lead += led[i].shown()
			least = max(least, lead-farBehind)
		case s.leader == nil && floor > 0:
			read -= x.kept
			least = max(least, floor*read/all-farBehind)
		}
		if i == len(own) {
			a, ok := account{}, g.gain+x.most >= least
			switch {
			case !ok:
			case i < len(known) && known[i].stands(x, like, c):
				a = known[i]
			default:
				if r == nil {
					r = newReader(s.m, c)
					defer r.free()
				}
				a, ok = r.account(x, least-g.gain)
			}
			if !ok {
				s.weighed[c], g.accounts = own, own
				s.giveUp(&g, floor)
				return g
			}
			own = append(slices.Grow(own, len(s.windows)-i), a)
		}
		g.add(&own[i])
	}
	s.weighed[c], g.accounts = own, own
	if s.unfounded(g) {
		delete(s.weighed, c) // no part of the text was broken by it
		s.giveUp(&g, hopeless)
		return g
	}
	if g.gain > s.best {
		s.best, s.leader = g.gain, c
		s.bound(own)
	}
	return g
}

// giveUp says of g, which is not worth floor, that it is hopeless.
func (s *sample) giveUp(g *guess, floor float32) {
	s.gaveUp[g.c] = surrender{floor, len(s.windows)}
	g.gain = hopeless
}

// unfounded reports whether g says that all control characters were stripped though some
// stand there, or nothing shows it, or too many letters are no more than guesses.
func (s *sample) unfounded(g guess) bool {
	last := g.c.layers[len(g.c.layers)-1]
	return last.stripped() && (s.has.control || g.proof == 0 || blindShare*g.blind > g.count)
}

// farBehind is the number of nats, behind the best so far up to the same window, from
// which no chain comes back, even in a text of several parts.
const farBehind = 150

// led returns the accounts of the best so far, and what its gain begins with, that c
// must not be far behind of if it has to be worth floor. A chain of more layers may
// explain what comes later.
func (s *sample) led(c *channel, floor float32) (weighing, float32) {
	if floor == hopeless || s.leader == nil || s.leader == c || len(c.layers) > len(s.leader.layers) {
		return nil, 0
	}
	return s.weighed[s.leader], -s.leader.prior
}

// outlook returns the most that the windows may bring, and the number of characters
// that c cannot read of those that the best so far reads: where there are many, no
// window need be read.
func (s *sample) outlook(c *channel) (most float32, unread int) {
	for i := range s.windows {
		x := &s.windows[i]
		most += x.most
		switch {
		case x.clear:
			unread += c.direct.unread(x.text)
		case x.whole:
			unread += c.strangers(x.text)
		}
	}
	return most, unread
}

// strangers returns the number of characters of text outside ASCII that are no part of
// what c makes of any byte.
func (c *channel) strangers(text []rune) (n int) {
	h := c.hints()
	for _, r := range text {
		if r >= utf8.RuneSelf && h.kinds.of(r) == 0 {
			n++
		}
	}
	return n
}

// stands reports whether what a tells of a window by channel like is so by c as
// well: both read it without a doubt and alike, or they differ in what became of
// bytes that the window has not lost.
func (a *account) stands(x *excerpt, like, c *channel) bool {
	if a.clear {
		return c.direct.agrees(like.direct, x.text)
	}
	last := len(c.layers) - 1
	return x.original && slices.EqualFunc(c.layers, like.layers, sameReading) && slices.Equal(like.layers[:last], c.layers[:last]) &&
		like.layers[last].Lost != lostDropped && c.layers[last].Lost != lostDropped
}

// bound takes what the best guess so far makes of each window for the most that
// any guess will, but for what is in doubt.
func (s *sample) bound(best weighing) {
	for i := range s.windows {
		x := &s.windows[i]
		a := &best[i]
		x.most, x.clear, x.whole = min(-x.kept, a.gain+a.room+a.deeper), a.clear, a.whole
	}
}
