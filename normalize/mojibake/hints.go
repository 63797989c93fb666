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
	if w, ok = nextWindow(text, from); ok {
		open = h.opens(text, w)
	}
	return w, open, ok
}

// opens reports whether anything in w may be read otherwise than it stands.
func (h *hints) opens(text []byte, w window) bool {
	begun := false // by the character before
	for at := skipASCII(text[:w.end], w.start); at < w.end; {
		var kind byte
		if twoBytes(text, at) {
			kind = h.kinds.near[int(text[at]&0x1F)<<6|int(text[at+1]&0x3F)]
			at += 2
		} else {
			r, size := decode(text, at)
			kind = h.kinds.of(r)
			at += size
		}
		if (begun || h.mute) && kind&inImage != 0 {
			return true
		}
		if begun = kind&beginsImage != 0; begun && h.lost {
			return true
		}
		if at < w.end && !wild(text[at]) {
			if begun && h.kinds.near[text[at]]&inImage != 0 {
				return true
			}
			begun = false
			at = skipASCII(text[:w.end], at)
		}
	}
	// What ends with the window may go on with what was trimmed there.
	return begun
}

// hintsOf returns the hints of c, made when they are first asked for.
func hintsOf(c *channel) func() *hints { return sync.OnceValue(func() *hints { return newHints(c) }) }
