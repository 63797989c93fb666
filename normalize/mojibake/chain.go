package mojibake

import (
	"cmp"
	"iter"
	"slices"
	"unicode"
	"unicode/utf8"
)

// Bounds of the search for a document's chain.
const (
	maxDepth      = 4
	costEnter     = 2.5
	maxLowerPrior = .5 // of code pages whose misreadings may have been put in lower case
)

// A guess is a chain with what speaks for it.
type guess struct {
	c        *channel
	gain     float32 // nats, over the text as it is, less the chain's own price
	count    int     // decoded characters in the sample
	plain    int     // those of them that have no blank in what they were taken for
	first    rune    // of them
	kinds    int     // of them: more than one are two
	oddity   float32 // nats more that the last character asks for, or fewer if negative
	within   bool    // the last character is a Latin letter within a word
	kept     int     // characters outside ASCII left as they were
	proof    int     // decoded characters that show by more than what is left of a quote
	blind    int     // decoded letters, none of them Latin, that lost bytes
	leads    int     // characters left though the code page has them for first bytes
	walled   int     // decoded characters in rows between characters that stay
	row      int     // the most decoded characters side by side
	rare     int     // decoded characters that few texts have
	again    bool    // what was decoded looks misread itself
	boxed    bool    // what was decoded may have been a drawing
	script   bool    // the code page has the letters of another script
	known    bool    // more of the document was broken by it
	rivals   []guess // the encodings that explain the sample best by themselves
	accounts []account
	others   []*channel // what explains some windows much better
}

// newGuess returns the guess of c before any window was looked at.
func newGuess(c *channel) guess {
	return guess{c: c, gain: -c.prior, boxed: c.page.boxed, script: c.page.alien}
}

// nothing is the gain of no chain.
const nothing = -1

// infer returns the chain that best explains the sample, if it does so by more than
// least; else the guess has none.
func infer(s *sample, losses []string, least float32) guess {
	best := guess{gain: least}
	var first []guess
	for _, p := range s.suspects() {
		if g := s.ofPage(p, losses, best.gain-rivalLead); g.gain > hopeless {
			first = append(first, g)
			best.gain = max(best.gain, g.gain)
		}
	}
	slices.SortStableFunc(first, func(a, b guess) int { return cmp.Compare(b.gain, a.gain) })
	best.gain = least
	for _, g := range first[:min(len(first), maxDeepened)] {
		if g = deepen(s, g, losses, best.gain); g.gain > best.gain {
			best = g
		}
	}
	best.rivals = first[:min(len(first), maxRivals)]
	return best
}

// Bounds on the encodings that are looked at further.
const (
	maxDeepened = 3 // of which it is asked what was misread before
	maxRivals   = 3 // that a document's losses are asked about
)

// fewShown is the number of characters that stay, for each that is read otherwise, from which
// on it is not asked what became of lost bytes, or what was misread before.
const fewShown = 16

// ofPage returns how a misreading by p explains the sample best. If it does no
// better than the best so far with the same losses, it is not asked about others.
func (s *sample) ofPage(p *codepage, losses []string, floor float32) guess {
	best, lost := s.best, losses[0]
	switch {
	case s.leader != nil:
		lost = p.lossLike(s.leader.layers[0].Lost, losses)
	case p.holes && slices.Contains(losses, lostDropped) && s.drops(p):
		lost = p.lossLike(lostDropped, losses)
	}
	g := s.weigh(channelOf([]Layer{{Encoding: p.name, Lost: lost}}), nil, floor)
	if g.gain > hopeless && (g.count == 0 || g.hardly() && p.name != latin1) && s.tells(p) {
		return g
	}
	if g.gain > best || g.leads > 0 && p.name == latin1 {
		g = s.likeliest(variants(g.c.layers, losses), floor)
	}
	if p.prior <= maxLowerPrior && s.mayBeLower(p) {
		lower := Layer{Encoding: p.name, Lost: g.c.layers[0].Lost, Case: caseLower}
		if h := s.weigh(channelOf([]Layer{lower}), nil, max(floor, g.gain)); h.gain > g.gain {
			g = h
		}
	}
	return g
}

// Characters by themselves that a code page has for the first byte of others: so many tell
// that bytes behind them were dropped, if they are not so many times as many as those of
// which nothing was, as the letters of other texts are.
const (
	dropping = 3
	someKept = 2
)

// drops reports whether the sample shows that bytes of what p has in it were dropped, and
// no other trace of those.
func (s *sample) drops(p *codepage) bool {
	if s.has.control || s.has.replacement || s.has.question {
		return false
	}
	alone, whole := 0, 0
	for text, k := range s.beyondASCII() {
		if n, all := p.sequence(text[k:]); all {
			whole++
		} else if n > 0 {
			alone++
		}
	}
	return alone >= dropping && alone <= someKept*whole
}

// signLead is the first byte of the quotes and dashes of print, which looks alike in lower case.
const signLead = 0xE2

// hardly reports whether g reads hardly anything otherwise than it stands.
func (g guess) hardly() bool { return fewShown*g.count < g.kept }

// mayBeLower reports whether the sample has more small letters that p's bytes of
// capitals begin with characters as when put in lower case, than such capitals, or
// letters that p makes of UTF-8 as they stand, with no blank.
func (s *sample) mayBeLower(p *codepage) bool {
	small, others := 0, 0
	for text, k := range s.beyondASCII() {
		r := text[k]
		n, whole := p.sequence(text[k:])
		if whole = whole && plainly(text, k, k+n) && p.byteOf(r) != signLead; whole || p.capitalLead(r) {
			others++
		} else if p.capitalLead(unicode.ToUpper(r)) {
			small++
		}
	}
	return small > others
}

// beyondASCII goes over the characters of the windows that are not ASCII: the text of the window,
// and the place in it.
func (s *sample) beyondASCII() iter.Seq2[[]rune, int] {
	return func(yield func([]rune, int) bool) {
		for i := range s.windows {
			text := s.windows[i].text
			for k, r := range text {
				if r >= utf8.RuneSelf && !yield(text, k) {
					return
				}
			}
		}
	}
}

// capitalLead reports whether r is a capital that p has for the first byte of a
// character of UTF-8.
func (p *codepage) capitalLead(r rune) bool { return leads(p.byteOf(r)) && unicode.IsUpper(r) }

// likeliest returns the chain that explains the sample best; hopeless if none is
// worth floor.
func (s *sample) likeliest(chains [][]Layer, floor float32) (best guess) {
	best.gain = hopeless
	for c, like := range alike(chains) {
		if g := s.weigh(c, like, max(floor, best.gain-rivalLead)); best.c == nil || g.gain > best.gain {
			best = g
		}
	}
	return best
}

// alike yields the channels of chains, each with the first of those right before it that
// differ from it at most in what became of lost bytes, nil if there is none.
func alike(chains [][]Layer) iter.Seq2[*channel, *channel] {
	return func(yield func(c, like *channel) bool) {
		var like *channel
		for i, layers := range chains {
			if i > 0 && !slices.EqualFunc(chains[i-1], layers, sameReading) {
				like = nil
			}
			c := channelOf(layers)
			if !yield(c, like) {
				return
			}
			like = cmp.Or(like, c)
		}
	}
}
