package mojibake

import (
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// A channel is what a chain of layers makes of each byte.
type channel struct {
	layers  []Layer
	page    *codepage // of the last misreading
	images  [256][]image
	looks   branch    // the images of all bytes
	silent  []reading // continuation bytes that leave nothing
	mute    []reading // lead bytes that leave nothing
	lowered bool      // a layer put the text in lower case
	selects []rune    // what the first two bytes of the emoji selector look like
	direct  *direct
	hints   func() *hints
	prior   float32
}

// newChannel composes layers, the first misreading first. It returns nil if a
// layer's encoding is unknown.
func newChannel(layers []Layer) *channel {
	c := &channel{layers: layers}
	for b := range 256 {
		c.images[b] = []image{{}}
		if b < 0x80 {
			c.images[b] = []image{{runes: []rune{rune(b)}}}
		}
	}
	for depth, l := range layers {
		p := codepageByName(l.Encoding)
		if p == nil {
			return nil
		}
		c.page = p
		c.prior += p.prior + 1
		if depth > 0 {
			c.prior += costDeeper
		}
		if l.Lost != "" && l.Lost != lostKept {
			c.prior++
		}
		if l.stripped() {
			c.prior += costStripped
		}
		if l.Case != "" {
			c.prior += costLower
			c.lowered = true
		}
		single := singleImages(p, l)
		for b := 0x80; b < 256; b++ {
			if depth == 0 {
				c.images[b] = single[b]
				continue
			}
			c.images[b] = throughLayer(c.images[b], single)
		}
	}
	c.index()
	c.selects = []rune(c.look(selector))
	c.selects = c.selects[:min(len(c.selects), 2*len(layers))]
	c.direct = newDirect(layers)
	c.hints = hintsOf(c)
	return c
}

// loses reports whether bytes were lost on the way.
func (c *channel) loses() bool {
	return slices.ContainsFunc(c.layers, func(l Layer) bool { return l.Lost != "" && l.Lost != lostKept })
}

// index enters the images where they are looked for.
func (c *channel) index() {
	for b := 0x80; b < 256; b++ {
		for _, im := range c.images[b] {
			r := newReading(byte(b), im)
			switch {
			case len(im.runes) > 0:
				c.looks.add(im.runes, r)
			case b < 0xC0:
				c.silent = append(c.silent, r)
			case leads(byte(b)):
				c.mute = append(c.mute, r)
			}
		}
	}
}

// look returns what r most likely looks like.
func (c *channel) look(r rune) string {
	var out []rune
	for _, b := range []byte(string(r)) {
		if len(c.images[b]) > 0 {
			out = append(out, c.images[b][0].runes...)
		}
	}
	return string(out)
}

// breaks reports whether the channel can turn text into broken: the
// certificate that a repair is one.
func (c *channel) breaks(text string, broken []rune, blankAfter bool) bool {
	var room [2][8]int // places are few
	reach, next := append(room[0][:0], 0), room[1][:0]
	for i := range len(text) {
		next = next[:0]
		for _, at := range reach {
			ims := c.images[text[i]]
			for k := range ims {
				im := &ims[k]
				if end := at + len(im.runes); matches(im, broken, at, blankAfter) && !slices.Contains(next, end) {
					next = append(next, end)
				}
			}
		}
		if len(next) == 0 {
			return false
		}
		reach, next = next, reach
	}
	return slices.Contains(reach, len(broken))
}

// matches reports whether im stands at broken[at:]; blankAfter says what
// follows broken.
func matches(im *image, broken []rune, at int, blankAfter bool) bool {
	if at+len(im.runes) > len(broken) || !slices.Equal(broken[at:at+len(im.runes)], im.runes) {
		return false
	}
	if !im.atBlank {
		return true
	}
	if end := at + len(im.runes); end < len(broken) {
		return isBlank(broken[end])
	}
	return blankAfter
}

func isBlank(r rune) bool { return r == ' ' || r == '\n' || r == '\r' || r == '\t' || r == nbsp }

// decodeBytes returns the character that b is the UTF-8 or, for pairs of
// surrogates, the CESU-8 of.
func decodeBytes(b []byte) (rune, bool) {
	if len(b) == 6 {
		hi := rune(b[0]&0x0F)<<12 | rune(b[1]&0x3F)<<6 | rune(b[2]&0x3F)
		lo := rune(b[3]&0x0F)<<12 | rune(b[4]&0x3F)<<6 | rune(b[5]&0x3F)
		return 0x10000 + (hi-0xD800)<<10 + (lo - 0xDC00), true
	}
	r, n := utf8.DecodeRune(b)
	return r, n == len(b) && (r != replacement || n == 3)
}

// cesu returns the CESU-8 of r, which is UTF-8 but beyond U+FFFF: there it is
// that of the two surrogates.
func cesu(r rune) string {
	if r < 0x10000 {
		return string(r)
	}
	var b []byte
	hi, lo := utf16.EncodeRune(r)
	for _, s := range []rune{hi, lo} {
		b = append(b, 0xE0|byte(s>>12), 0x80|byte(s>>6)&0xBF, 0x80|byte(s)&0xBF)
	}
	return string(b)
}
