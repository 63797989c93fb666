package mojibake

import (
	"cmp"
	"slices"
)

// Bounds of the search for a document's chain.
const (
	maxDepth      = 4
	costEnter     = 2.5
	maxLowerPrior = .5 // of code pages whose misreadings may have been put in lower case
)

// A guess is a chain with what speaks for it.
type guess struct {
	c      *channel
	gain   float32 // nats, over the text as it is, less the chain's own price
	count  int     // decoded characters in the sample
	plain  int     // those of them that have no blank in what they were taken for
	seen   map[rune]bool
	oddity float32    // nats more that the last character asks for, or fewer if negative
	kept   int        // characters outside ASCII left as they were
	row    int        // the most decoded characters side by side
	rare   int        // decoded characters that few texts have
	again  bool       // what was decoded looks misread itself
	boxed  bool       // what was decoded may have been a drawing
	script bool       // the code page has the letters of another script
	known  bool       // more of the document was broken by it
	rivals []guess    // the encodings that explain the sample best by themselves
	each   []float32  // gain of each window
	others []*channel // what explains some windows much better
}

// infer returns the chain that best explains the sample; gain is negative if
// none does better than none.
func infer(m scorer, s *sample, losses []string) guess {
	best := guess{gain: -1}
	var first []guess
	for _, p := range suspects(s) {
		var own guess
		for _, lost := range p.losses(losses) {
			g := weigh(m, s, channelOf([]Layer{{Encoding: p.name, Lost: lost}}))
			if own.c == nil || g.gain > own.gain {
				own = g
			}
		}
		if p.prior <= maxLowerPrior {
			lower := Layer{Encoding: p.name, Lost: own.c.layers[0].Lost, Case: caseLower}
			if g := weigh(m, s, channelOf([]Layer{lower})); g.gain > own.gain {
				own = g
			}
		}
		first = append(first, own)
	}
	slices.SortStableFunc(first, func(a, b guess) int { return cmp.Compare(b.gain, a.gain) })
	all := slices.Clone(first)
	for i, g := range first {
		if i < 3 {
			g = deepen(m, s, g, losses)
			all = append(all, g)
		}
		if g.gain > best.gain {
			best = g
		}
	}
	best.rivals = first[:min(len(first), maxRivals)]
	if best.enough() {
		best.others = otherChains(best, append(all, forRest(m, s, best, losses)...))
	}
	return best
}

// maxRivals is the number of encodings that a document's losses are asked about.
const maxRivals = 3

// settle returns g with the encoding and the losses that explain all of the
// text best, not only the places that look misread: a byte that was dropped
// leaves no look of that.
func settle(m scorer, text []byte, g guess, losses []string) guess {
	s := wideSample(m, text)
	var best guess
	for _, layers := range variants(g, losses) {
		if h := weigh(m, &s, channelOf(layers)); best.c == nil || h.gain > best.gain {
			best = h
		}
	}
	if best.c != nil {
		g.c = best.c
		g.gain = max(g.gain, best.gain)
		g.kept, g.count = best.kept, best.count
	}
	return g
}

// variants returns g's chain and what it may be but for.
func variants(g guess, losses []string) [][]Layer {
	own := g.c.layers
	out := [][]Layer{own}
	if len(own) == 1 {
		for _, r := range g.rivals {
			if r.gain < g.gain-rivalLead {
				continue
			}
			p := codepageByName(r.c.layers[0].Encoding)
			for _, lost := range p.losses(losses) {
				out = append(out, []Layer{{Encoding: p.name, Lost: lost}})
			}
		}
		return out
	}
	for i := range own {
		for _, lost := range codepageByName(own[i].Encoding).losses(losses) {
			layers := slices.Clone(own)
			layers[i].Lost = lost
			out = append(out, layers)
		}
	}
	return out
}

// rivalLead is the gain, in nats, that settles the encoding by itself.
const rivalLead = 20

// deepen adds inner misreadings to g as long as that explains more.
func deepen(m scorer, s *sample, g guess, losses []string) guess {
	if g.count == 0 || !g.again {
		return g
	}
	outer := g.c.layers[0]
	inners := []Layer{outer}
	for _, lost := range losses {
		inners = append(inners, Layer{Encoding: "windows-1252", Lost: lost})
	}
	for depth := 2; depth <= maxDepth; depth++ {
		best := g
		for _, in := range inners {
			layers := slices.Concat([]Layer{in}, g.c.layers)
			if h := weigh(m, s, channelOf(layers)); h.gain > best.gain {
				best = h
			}
		}
		if len(best.c.layers) < depth {
			return g
		}
		g = losing(m, s, best, losses)
	}
	return g
}

// losing returns g with what became of the bytes that the last misreading leaves
// undefined: of a text that was misread before, they tell more than of one that
// was not.
func losing(m scorer, s *sample, g guess, losses []string) guess {
	best := g
	last := len(g.c.layers) - 1
	for _, lost := range codepageByName(g.c.layers[last].Encoding).losses(losses) {
		layers := slices.Clone(g.c.layers)
		layers[last].Lost = lost
		if h := weigh(m, s, channelOf(layers)); h.gain > best.gain {
			best = h
		}
	}
	return best
}
