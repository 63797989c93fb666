package mojibake

import (
	"cmp"
	"math"
	"slices"
	"unicode"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// Bounds of the search for a document's chain.
const (
	sampleWindows = 48
	sampleRunes   = 1200
	maxSuspects   = 7
	maxElsewhere  = 4
	maxDepth      = 4
	costEnter     = 2.5
	maxLowerPrior = .5 // of code pages whose misreadings may have been put in lower case
)

// A sample is what the chain of a document is judged by.
type sample struct {
	windows [][]rune
	kept    []float32 // how likely each window is as it stands
	strange [][]bool  // characters that the model did not expect
	has     struct{ replacement, question bool }
	weighed map[*channel]guess
}

// takeSample collects the windows of text that look misread, at most
// sampleRunes characters, but those that are spared.
func takeSample(m scorer, text []byte, spares func(window) bool) sample {
	var s sample
	total := 0
	for _, w := range suspectWindows(m, text, sampleWindows) {
		if total >= sampleRunes {
			break
		}
		if spares(w) || alphabet(text[w.start:w.end]) {
			continue
		}
		runes, _ := characters(text[w.start:w.end], nil, nil)
		runes = runes[:min(len(runes), sampleRunes-total)]
		total += len(runes)
		s.add(m, runes)
		s.strange = append(s.strange, strange(m, runes))
	}
	return s
}

// keepCaseless is keepScore, or that of the same in small letters if capitals
// stand before what looks misread and it is likelier so: the model has seen few
// words in capitals.
func keepCaseless(m scorer, runes []rune) float32 {
	sum := keepScore(m, runes)
	first := slices.IndexFunc(runes, func(r rune) bool { return r >= 0x80 })
	if first < hitContext || slices.ContainsFunc(runes[first-hitContext:first], func(r rune) bool { return !unicode.IsUpper(r) }) {
		return sum
	}
	small := slices.Clone(runes)
	for i, r := range small {
		small[i] = unicode.ToLower(r)
	}
	return max(sum, keepScore(m, small))
}

func keepScore(m scorer, runes []rune) (sum float32) {
	var s plausible.State
	var w float32
	for _, r := range runes {
		w, s = keepStep(m, s, r)
		sum += w
	}
	return sum
}

// strange tells which of runes m did not expect.
func strange(m scorer, runes []rune) []bool {
	out := make([]bool, len(runes))
	var s plausible.State
	var w float32
	for i, r := range runes {
		w, s = keepStep(m, s, r)
		out[i] = w < natural
	}
	return out
}

func (s *sample) add(m scorer, runes []rune) {
	s.windows = append(s.windows, runes)
	s.kept = append(s.kept, keepCaseless(m, runes))
	for i, r := range runes {
		switch {
		case r == replacement:
			s.has.replacement = true
		case r == '?' && i > 0 && runes[i-1] >= 0x80:
			s.has.question = true
		}
	}
}

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

// wideSample collects windows of text whether they look misread or not.
func wideSample(m scorer, text []byte) sample {
	var s sample
	total := 0
	for from := 0; total < sampleRunes; {
		w, ok := nextWindow(text, from)
		if !ok {
			break
		}
		runes, _ := characters(text[w.start:w.end], nil, nil)
		runes = runes[:min(len(runes), sampleRunes-total)]
		total += len(runes)
		s.add(m, runes)
		from = w.end
	}
	return s
}

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

// weigh explains the sample by c.
func weigh(m scorer, s *sample, c *channel) guess {
	if g, ok := s.weighed[c]; ok {
		return g
	}
	g := explain(m, s, c)
	if s.weighed == nil {
		s.weighed = make(map[*channel]guess)
	}
	s.weighed[c] = g
	return g
}

// explain is weigh for a channel that was not weighed yet.
func explain(m scorer, s *sample, c *channel) guess {
	g := guess{c: c, seen: make(map[rune]bool)}
	last := codepageByName(c.layers[len(c.layers)-1].Encoding)
	g.boxed, g.script = last.boxed, last.alien
	l := newLattice(m, c, costEnter)
	defer l.free()
	l.quick, l.depth = true, quickDepth
	for i, w := range s.windows {
		gain := l.run(w, plausible.State{}, s.kept[i]) - s.kept[i]
		g.gain += gain
		g.each = append(g.each, gain)
		path := l.path()
		g.row = max(g.row, longestRow(path))
		g.again = g.again || looksMisread(path)
		var odd *piece
		for k := range path {
			switch p := &path[k]; {
			case p.decoded:
				odd = p
				g.count++
				if len(g.seen) < 2 { // whether there is more than one is all that is asked
					g.seen[p.r] = true
				}
				if rarity(p.r) > 0 {
					g.rare++
				}
				if p.end > p.start+1 && plainly(w, p.start, p.end) {
					g.plain++
				}
			case p.r >= 0x80 && (g.script || !stranded(last, p.r) && !last.begins(w, p.start)) && last.byteOf(p.r) != 0:
				g.kept++
			}
		}
		if odd != nil {
			g.oddity = oddity(c, w, *odd)
		}
		g.gain -= unlikely * float32(torn(path, w, g.script))
	}
	g.gain -= c.prior
	return g
}

// plainly reports whether w[start:end] has no blank, but for a no-break space
// that a word goes on behind.
func plainly(w []rune, start, end int) bool {
	for i := start; i < end; i++ {
		if isBlank(w[i]) && (w[i] != nbsp || i+1 >= len(w) || !unicode.IsLower(w[i+1])) {
			return false
		}
	}
	return true
}

// torn counts the decoded characters that touch a letter outside ASCII which
// stays, if the code page has letters of another script, for all of a word is
// misread then; and the marks that marks are read as.
func torn(path []piece, broken []rune, alien bool) (n int) {
	stays := func(i int) bool {
		return i >= 0 && i < len(path) && !path[i].decoded && path[i].r >= 0x80 && unicode.IsLetter(path[i].r)
	}
	for i, p := range path {
		switch {
		case !p.decoded:
		case alien && (stays(i-1) || stays(i+1)), unicode.Is(unicode.Mn, p.r) && unicode.Is(unicode.Mn, broken[p.start]):
			n++
		}
	}
	return n
}

// longestRow returns the most decoded characters side by side that may be of one
// word: no capital follows a small letter.
func longestRow(path []piece) (most int) {
	row := 0
	for i, p := range path {
		switch {
		case !p.decoded:
			row = 0
		case row > 0 && unicode.IsUpper(p.r) && unicode.IsLower(path[i-1].r):
			row = 1
		default:
			row++
		}
		most = max(most, row)
	}
	return most
}

// looksMisread reports whether the reading has two characters side by side that
// a code page may have made of one, of which the first was misread.
func looksMisread(path []piece) bool {
	g := gate()
	for i, p := range path {
		if !p.decoded || p.r >= gateSize || g.lead[p.r] == 0 {
			continue
		}
		if i+1 == len(path) {
			return true
		}
		next := path[i+1].r
		if unicode.IsUpper(p.r) && unicode.IsLower(next) && i > 0 && unicode.IsLower(path[i-1].r) {
			return true // what went on was dropped
		}
		if g.lead[p.r]&g.contBits(next) != 0 || next == '?' || isBlank(next) {
			return true
		}
	}
	return false
}

// A suspect is an encoding with how much of a sample looks as if it had made it
// of UTF-8.
type suspect struct {
	p     *codepage
	score float32 // the more, the likelier
	odd   int     // characters outside ASCII in none
}

// suspects returns the encodings in which the sample looks like UTF-8, the
// likeliest first, and after them those in which places do that look like it in
// none of the first.
func suspects(s *sample) []*codepage {
	var all []suspect
	least := math.MaxInt
	for _, p := range codepages() {
		if a := looksLike(p, s, nil); a.score > 0 {
			all = append(all, a)
			least = min(least, a.odd)
		}
	}
	for i := range all {
		all[i].score -= unexplained * float32(all[i].odd-least)
	}
	out := mostSuspect(all, maxSuspects)
	if len(out) == 0 {
		return nil
	}
	taken := madeBy(out, s)
	var others []suspect
	for _, p := range codepages() {
		if slices.Contains(out, p) {
			continue
		}
		if a := looksLike(p, s, taken); a.score > 0 {
			others = append(others, a)
		}
	}
	return append(out, mostSuspect(others, maxElsewhere)...)
}

// madeBy tells at which places of the sample begins what one of known makes of a
// character of UTF-8.
func madeBy(known []*codepage, s *sample) [][]bool {
	taken := make([][]bool, len(s.windows))
	for k, w := range s.windows {
		taken[k] = make([]bool, len(w))
		for i := range w {
			taken[k][i] = slices.ContainsFunc(known, func(p *codepage) bool { n, _ := p.sequence(w[i:]); return n > 1 })
		}
	}
	return taken
}

// mostSuspect returns the encodings of at most n suspects, the likeliest first.
func mostSuspect(all []suspect, n int) []*codepage {
	slices.SortStableFunc(all, func(a, b suspect) int { return cmp.Compare(b.score, a.score) })
	var out []*codepage
	for _, a := range all {
		if len(out) < n && a.score >= all[0].score*.6-2 {
			out = append(out, a.p)
		}
	}
	return out
}

// unexplained is what a character counts that one encoding cannot have made but
// another can. What none explains is beside the point: most of a text may be
// right.
const unexplained = .2

// looksLike measures what p makes of UTF-8 in the sample, but for the places that
// are taken, if any are. In a text of words that the model expects, a sequence is
// chance.
func looksLike(p *codepage, s *sample, taken [][]bool) suspect {
	a := suspect{p: p}
	for k, w := range s.windows {
		for i := 0; i < len(w); {
			n, whole := p.sequence(w[i:])
			switch {
			case !slices.Contains(s.strange[k][i:i+max(1, n)], true):
			case n > 0 && taken != nil && taken[k][i]:
			case whole:
				a.score += float32(n)
			case n > 1:
				a.score += float32(n) / 2
			case w[i] >= 0x80:
				a.odd++
			}
			i += max(1, n)
		}
	}
	if a.score > 0 {
		a.score -= p.prior / 4
	}
	return a
}

// sequence returns the number of characters of text that p makes of one
// character of UTF-8, and whether that is complete.
func (p *codepage) sequence(text []rune) (n int, whole bool) {
	lead := p.byteOf(text[0])
	if lead < 0xC2 || lead > 0xF4 {
		return 0, false
	}
	size := utf8Len(lead)
	for n = 1; n < size && n < len(text); n++ {
		b := p.byteOf(text[n])
		if text[n] == ' ' || text[n] == replacement || text[n] == '?' {
			b = 0x80
		}
		if b < 0x80 || b > 0xBF {
			return n, false
		}
	}
	return n, n == size
}
