package mojibake

import "unicode"

// Limits on how many readings one place is given.
const (
	maxLostPerRune = 3
	manySilent     = 20 // bytes that leave nothing; with more, one a character is enough to guess
	maxOptions     = 2048
	maxScored      = 48
)

// An option is one character that may stand in the right text for the broken
// characters from the place where it is offered up to, not including, end.
type option struct {
	end  int
	r    rune
	cost float32
	lost int8 // bytes restored; 0 if every byte can be seen
}

// An expander finds the options of a channel in a broken text.
type expander struct {
	c     *channel
	sure  bool // restore no bytes that left nothing
	usual bool // nothing is lost and nothing unusual happened
	most  int  // options that are asked for; 0 is maxOptions
	text  []rune
	out   []option
	bytes [6]byte
	blind int // bytes of the character at hand that leave nothing or a blank
	start int
}

// at returns the options at text[i], in no order. The result is good until the
// next call.
func (x *expander) at(i int) []option {
	x.out, x.start = x.out[:0], i
	for _, r := range x.c.starting(x.text[i]) {
		if r.b >= 0xC2 && r.b <= 0xF4 && x.takes(r) && matches(r.image, x.text, i, true) {
			x.bytes[0] = r.b
			x.next(i+len(r.runes), 1, utf8Len(r.b), r.cost, lostCount(r.lost))
		}
	}
	if x.c.mute && !x.usual {
		for _, r := range x.c.silent {
			if r.b >= 0xC2 && r.b <= 0xF4 {
				x.bytes[0] = r.b
				x.next(i, 1, utf8Len(r.b), r.cost, 1)
			}
		}
	}
	return x.out
}

// only returns the one option at text[i] in which nothing is lost and nothing
// unusual happened, if there is just one.
func (x *expander) only(i int) (option, bool) {
	var found option
	n := 0
	if x.c.mute {
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
func (x *expander) any(i int) bool {
	x.most = 1
	defer func() { x.most = 0 }()
	return len(x.at(i)) > 0
}

// takes reports whether r is a reading that is asked for.
func (x *expander) takes(r reading) bool { return !x.usual || r.cost == 0 && !r.lost }

func lostCount(lost bool) int8 {
	if lost {
		return 1
	}
	return 0
}

// utf8Len returns the length of the sequence that lead begins.
func utf8Len(lead byte) int {
	switch {
	case lead < 0xE0:
		return 2
	case lead < 0xF0:
		return 3
	}
	return 4
}

// next adds the n-th byte of size, read from text[at].
func (x *expander) next(at, n, size int, cost float32, lost int8) {
	if n == size {
		x.emit(at, size, cost, lost)
		return
	}
	if len(x.out) >= maxOptions || x.most > 0 && len(x.out) >= x.most {
		return
	}
	if at < len(x.text) {
		for _, r := range x.c.starting(x.text[at]) {
			if x.fits(r.b, n) && x.takes(r) && matches(r.image, x.text, at, true) {
				x.bytes[n] = r.b
				blank := 0
				if len(r.runes) == 1 && isBlank(r.runes[0]) {
					blank = 1
				}
				x.blind += blank
				x.next(at+len(r.runes), n+1, x.size(n, size), cost+r.cost, lost+lostCount(r.lost))
				x.blind -= blank
			}
		}
	}
	if x.usual || lost >= maxLostPerRune || lost > 0 && len(x.c.silent) > manySilent {
		return
	}
	for _, r := range x.c.silent {
		if x.sure && r.lost || r.atBlank && x.bytes[0] == 0xC2 && at < len(x.text) && x.text[at] == ' ' {
			continue // the blank is the space that no-break space became
		}
		if x.fits(r.b, n) && (!r.atBlank || x.trimmed(at)) {
			x.bytes[n] = r.b
			x.blind++
			x.next(at, n+1, x.size(n, size), cost+r.cost, lost+lostCount(r.lost))
			x.blind--
		}
	}
}

// trimmed reports whether a blank may have been trimmed or merged at place at:
// before another, but not before one that would stand before a full stop or a
// comma, where no language writes any.
func (x *expander) trimmed(at int) bool {
	if at == len(x.text) {
		return true
	}
	return isBlank(x.text[at]) && (at+1 == len(x.text) || x.text[at+1] != '.' && x.text[at+1] != ',')
}

// size returns the length of the sequence now that its n-th byte is known: a
// high surrogate asks for a low one.
func (x *expander) size(n, size int) int {
	if n == 1 && x.bytes[0] == 0xED && x.bytes[1] >= 0xA0 {
		return 6
	}
	return size
}

// fits reports whether b may be the n-th byte after those in x.bytes.
func (x *expander) fits(b byte, n int) bool {
	if n == 3 && x.bytes[0] == 0xED {
		return b == 0xED
	}
	if b < 0x80 || b > 0xBF {
		return false
	}
	if n == 4 {
		return b >= 0xB0
	}
	if n != 1 {
		return true
	}
	switch x.bytes[0] {
	case 0xE0:
		return b >= 0xA0
	case 0xED:
		return b < 0xB0
	case 0xF0:
		return b >= 0x90
	case 0xF4:
		return b < 0x90
	}
	return true
}

func (x *expander) emit(end, size int, cost float32, lost int8) {
	r, ok := decodeBytes(x.bytes[:size])
	if !ok || end == x.start || x.blind > 1 && eastern(r) && x.besideLetter(end) {
		return
	}
	x.out = append(x.out, option{end: end, r: r, cost: cost + rarity(r), lost: lost})
}

// besideLetter reports whether an ASCII letter stands right before or after what
// is read up to end. A character of the East of which one byte shows would be a
// guess without ground there: that byte is rather a letter that was misread less
// often than the rest.
func (x *expander) besideLetter(end int) bool {
	return x.start > 0 && asciiLetter(x.text[x.start-1]) || end < len(x.text) && asciiLetter(x.text[end])
}

// rarity returns the nats by which r is rarer in texts than its model says:
// models know no blocks.
func rarity(r rune) float32 {
	switch {
	case r < 0xA0:
		return 6
	case r == nbsp:
		return 1
	case r < 0x3000:
		if r >= 0x180 && r < 0x218 || r >= 0x220 && r < 0x300 || r >= 0x370 && r < 0x386 || r >= 0x500 && r < 0x530 || r >= 0x1D00 && r < 0x1E00 || r == 0x17F {
			return 4 // letters of phonetics and of few languages
		}
		if !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Zs, unicode.Cf) {
			return 10
		}
		return 0
	case r < 0xE000:
		return 0
	case r < 0xF900:
		return 8 // private use
	case r == replacement:
		return 2
	case r < 0x10000:
		return 0
	case r >= 0x1F000 && r < 0x1FB00, r >= 0x1D400 && r < 0x1D800, r >= 0x20000 && r < 0x32000:
		return 0 // emoji, letters of mathematics, ideographs
	case r >= 0xE0020 && r < 0xE0080:
		return 2
	case unicode.IsGraphic(r):
		return 4
	}
	return 10
}
