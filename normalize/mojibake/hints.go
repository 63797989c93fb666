package mojibake

import "sync"

// Hints tell by the characters side by side where a channel can read nothing at
// all, at the speed of a scan.
type hints struct {
	kinds runeBytes
	lost  bool // a byte may have left nothing anywhere after a lead
	mute  bool // a lead byte may have left nothing
}

// What a character may be.
const (
	beginsImage = 1 << iota // the first of what a lead byte looks like
	inImage                 // one of what some byte looks like, or a blank where one was trimmed
)

func newHints(c *channel) *hints {
	h := &hints{mute: len(c.mute) > 0}
	for b := 0x80; b < 256; b++ {
		for _, im := range c.images[b] {
			for i, r := range im.runes {
				if h.mark(r, inImage); i == 0 && leads(byte(b)) {
					h.mark(r, beginsImage)
				}
			}
		}
	}
	for _, r := range c.silent {
		if h.lost = h.lost || !r.atBlank; r.atBlank {
			for _, blank := range " \n\r\t\u00A0" {
				h.mark(blank, inImage)
			}
		}
	}
	return h
}

func (h *hints) mark(r rune, kind byte) { h.kinds.set(r, h.kinds.of(r)|kind) }

// nextWindow is nextWindow, which also tells whether anything in the window may be
// read otherwise than it stands.
func (h *hints) nextWindow(text []byte, from int) (w window, open, ok bool) {
	first := skipASCII(text, from)
	if first == len(text) {
		return window{}, false, false
	}
	last, n := first, 0
	begun := false // by the character before
	for last < len(text) && n < maxWindow {
		var kind byte
		if twoBytes(text, last) {
			kind = h.kinds.near[int(text[last]&0x1F)<<6|int(text[last+1]&0x3F)]
			last += 2
		} else {
			r, size := decode(text, last)
			kind = h.kinds.of(r)
			last += size
		}
		n++
		open = open || (begun || h.mute) && kind&inImage != 0
		begun = kind&beginsImage != 0
		open = open || begun && h.lost
		if last < len(text) && !wild(text[last]) {
			open = open || begun && h.kinds.near[text[last]]&inImage != 0
			begun = false
			more := indexWild(text[:min(len(text), last+windowGap)], last)
			if more < 0 {
				break
			}
			n += more - last
			last = more
		}
	}
	// What ends with the window may go on with what was trimmed there.
	return padded(text, from, first, last), open || begun, true
}

// hintsOf returns the hints of c, made when they are first asked for.
func hintsOf(c *channel) func() *hints { return sync.OnceValue(func() *hints { return newHints(c) }) }
