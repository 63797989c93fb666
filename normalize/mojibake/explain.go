package mojibake

import "unicode"

// An account is what a channel makes of a window.
type account struct {
	gain   float32 // nats, over the text as it is
	room   float32 // nats that another channel may gain more
	clear  bool    // there is no doubt about any character
	whole  bool    // none outside ASCII is left as it was
	count  int     // decoded characters
	plain  int     // those of them that have no blank in what they were taken for
	rare   int     // those that few texts have
	row    int     // the most of them side by side
	torn   int     // those of them that touch what they cannot
	walled int     // those of them in rows between characters that stay
	kept   int     // characters outside ASCII left as they were
	leads  int     // characters left though the code page has them for first bytes
	proof  int     // decoded characters that show by more than what is left of a quote
	blind  int     // decoded letters, none of them Latin, that lost bytes
	first  rune
	kinds  int     // of decoded characters: more than one are two
	oddity float32 // of the last
	within bool    // the last is a Latin letter within a word
	again  bool    // what was decoded looks misread itself
	deeper float32 // nats that reading it again may gain
}

// account explains x; false if it does so by less than least.
func (r *reader) account(x *excerpt, least float32) (account, bool) {
	end, ok := r.read(x, least+x.kept)
	if !ok {
		return account{}, false
	}
	a := account{gain: end.sum - x.kept, room: end.room, clear: !end.doubt, whole: true}
	a.row = longestRow(r.path)
	a.again, a.deeper = readAgain(r.path)
	a.torn = torn(r.path, x.text, r.page.alien)
	a.walled = r.walled()
	var last *piece
	for i := range r.path {
		p := &r.path[i]
		if p.decoded {
			a.decode(x.text, p)
			last = p
			named := r.named(x, p)
			a.gain, a.room = a.gain-named, a.room+named
		} else if p.r >= 0x80 {
			a.whole = false
			if leads(r.page.byteOf(p.r)) {
				a.leads++
			}
			if r.stays(p) {
				a.kept++
			}
		}
	}
	if last != nil {
		a.oddity = oddity(r.c, x.text, *last)
		a.within = within(x.text, *last)
	}
	return a, true
}

func (a *account) decode(text []rune, p *piece) {
	if p.end > p.start+1 && plainly(text, p.start, p.end) || p.end == p.start+1 && quoted(text, p.start) {
		a.proof++
	}
	if p.lost > 0 && unicode.IsLetter(p.r) && !latin(p.r) {
		a.blind++
	}
	a.meet(p.r)
	a.count++
	if rarity(p.r) > 0 {
		a.rare++
	}
	if p.end > p.start+1 && plainly(text, p.start, p.end) {
		a.plain++
	}
}

// meet counts the kinds of decoded characters: whether there is more than one is
// all that is asked.
func (a *account) meet(r rune) {
	if a.kinds == 0 {
		a.first, a.kinds = r, 1
	} else if r != a.first {
		a.kinds = 2
	}
}

// stays reports whether p, which was left as it was, speaks against a misreading.
func (r *reader) stays(p *piece) bool {
	if r.page.byteOf(p.r) == 0 || p.r == strippedQuote { // which is looked at wherever it is odd
		return false
	}
	return r.page.alien || !stranded(r.page, p.r) && !r.page.begins(r.x.text, p.start)
}

// shown returns the gain that counts.
func (a *account) shown() float32 { return a.gain - unlikely*float32(a.torn) }

// add adds the account of one more window to g.
func (g *guess) add(a *account) {
	g.gain += a.shown()
	g.count += a.count
	g.plain += a.plain
	g.rare += a.rare
	g.walled += a.walled
	g.kept += a.kept
	g.leads += a.leads
	g.proof += a.proof
	g.blind += a.blind
	g.row = max(g.row, a.row)
	g.again = g.again || a.again
	if a.count == 0 {
		return
	}
	g.oddity, g.within = a.oddity, a.within
	if g.kinds == 0 {
		g.first, g.kinds = a.first, a.kinds
	} else if a.kinds > 1 || a.first != g.first {
		g.kinds = 2
	}
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
// misread then; the marks that marks are read as; and what may be a unit with a
// sign behind it.
func torn(path []piece, broken []rune, alien bool) (n int) {
	stays := func(i int) bool {
		return i >= 0 && i < len(path) && !path[i].decoded && path[i].r >= 0x80 && unicode.IsLetter(path[i].r)
	}
	for i, p := range path {
		switch {
		case !p.decoded:
		case alien && (stays(i-1) || stays(i+1)), accent(broken[p.start]) && unicode.Is(unicode.Mn, p.r), unit(broken, p):
			n++
		}
	}
	return n
}

// walled counts the decoded characters of rows between two characters that stay, though
// the code page has them: all of such a row of signs is meant.
func (r *reader) walled() (n int) {
	stays := func(i int) bool {
		return i >= 0 && i < len(r.path) && r.path[i].r >= 0x80 && !unicode.In(r.path[i].r, unicode.Z, unicode.P) && r.page.byteOf(r.path[i].r) != 0
	}
	for i := 0; i < len(r.path); i++ {
		start := i
		for i < len(r.path) && r.path[i].decoded {
			i++
		}
		if i > start && stays(start-1) && stays(i) {
			n += i - start
		}
	}
	return n
}

// unit reports whether p was read out of a capital after a number and one sign.
func unit(broken []rune, p piece) bool {
	return p.end == p.start+2 && isSign(broken[p.start+1]) && surroundings(broken, p).unit(broken[p.start:p.end], p.r)
}

// longestRow returns the most decoded characters side by side that may be of one
// word: no capital follows a small letter. More than what is telling is not counted.
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
		if most = max(most, row); most == tellingRow {
			break
		}
	}
	return most
}

// readAgain reports whether some of the reading looks misread itself, and how much
// likelier the characters that do may become.
func readAgain(path []piece) (again bool, gain float32) {
	for i := 0; i < len(path); i++ {
		if !looksMisread(path, i) {
			continue
		}
		again = true
		gain -= path[i].w
		for i+1 < len(path) && path[i+1].decoded {
			i++
			gain -= path[i].w
		}
	}
	return again, gain
}

// looksMisread reports whether the reading has two characters side by side at i
// that a code page may have made of one, of which the first was misread.
func looksMisread(path []piece, i int) bool {
	g := gate()
	p := &path[i]
	if !p.decoded || p.r >= gateSize || g.lead[p.r] == 0 {
		return false
	}
	if i+1 == len(path) {
		return true
	}
	next := path[i+1].r
	if unicode.IsUpper(p.r) && unicode.IsLower(next) && i > 0 && unicode.IsLetter(path[i-1].r) {
		return true // what went on was dropped
	}
	return g.lead[p.r]&g.contBits(next) != 0 || next == '?' || isBlank(next)
}
