package mojibake

import (
	"slices"
)

// settle returns g with the encoding and the losses that explain all of the
// text best, not only the places that look misread: a byte that was dropped
// leaves no look of that. It tells what else parts of the text were broken by.
func (f *fixer) settle(s *sample, g guess) guess {
	add := moreRunes
	if s.alone(g, variants(g.c.layers, f.losses(s))) {
		add = aloneRunes
	}
	read, more := s.widen(g.c, add)
	losses := f.losses(s)
	if more || g.leads > 0 && leadsShare*g.leads <= g.count {
		chains := slices.DeleteFunc(variants(g.c.layers, losses), func(l []Layer) bool { return s.trails(channelOf(l), g) })
		best := s.fullest(chains, hopeless)
		if len(g.c.layers) == 1 {
			best = s.amongRivals(g, best, losses)
		}
		g.c, g.gain = best.c, max(g.gain, best.gain)
		g.kept, g.leads, g.count, g.accounts = best.kept, best.leads, best.count, best.accounts
	}
	g.count += read
	g.others = s.otherChains(g, losses)
	return g
}

// alone reports whether all of chains but g's trail, and no encoding rivals g's.
func (s *sample) alone(g guess, chains [][]Layer) bool {
	for _, r := range g.rivals {
		if r.gain >= g.gain-rivalLead && r.c.layers[0].Encoding != g.c.layers[0].Encoding {
			return false
		}
	}
	return !slices.ContainsFunc(chains, func(l []Layer) bool {
		c := channelOf(l)
		return c != g.c && !s.trails(c, g)
	})
}

// trails reports whether c explained all that g did, or was given up, and clearly less well.
func (s *sample) trails(c *channel, g guess) bool {
	known := s.weighed[c]
	if len(known) < len(g.accounts) {
		past, ok := s.gaveUp[c]
		return ok && past.floor >= g.gain-rivalLead
	}
	h := newGuess(c)
	for i := range g.accounts {
		h.add(&known[i])
	}
	return h.gain < g.gain-rivalLead
}

// variants returns a chain and what it may be but for what became of lost bytes.
func variants(own []Layer, losses []string) [][]Layer {
	out := [][]Layer{own}
	for i := range own {
		for _, lost := range codepageByName(own[i].Encoding).losses(losses) {
			layers := slices.Clone(own)
			layers[i].Lost = lost
			out = append(out, layers)
		}
	}
	return out
}

// amongRivals returns best, or the rival of g that explains the sample better with
// the same losses, or with others if best lost nothing.
func (s *sample) amongRivals(g, best guess, losses []string) guess {
	lost := best.c.layers[0].Lost
	for _, r := range g.rivals {
		name := r.c.layers[0].Encoding
		if r.gain < g.gain-rivalLead || name == g.c.layers[0].Encoding {
			continue
		}
		own := Layer{Encoding: name, Lost: codepageByName(name).lossLike(lost, losses)}
		left := s.unread(best.c)
		if s.unread(channelOf([]Layer{own}))-left >= leftMore {
			continue
		}
		chains := [][]Layer{{own}}
		if left > 0 && lost == lostKept { // what this rival may have lost
			chains = variants(chains[0], losses)
		}
		if h := s.fullest(chains, best.left()); h.left() > best.left() {
			best = h
		}
	}
	if best.c.layers[0].Encoding == g.c.layers[0].Encoding {
		return best
	}
	return s.fullest(variants(best.c.layers, losses), hopeless)
}

// left returns g's gain less what the characters cost that it leaves, though they are first
// bytes of others: of a text that was broken, none stays.
func (g guess) left() float32 {
	if leadsShare*g.leads > g.count {
		return g.gain
	}
	return g.gain - costStrayer*float32(g.leads)
}

// leadsShare is the number of characters that are read, for each such that is left, from which
// on all of the text is thought to be broken.
const leadsShare = 4

// fullest returns the chain that explains the sample best and leaves least; hopeless if none
// is worth floor.
func (s *sample) fullest(chains [][]Layer, floor float32) (best guess) {
	best.gain = hopeless
	for c, like := range alike(chains) {
		if g := s.weigh(c, like, floor); best.c == nil || g.left() > best.left() {
			best = g
		}
	}
	return best
}

// leftMore is the number of characters of a sample, more than the best so far leaves
// unread, from which on a rival is not weighed.
const leftMore = 8

// unread returns the number of characters outside ASCII of which c cannot read without a
// doubt what they were.
func (s *sample) unread(c *channel) (n int) {
	for i := range s.windows {
		n += c.direct.unread(s.windows[i].text)
	}
	return n
}

// rivalLead is the gain, in nats, that settles the encoding by itself.
const rivalLead = 20

// deepen adds inner misreadings to g as long as that explains more, and more than
// floor.
func deepen(s *sample, g guess, losses []string, floor float32) guess {
	if g.count == 0 || !g.again || g.hardly() && s.large() {
		return g
	}
	inners := []Layer{g.c.layers[0]}
	for _, lost := range losses {
		inners = append(inners, Layer{Encoding: "windows-1252", Lost: lost})
	}
	for range maxDepth - 1 {
		var chains [][]Layer
		for _, in := range inners {
			chains = append(chains, slices.Concat([]Layer{in}, g.c.layers))
		}
		deeper := s.likeliest(chains, max(floor, g.gain))
		if deeper.gain <= g.gain {
			break
		}
		g = losing(s, deeper, losses)
	}
	return g
}

// losing returns g with what became of the bytes that the last misreading leaves
// undefined: of a text that was misread before, they tell more than of one that
// was not.
func losing(s *sample, g guess, losses []string) guess {
	chains := [][]Layer{g.c.layers}
	last := len(g.c.layers) - 1
	for _, lost := range codepageByName(g.c.layers[last].Encoding).losses(losses) {
		layers := slices.Clone(g.c.layers)
		layers[last].Lost = lost
		chains = append(chains, layers)
	}
	return s.likeliest(chains, hopeless)
}
