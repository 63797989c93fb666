package mojibake

import (
	"unicode"

	"github.com/clipmend/clipmend/normalize/plausible"
)

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
