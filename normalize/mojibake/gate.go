package mojibake

import (
	"sync"
	"unicode"
)

// The gate finds, at the speed of a scan, the places where a character that
// some code page has for a lead byte of UTF-8 stands before one that it has
// for a continuation byte.

// gateSize bounds the characters that code pages have in 0x80 to 0xF4, but for
// a few ligatures and private ones.
const gateSize = 0x2600

// A lookalike holds, for each character, two bits for each code page: one of
// leads that are small letters of Greek or Cyrillic, and of what may follow those,
// which no such letter may. Two of them side by side are how people write.
type lookalike struct {
	lead, cont [gateSize]uint64
	all        uint64
}

// maxSlot is the number of the last two bits: the code pages from there on, which
// have no letters in common, share them.
const maxSlot = 30

// pageBit returns the number of the first bit of the i-th code page.
func pageBit(i int) int { return 2 * min(i, maxSlot) }

// nbspLead marks a lead that is C3, which makes "à" with the byte of NBSP. bareLead
// marks a Latin capital whose other byte a code page may have lost.
const (
	nbspLead = 1 << 63
	bareLead = 1 << 62
)

var gate = sync.OnceValue(func() *lookalike {
	g := &lookalike{}
	for i, p := range codepages() {
		any, small := uint64(1)<<pageBit(i), uint64(2)<<pageBit(i)
		g.all |= any | small
		for b := 0x80; b <= 0xF4; b++ {
			r := p.runes[b]
			if r < 0x80 || r >= gateSize {
				continue
			}
			lower := r >= 0x370 && unicode.IsLower(r)
			switch {
			case b >= 0xC2 && lower:
				g.lead[r] |= small
			case b >= 0xC2:
				g.lead[r] |= any
			case b < 0xC0 && lower:
				g.cont[r] |= any
			case b < 0xC0:
				g.cont[r] |= any | small
			}
			if b == 0xC3 {
				g.lead[r] |= nbspLead
			}
			if p.bare(r) {
				g.lead[r] |= bareLead
			}
		}
		for r := 0x80; r < 0xA0; r++ {
			g.cont[r] |= any | small
		}
	}
	return g
})

// A hit is a place where text looks as if it had been misread: the bytes of
// the two characters.
type hit struct{ start, end int }

// nextHit returns the first hit whose lead is at or after byte from.
func (g *lookalike) nextHit(text []byte, from int) (hit, bool) {
	var bits uint64 // of the character before, which begins at lead
	lead := from
	for i := from; i < len(text); {
		switch b := text[i]; {
		case b < 0x80:
			if bits != 0 && (beforeASCII(bits, b) || bits&bareLead != 0 && inSmallWord(text, lead, b)) {
				return hit{lead, i + 1}, true
			}
			bits = 0
			i = skipASCII(text, i+1)
		case b >= 0xC2 && b < 0xE0 && i+2 <= len(text) && text[i+1]&0xC0 == 0x80:
			r := int(b&0x1F)<<6 | int(text[i+1]&0x3F)
			if bits&g.cont[r] != 0 {
				return hit{lead, i + 2}, true
			}
			bits, lead = g.lead[r], i
			i += 2
		case b >= firstBeyond && b < lastBeyond && i+3 <= len(text):
			bits = 0
			i += 3
		default:
			r, size := decode(text, i)
			if bits&g.contBits(r) != 0 {
				return hit{lead, i + size}, true
			}
			bits = 0
			if r < gateSize {
				bits = g.lead[r]
			}
			lead = i
			i += size
		}
	}
	if bits&nbspLead != 0 || bits&bareLead != 0 && inSmallWord(text, lead, '\n') {
		return hit{lead, len(text)}, true
	}
	return hit{}, false
}

// The first bytes of characters that are beyond gateSize and no surrogates.
const (
	firstBeyond = 0xE3
	lastBeyond  = 0xED
)

func (g *lookalike) contBits(r rune) uint64 {
	if r < 0 {
		return 0 // a byte that is no UTF-8
	}
	if r < gateSize {
		return g.cont[r]
	}
	if r == replacement {
		return g.all
	}
	return 0
}

// beforeASCII reports whether a lead may go on in the ASCII that follows: a
// question mark for any byte, white space for that of NBSP.
func beforeASCII(lead uint64, next byte) bool {
	return next == '?' || lead&nbspLead != 0 && (next <= ' ' || next == '\'' || next == '"')
}
