package mojibake

import "github.com/clipmend/clipmend/normalize/repair"

// clearAfter is the number of obvious characters that end a doubtful stretch, and
// the model's memory.
const clearAfter = 3

// An undoer collects the edits of one chain.
type undoer struct {
	*scratch
	f        *fixer
	c        *channel
	d        *direct
	l        *lattice
	h        *hints
	sure     float64
	restores bool       // whether lost bytes are restored
	all      bool       // the document is broken all over
	entire   bool       // it is known whether all of the text was misread
	others   []*channel // what other parts of the document were broken by
	asked    []rune     // the last window of which it was asked whether it waits for them
	waits    bool       // whether it does
	edits    []repair.Edit
	texts    scroll               // of the edits
	choices  []repair.Alternative // of the last edits
	inert    int                  // the first protected span that the edits have not passed
	border   int                  // the same for runs
	lineEnd  int                  // the byte up to which the answer goes
	profile  profile
	some     bool     // the chain is undone in some places only
	passed   [][]byte // what was passed over between those and is not counted yet
	written  orthography
}

// undo returns the edits that undo p's chain wherever it shows in text, and adds
// what the text is like to p.
func (f *fixer) undo(text []byte, p *finding) []repair.Edit {
	g := p.g
	u := undoer{
		scratch: newScratch(),
		profile: p.profile,
		f:       f, c: g.c, d: g.c.direct, h: g.c.hints(), l: newLattice(f.m, g.c, enterCost(g)), sure: confidence(g.gain),
		restores: f.o.runsID(ruleLost), all: enterCost(g) < costEnter, others: g.others,
	}
	defer u.l.free()
	defer u.scratch.free()
	u.l.x.sure = f.o.NoGuess
	if len(u.c.layers) > 1 {
		u.l.x.known = u.expansions()
	}
	if p.lossless {
		u.d, u.entire = u.d.withRare(), true
	}
	if !u.streams() {
		u.readsMore(text)
	}
	if u.all = u.all || u.d.rare; u.all {
		u.l.all, u.l.stray = true, costStrayer
	}
	u.some = p.places != nil
	for _, w := range p.places {
		u.window(text, w)
	}
	if !u.some {
		u.everywhere(text)
	}
	u.settle()
	if !u.some {
		u.passOver(text, len(text))
	}
	p.profile = u.profile
	return u.edits
}

// readsMore reports whether what few texts have is read too from now on. It asks once.
func (u *undoer) readsMore(text []byte) bool {
	if u.entire {
		return false
	}
	u.d, u.entire = u.d.ofAll(text, u.c.loses()), true
	return u.d.rare
}

// everywhere undoes the chain in all windows of text.
func (u *undoer) everywhere(text []byte) {
	for from := 0; ; {
		w, open, ok := u.next(text, from)
		switch {
		case !ok:
			return
		case open && u.streams():
			u.stream(text, w)
		case open:
			u.window(text, w)
		}
		from = w.end
	}
}

// next returns the first window of text at or after byte from, and whether there
// is anything to do in it.
func (u *undoer) next(text []byte, from int) (w window, open, ok bool) {
	if len(u.others) == 0 {
		w, open, ok = u.h.nextWindow(text, from)
		return uncut(text, w), open, ok
	}
	w, ok = nextWindow(text, from)
	if w = uncut(text, w); ok {
		w = inLine(text, w)
	}
	return w, true, ok
}

// passOver counts the characters of the windows before byte end in which there was
// nothing to do, or keeps them to be counted when they are asked for.
func (u *undoer) passOver(text []byte, end int) {
	switch {
	case len(u.others) > 0:
	case u.some:
		u.passed = append(u.passed, text[u.lineEnd:end])
	default:
		u.profile.addText(text[u.lineEnd:end])
	}
}

// enterCost returns the price of a broken span in a document that is broken as
// much as g's sample is.
func enterCost(g guess) float32 {
	if g.kept*4 < g.count {
		return .5
	}
	return costEnter
}

func (u *undoer) window(text []byte, w window) {
	u.runes, u.starts = characters(text[w.start:w.end], u.runes, u.starts)
	if u.foreign() {
		return
	}
	u.read()
	u.keepTorn()
	u.follow(text, w)
	u.reconsider(text, w)
	for i := range u.pieces {
		p := &u.pieces[i]
		u.restore(text, repair.Span{Start: w.start + u.starts[p.start], End: w.start + u.starts[p.end]}, p)
	}
}

// read finds what of the window is read otherwise than it stands. If the document
// is broken all over, only what is not obvious goes through the lattice.
func (u *undoer) read() {
	u.pieces, u.alts = u.pieces[:0], u.alts[:0]
	if !u.all {
		u.readSpans()
		return
	}
	for i := 0; i < len(u.runes); {
		if u.stays(i) {
			i++
			continue
		}
		if p, ok := u.obvious(i); ok {
			u.pieces = append(u.pieces, p)
			i = p.end
			continue
		}
		end := u.certain(i + 1)
		u.readDoubt(i, end)
		i = end
	}
}

// surelyBroken is the number of characters in a row that are obvious only if a
// span is broken.
const surelyBroken = 3

// readSpans is read for a document of which only spans are broken: where
// nothing can be read otherwise, all is as it was.
func (u *undoer) readSpans() {
	u.l.x.text = u.runes
	past := 0 // the end of what has been read
	for i := 0; i < len(u.runes); {
		if u.reach(i) == i {
			i++
			continue
		}
		if end := u.run(i); end > i {
			i, past = end, end
			continue
		}
		start := max(i-clearAfter, past)
		for quiet := 0; i < len(u.runes) && quiet < clearAfter; {
			if end := u.reach(i); end > i {
				quiet, i = 0, end
			} else {
				quiet++
				i++
			}
		}
		u.readDoubt(start, i)
		past = i
	}
}

// reach returns where something ends that the place i may be read as, i if it stays.
func (u *undoer) reach(i int) int {
	if u.runes[i] < 0x80 {
		return i
	}
	if _, end, ok := u.d.read(u.runes, i); ok {
		return end
	}
	u.l.x.text = u.runes
	if o := u.l.x.first(i, 1); len(o) > 0 {
		return max(int(o[0].end), i+1)
	}
	return i
}

// run reads a run of obvious characters at place i, if it is long enough, and
// returns where it ends.
func (u *undoer) run(i int) int {
	from, n := len(u.pieces), 0
	end := i
	var last rune // of a script of three bytes
	for end < len(u.runes) {
		p, ok := u.obvious(end)
		if !ok || far(p.r) && far(last) && p.r>>7 != last>>7 {
			break // letters of Cyrillic may be such by chance
		}
		if far(p.r) {
			last = p.r
		}
		end = p.end
		if p.decoded {
			u.pieces = append(u.pieces, p)
			n++
		}
	}
	if n < surelyBroken {
		u.pieces = u.pieces[:from]
		return i
	}
	return u.pieces[len(u.pieces)-1].end
}

// far reports whether r is of a script that has few characters, three bytes each,
// and is no stop that several of them have.
func far(r rune) bool { return r >= 0x800 && r < 0x1E00 && r != '।' && r != '॥' }

// obvious returns the reading at place i if there is but one in which nothing
// was lost.
func (u *undoer) obvious(i int) (piece, bool) {
	if r := u.runes[i]; r >= 0 && r < 0x80 {
		return piece{start: i, end: i + 1, r: r}, true
	}
	if u.d.whole {
		r, end, ok := u.d.read(u.runes, i)
		return piece{start: i, end: end, r: r, decoded: true, p: 1}, ok
	}
	u.l.x.text = u.runes
	o, ok := u.l.x.only(i)
	return piece{start: i, end: int(o.end), r: o.r, decoded: true, p: 1}, ok
}

// stays reports whether the character at place i is as it was.
func (u *undoer) stays(i int) bool { return u.keeps(u.runes[i]) }

// keeps reports whether r is as it was: ASCII, or what the chain makes of no byte.
func (u *undoer) keeps(r rune) bool { return r >= 0 && (r < 0x80 || u.h.kinds.of(r) == 0) }
