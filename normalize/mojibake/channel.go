package mojibake

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// What became of the bytes that an encoding leaves undefined.
const (
	lostKept     = "kept"       // as C1 control characters
	lostDropped  = "dropped"    // without a trace
	lostReplaced = "replaced"   // by U+FFFD
	lostQuestion = "questioned" // by a question mark
)

// caseLower says that a misread text was put in lower case, but for the first
// letters of words perhaps.
const caseLower = "lower"

// Many programs take ISO 8859-1 for the default of the web, so that parts of a document
// may be broken by the one and parts by the other.
const (
	latin1     = "iso-8859-1"
	webDefault = "windows-1252"
)

// A Layer is one misreading: bytes of UTF-8 read as another encoding. Of ISO 8859-1, which
// leaves no byte undefined, the control characters may be dropped.
type Layer struct {
	Encoding string `json:"encoding"`
	Lost     string `json:"lost,omitempty"` // kept, dropped, replaced or questioned
	Case     string `json:"case,omitempty"` // lower: the result was put in lower case
}

// Costs, in nats, of what a byte seldom becomes.
const (
	costSpaceForNBSP      = 1.0
	costNoNBSP            = 1.0
	costNoSoftHyphen      = 7
	costC1                = 1.5 // a defined byte read by ISO 8859-1 all the same
	costDeeper            = 4   // one more misreading
	costLower             = 8   // put in lower case
	costCapital           = 2   // a capital left by putting words in title case
	costKeptThough        = 4   // an undefined byte kept where others are dropped
	costStripped          = 4   // more for a text that lost all control characters
	maxImages             = 8
	maxImageRunes         = 40
	replacement           = unicode.ReplacementChar
	nbsp             rune = 0xA0
	softHyphen       rune = 0xAD
)

// An image is what one byte of the right text looks like in the broken one.
type image struct {
	runes []rune
	cost  float32
	// atBlank says that the image is possible only before white space or the
	// text's end: what was trimmed or merged there.
	atBlank bool
	lost    bool
}

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

// singleImages returns what each byte of 0x80 to 0xFF becomes in one layer.
func singleImages(p *codepage, l Layer) [256][]image {
	var all [256][]image
	for b := range 256 {
		r := p.runes[b]
		if b < 0x80 {
			all[b] = []image{{runes: []rune{rune(b)}}}
			continue
		}
		if l.stripped() && b < 0xA0 {
			all[b] = lostImage(l.Lost)
			continue
		}
		var ims []image
		if low := unicode.ToLower(r); l.Case == caseLower && r != none && low != r {
			ims = append(ims, image{runes: []rune{low}}, image{runes: []rune{r}, cost: costCapital})
			all[b] = ims
			continue
		}
		if r != none {
			ims = append(ims, image{runes: []rune{r}})
		} else {
			ims = append(ims, lostImage(l.Lost)...)
		}
		switch {
		case r == nbsp:
			ims = append(ims, image{runes: []rune{' '}, cost: costSpaceForNBSP},
				image{cost: costNoNBSP, atBlank: true})
		case r == softHyphen:
			ims = append(ims, image{cost: costNoSoftHyphen, lost: true})
		}
		if b < 0xA0 && r != rune(b) {
			cost := float32(costC1)
			if r == none {
				cost = 0
				if l.Lost != lostKept && l.Lost != "" {
					cost = costKeptThough
				}
			}
			ims = append(ims, image{runes: []rune{rune(b)}, cost: cost})
		}
		if l.Encoding == latin1 && b < 0xA0 {
			if web := codepageByName(webDefault).runes[b]; web != none {
				ims = append(ims, image{runes: []rune{web}, cost: costC1})
			}
		}
		all[b] = ims
	}
	return all
}

// LostBytes says in English which bytes were lost, if some were.
func (l Layer) LostBytes() string {
	if l.stripped() {
		return "control characters"
	}
	return "undefined bytes"
}

// stripped reports whether l dropped the control characters that bytes became.
func (l Layer) stripped() bool { return l.Encoding == latin1 && l.Lost == lostDropped }

func lostImage(lost string) []image {
	switch lost {
	case lostDropped:
		return []image{{lost: true}}
	case lostReplaced:
		return []image{{runes: []rune{replacement}, lost: true}}
	case lostQuestion:
		return []image{{runes: []rune{'?'}, lost: true}}
	}
	return nil
}

// throughLayer carries images through one more misreading.
func throughLayer(ims []image, single [256][]image) []image {
	var out []image
	for _, im := range ims {
		partial := []image{{cost: im.cost, atBlank: im.atBlank, lost: im.lost}}
		for _, b := range []byte(string(im.runes)) {
			var next []image
			for _, p := range partial {
				for _, s := range single[b] {
					if len(p.runes)+len(s.runes) > maxImageRunes {
						continue
					}
					next = append(next, image{
						runes:   slices.Concat(p.runes, s.runes),
						cost:    p.cost + s.cost,
						atBlank: p.atBlank || s.atBlank,
						lost:    p.lost || s.lost,
					})
				}
			}
			partial = cheapest(next)
		}
		out = append(out, partial...)
	}
	return cheapest(out)
}

// cheapest keeps the maxImages images of least cost, each look once.
func cheapest(ims []image) []image {
	slices.SortStableFunc(ims, func(a, b image) int { return cmp.Compare(a.cost, b.cost) })
	var out []image
	for _, im := range ims {
		same := func(o image) bool { return slices.Equal(o.runes, im.runes) && o.atBlank == im.atBlank }
		if len(out) < maxImages && !slices.ContainsFunc(out, same) {
			out = append(out, im)
		}
	}
	return out
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
