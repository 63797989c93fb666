package mojibake

import (
	"bytes"
	"math"
	"slices"
	"unicode"
	"unicode/utf8"
)

// What the model of characters cannot see, in nats, measured on lines held out
// of its training.
const (
	worthWord    = 3.5  // of a word that the model keeps, against one that it does not
	worthShare   = .5   // of a nat by which one kept word is more frequent than another
	costClosing  = -3.5 // a bracket closed that is not open
	worthClosing = 1    // one that is
	costOpening  = -2.5 // a bracket opened that the line does not close
	costForeign  = -4   // a Han character that the language of the document does not write
)

// Bounds of the context that is looked at.
const (
	maxLine  = 400 // characters of a line before a place
	maxAhead = 600 // bytes after it
	maxWord  = 32  // characters of a word to either side
)

// An answer is the line up to the end of a window, as it is read.
type answer struct {
	runes []rune
	place []int  // of each piece of the window in runes
	after []byte // the text that follows the window
}

// reconsider weighs the readings of lost bytes by what stands around them in
// the line and what is known of the document.
func (u *undoer) reconsider(text []byte, w window) {
	if !slices.ContainsFunc(u.pieces, func(p piece) bool { return guessed(&p) }) {
		return
	}
	u.answer.after = text[w.end:min(len(text), w.end+maxAhead)]
	for range 2 { // what is decided of one place tells about its neighbours
		changed := false
		for i := range u.pieces {
			if p, at := &u.pieces[i], u.answer.place[i]; doubtful(p) || u.telling(p, at) {
				was := p.r
				u.weigh(text, p, at)
				if u.outlandish(p, at) {
					p.p = 0
				}
				changed = changed || p.r != was
			}
		}
		if !changed {
			return
		}
	}
}

// guessed reports whether p may be something else than it was read as.
func guessed(p *piece) bool { return p.lost > 0 && len(p.alts) > 0 }

func doubtful(p *piece) bool { return guessed(p) && !invisible(p.r) }

// outlandish reports whether p is a letter of a script in which nothing near is
// written, read out of one character by itself, which may be a sign.
func (u *undoer) outlandish(p *piece, at int) bool {
	if p.end-p.start > 1 || p.r >= 0x800 || !unicode.IsLetter(p.r) || unicode.Is(unicode.Latin, p.r) {
		return false
	}
	script := scriptOf(p.r)
	if script == nil {
		return true
	}
	a := u.answer.runes
	from := max(0, at-maxLine)
	same := func(r rune) bool { return r != p.r && isOf(script, r) }
	for i := at - 1; i >= from; i-- { // the nearest first, which is most often one
		if same(a[i]) {
			return false
		}
	}
	return !slices.ContainsFunc(a[at:min(len(a), from+2*maxLine)], same)
}

// begin carries the answer on to the beginning of w.
func (u *undoer) begin(text []byte, w window) {
	u.passOver(text, w.start)
	a := &u.answer
	between := text[u.lineEnd:w.start]
	if at := bytes.LastIndexByte(between, '\n'); at >= 0 {
		a.runes, between = a.runes[:0], between[at+1:]
	}
	if len(a.runes) > 2*maxLine {
		a.runes = a.runes[:copy(a.runes, a.runes[len(a.runes)-maxLine:])]
	}
	a.runes = appendRunes(a.runes, between[max(0, len(between)-utf8.UTFMax*maxLine):])
	a.place = a.place[:0]
	u.lineEnd = w.end
}

// follow carries the answer on to the end of w.
func (u *undoer) follow(text []byte, w window) {
	u.begin(text, w)
	at := 0
	for i := range u.pieces {
		p := &u.pieces[i]
		u.take(u.runes[at:p.start])
		u.meet(p)
		at = p.end
	}
	u.take(u.runes[at:])
}

// meet carries the answer on over a character that is read otherwise than it stands.
func (u *undoer) meet(p *piece) {
	a := &u.answer
	a.place = append(a.place, len(a.runes))
	a.runes = append(a.runes, p.r)
	if !doubtful(p) {
		u.profile.add(p.r)
	}
}

// take carries the answer on over characters that stay.
func (u *undoer) take(runes []rune) {
	u.answer.runes = append(u.answer.runes, runes...)
	for _, r := range runes {
		u.profile.add(r)
	}
}

func appendRunes(to []rune, text []byte) []rune {
	for i := 0; i < len(text); {
		if b := text[i]; b < utf8.RuneSelf {
			to = append(to, rune(b))
			i++
			continue
		}
		r, size := decode(text, i)
		to = append(to, r)
		i += size
	}
	return to
}

// endOfLine returns the last characters of the line at the end of runes.
func endOfLine(runes []rune) []rune {
	runes = runes[max(0, len(runes)-maxLine):]
	return runes[lastIndex(runes, '\n')+1:]
}

func lastIndex(runes []rune, r rune) int {
	for i := len(runes) - 1; i >= 0; i-- {
		if runes[i] == r {
			return i
		}
	}
	return -1
}

// weigh orders the readings of p, at the given place of the answer, anew.
func (u *undoer) weigh(text []byte, p *piece, at int) {
	all := append(u.rivals[:0], alternative{r: p.r, end: p.end, decoded: true, p: p.model})
	rest := p.alts[:0] // with another end
	for _, alt := range p.alts {
		if alt.end == p.end {
			alt.p = alt.model
			all = append(all, alt)
		} else {
			rest = append(rest, alt)
		}
	}
	all = u.native(text, p, all)
	u.rivals = all
	if len(all) == 1 {
		return
	}
	before, sum := 0.0, 0.0
	words := u.words(all, at)
	first := u.endBefore(at)
	for i := range all {
		all[i].model = all[i].p
		before += all[i].p
		if bonus := words[i] + u.ends(first, all[i].r, at) + u.brackets(all[i].r, at) + u.writes(all[i].r) + u.between(all[i].r, at) + u.letter(text, all[i].r, at) + u.quote(text, all[i].r, at) + u.asSmall(all[i].r, at); bonus != 0 {
			all[i].p *= math.Exp(float64(bonus))
		}
		sum += all[i].p
	}
	for i := range all {
		all[i].p *= before / sum
	}
	sortAlternatives(all)
	p.r, p.p, p.model = all[0].r, all[0].p, all[0].model
	// Those with this end come first if they are as likely.
	n := len(all) - 1
	if n+len(rest) > len(p.alts) {
		p.alts = slices.Concat(all[1:], rest)
	} else {
		n += copy(p.alts[n:], rest)
		p.alts = p.alts[:n]
		copy(p.alts, all[1:])
	}
	sortAlternatives(p.alts)
	u.answer.runes[at] = p.r
}

// writes returns what the profile of the document speaks for r.
func (u *undoer) writes(r rune) float32 {
	if r < firstHan || r > lastHan {
		return 0
	}
	for _, text := range u.passed {
		u.profile.addText(text)
	}
	u.passed = u.passed[:0]
	return u.profile.bonus(r)
}

// sortAlternatives puts the likeliest first; there are few.
func sortAlternatives(all []alternative) {
	for i := 1; i < len(all); i++ {
		for k := i; k > 0 && all[k].p > all[k-1].p; k-- {
			all[k], all[k-1] = all[k-1], all[k]
		}
	}
}

// closers are the brackets that end what others begin.
var closers = map[rune]rune{
	'（': '）', '「': '」', '『': '』', '《': '》', '〈': '〉', '【': '】', '〔': '〕', '“': '”', '«': '»', '‘': '’', '［': '］',
}

var openers = func() map[rune]rune {
	m := map[rune]rune{}
	for o, c := range closers {
		m[c] = o
	}
	return m
}()

// brackets returns what the brackets of the line speak for r at a place.
func (u *undoer) brackets(r rune, at int) float32 {
	if r < '«' || r > '»' && r < '‘' || r > '”' && r < '〈' || r > '】' && r < '（' && r != '〔' && r != '〕' {
		return 0
	}
	a := &u.answer
	if r == '“' && isOpen(a.runes[:at], '„', r) {
		return worthClosing
	}
	if closer, ok := closers[r]; ok {
		if isOpen(a.runes[:at], r, closer) || u.ahead(closer, at) {
			return 0
		}
		return costOpening
	}
	opener, ok := openers[r]
	switch {
	case !ok || r == '’': // which is an apostrophe too
		return 0
	case isOpen(a.runes[:at], opener, r):
		return worthClosing
	case r == '”' && (isOpen(a.runes[:at], '„', r) || isOpen(a.runes[:at], '”', 0) || u.ahead('”', at)):
		return 0
	}
	return costClosing
}

// isOpen reports whether the line before leaves a bracket open.
func isOpen(line []rune, opener, closer rune) bool {
	n := 0
	for _, r := range endOfLine(line) {
		switch r {
		case opener:
			n++
		case closer:
			n = max(0, n-1)
		}
	}
	return n > 0 && (closer != 0 || n%2 == 1)
}

// ahead reports whether r comes after the place, or what may be r.
func (u *undoer) ahead(r rune, at int) bool {
	a := &u.answer
	for _, next := range a.runes[at+1:] {
		switch next {
		case r:
			return true
		case '\n':
			return false
		}
	}
	rest, _, _ := bytes.Cut(a.after, []byte{'\n'})
	look := []byte(u.c.look(r))
	for {
		i := bytes.Index(rest, look)
		if i < 0 {
			return false
		}
		other, end, ok := u.c.direct.readAt(rest, i)
		if !ok || other == r {
			return true
		}
		rest = rest[end:] // what looks like r, and more
	}
}
