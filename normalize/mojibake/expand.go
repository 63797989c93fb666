package mojibake

import (
	"math"
	"unicode/utf16"
	"unicode/utf8"
)

// Limits on how many readings one place is given.
const (
	maxLostPerRune = 3
	manySilent     = 20 // bytes that leave nothing, or the same sign; with more, one a character is enough to guess
	maxOptions     = 2048
	maxScored      = 48
	fewOptions     = 8 // that are not weeded
	usualCost      = 2 // nats; what costs less is nothing unusual
)

// An option is one character that may stand in the right text for the broken
// characters from the place where it is offered up to, not including, end.
type option struct {
	end  int32
	r    rune
	cost float32
	lost int8 // bytes restored; 0 if every byte can be seen
}

// An expander finds the options of a channel in a broken text.
type expander struct {
	c      *channel
	sure   bool // restore no bytes that left nothing
	usual  bool // nothing is lost and nothing unusual happened
	most   int  // options that are asked for; 0 is maxOptions
	text   []rune
	out    []option
	parts  [7]partial // of the option at hand, by the bytes that they have
	start  int
	beside beside
	seen   int         // the end of what was looked at, more than all if that of the text was
	known  *expansions // that were asked for before; nil if none are kept
	ways   []*branch   // of the first character, and of more
	// Of the options that are nothing unusual, the least that was lost, and the
	// longest of which no more was.
	least   int8
	longest int32
	weeded  bool // some that would be dropped were not added
}

// at returns the options at text[i], in no order. The result is good until the
// next call.
func (x *expander) at(i int) []option {
	x.out, x.start, x.beside = x.out[:0], i, x.before(i)
	if x.known == nil || x.usual || x.most > 0 {
		x.expand(i)
		return x.out
	}
	if options, ok := x.known.find(x.beside, x.text[i:]); ok {
		x.out = append(x.out, options...)
		shift(x.out, i)
		return x.out
	}
	x.expand(i)
	x.known.add(x.beside, x.text[i:], x.seen-i, i, x.out)
	return x.out
}

// before tells what stands before text[i].
func (x *expander) before(i int) (b beside) {
	b.letter = i > 0 && asciiLetter(x.text[i-1])
	if i > 0 && x.text[i-1] == ' ' {
		i--
	}
	b.ascii = i == 0 || ascii(x.text[i-1])
	return b
}

// looks notes that the options hang on what stands before end.
func (x *expander) looks(end int) { x.seen = max(x.seen, end) }

// expand finds the options at text[i].
func (x *expander) expand(i int) {
	x.least, x.longest, x.weeded = math.MaxInt8, 0, false
	x.ways = x.ways[:0]
	for b := x.c.looks.to(x.text[i]); b != nil; b = b.to(x.text[i+len(x.ways)]) {
		if x.ways = append(x.ways, b); i+len(x.ways) == len(x.text) {
			break
		}
	}
	x.seen = i + len(x.ways) + 1
	for n := len(x.ways); n > 0; n-- { // the longest first, which may make others idle
		b := x.ways[n-1]
		for k := range b.leads {
			if r := &b.leads[k]; x.takes(r, i+n) {
				x.begin(r, i+n, r.lost)
			}
		}
	}
	if !x.usual {
		for k := range x.c.mute {
			x.begin(&x.c.mute[k], i, 1)
		}
	}
	if x.weeded || len(x.out) > fewOptions {
		x.weed()
	}
}

// weed drops the options for which more was lost than for a longer one, and
// after which a character is left that belongs to nothing.
func (x *expander) weed() {
	kept := x.out[:0]
	place, stray := int32(-1), false // of the last option that was asked about
	for _, o := range x.out {
		if o.lost > x.least && o.end < x.longest {
			if o.end != place {
				place, stray = o.end, x.strays(int(o.end))
			}
			if stray {
				continue
			}
		}
		kept = append(kept, o)
	}
	x.out = kept
}

// strays reports whether text[i] is a character outside ASCII that nothing
// begins with.
func (x *expander) strays(i int) bool {
	return x.text[i] >= 0x80 && !x.begins(x.text[i])
}

// begins reports whether what some lead byte is left as begins with r.
func (x *expander) begins(r rune) bool {
	b := x.c.looks.to(r)
	return b != nil && b.begun
}

// begin adds the options whose first byte is r, which is read up to text[at].
func (x *expander) begin(r *reading, at int, lost int8) {
	size := utf8Len(r.b)
	x.parts[1] = partial{lead: r.b, n: 1, size: int8(size), lost: lost, cost: r.cost, r: rune(r.b & (0x7F >> size))}
	x.next(at, &x.parts[1])
}

// only returns the one option at text[i] in which nothing is lost and nothing
// unusual happened, if there is just one.
func (x *expander) only(i int) (option, bool) {
	var found option
	n := 0
	if len(x.c.mute) > 0 {
		return found, false
	}
	x.usual = true
	defer func() { x.usual = false }()
	for _, o := range x.at(i) {
		if o.lost == 0 && o.cost == 0 {
			found = o
			n++
		}
	}
	return found, n == 1
}

// any reports whether there is an option at text[i].
func (x *expander) any(i int) bool { return len(x.first(i, 1)) > 0 }

// first is at for no more options than most.
func (x *expander) first(i, most int) []option {
	x.most = most
	out := x.at(i)
	x.most = 0
	return out
}

// takes reports whether r is a reading that is asked for and that may end at end.
func (x *expander) takes(r *reading, end int) bool {
	if x.usual && (r.cost != 0 || r.lost != 0) {
		return false
	}
	return !r.atBlank || end == len(x.text) || isBlank(x.text[end])
}

// next adds the options that go on with what p has, from text[at].
func (x *expander) next(at int, p *partial) {
	if len(x.out) >= maxOptions || x.most > 0 && len(x.out) >= x.most {
		return
	}
	x.looks(at + 1)
	if at < len(x.text) {
		if b := x.c.looks.to(x.text[at]); b != nil {
			x.shown(at+1, b, p)
		}
	}
	if x.usual || p.lost >= maxLostPerRune || p.lost > 0 && (len(x.c.silent) > manySilent && !p.punctuation() || p.rare()) || x.groundless(at, p) {
		return
	}
	idle := x.idle(at, p)
	if x.weeded = x.weeded || idle; idle && !isBlank(x.text[at]) {
		return
	}
	lo, hi := p.follows()
	for k := range x.c.silent {
		r := &x.c.silent[k]
		if r.b < lo || r.b > hi || (x.sure || idle) && r.lost > 0 {
			continue
		}
		if r.atBlank && (!x.trimmed(at) || p.lead == 0xC2 && at < len(x.text) && x.text[at] == ' ') {
			continue // of the second kind, the blank is the space that no-break space became
		}
		x.add(at, p, r)
	}
}

// shown adds the options that go on with what p has and a byte whose image b leads to, or a longer one,
// and ends at text[end]: the longest first, which may make others idle.
func (x *expander) shown(end int, b *branch, p *partial) {
	x.looks(end + 1)
	if end < len(x.text) {
		if longer := b.to(x.text[end]); longer != nil {
			x.shown(end+1, longer, p)
		}
	}
	if len(b.conts) == 0 {
		return
	}
	lo, hi := p.follows()
	idle := x.idle(end, p)
	x.weeded = x.weeded || idle
	enough := idle || p.lost > 0 && len(b.conts) > manySilent
	for k := range b.conts {
		if r := &b.conts[k]; !(enough && r.lost > 0) && lo <= r.b && r.b <= hi && x.takes(r, end) {
			x.add(end, p, r)
		}
	}
}

// add goes on with what p has and the byte of r, which is read up to text[end].
func (x *expander) add(end int, p *partial, r *reading) {
	if p.last() {
		x.emit(end, p, r)
		return
	}
	x.next(end, x.with(p, r))
}

// idle reports whether weed would drop all that goes on with p by a byte that was
// lost at place at.
func (x *expander) idle(at int, p *partial) bool {
	return p.lost >= x.least && int32(at) < x.longest && len(x.out) >= fewOptions &&
		(p.last() || x.c.looks.to(x.text[at]) == nil) && x.strays(at)
}

// trimmed reports whether a blank may have been trimmed or merged at place at:
// before another, but not before one that would stand before a full stop or a
// comma, where no language writes any.
func (x *expander) trimmed(at int) bool {
	if at == len(x.text) {
		return true
	}
	if !isBlank(x.text[at]) {
		return false
	}
	x.looks(at + 2)
	return at+1 == len(x.text) || x.text[at+1] != '.' && x.text[at+1] != ','
}

// emit adds the option that p is with the byte of last, read up to text[end].
func (x *expander) emit(end int, p *partial, last *reading) {
	r := p.r<<6 | rune(last.b&0x3F)
	if p.size == 6 {
		r = utf16.DecodeRune(p.high, r)
	}
	if end == x.start || p.blind+last.blank > 1 && eastern(r) && (x.besideLetter(end) || x.alone(end)) {
		return
	}
	cost := p.cost + last.cost + x.c.direct.blocks.rarity(r) - x.selected(r, end)
	o := option{end: int32(end), r: r, cost: cost, lost: p.lost + last.lost}
	if cost < usualCost && (o.lost < x.least || o.lost == x.least && o.end > x.longest) {
		x.least, x.longest = o.lost, o.end
	}
	x.out = append(x.out, o)
}

// alone reports whether what is read up to end stands between ASCII, whatever blank
// is between them: two bytes that do not show are too many for a guess there.
func (x *expander) alone(end int) bool {
	if end < len(x.text) && x.text[end] == ' ' {
		end++
		x.looks(end + 1)
	}
	return x.beside.ascii && (end == len(x.text) || ascii(x.text[end]))
}

func ascii(r rune) bool { return r >= 0 && r < utf8.RuneSelf }

// groundless reports whether emit would refuse all that goes on with p by a byte
// that leaves nothing at place at.
func (x *expander) groundless(at int, p *partial) bool {
	if p.size != 3 || p.lead < 0xE3 || p.lead > 0xEC || !x.besideLetter(at) {
		return false
	}
	return p.n == 2 && p.blind > 0 || p.n == 1 && (at == len(x.text) || x.c.looks.to(x.text[at]) == nil)
}

// besideLetter reports whether an ASCII letter stands right before or after what
// is read up to end. A character of the East of which one byte shows would be a
// guess without ground there: that byte is rather a letter that was misread less
// often than the rest.
func (x *expander) besideLetter(end int) bool {
	return x.beside.letter || end < len(x.text) && asciiLetter(x.text[end])
}
