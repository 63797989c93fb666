package mojibake

import (
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// The gate finds, at the speed of a scan, the places where a character that
// some code page has for a lead byte of UTF-8 stands before one that it has
// for a continuation byte.

// gateSize bounds the characters that code pages have in 0x80 to 0xF4, but for
// a few ligatures and private ones.
const gateSize = 0x2600

// A lookalike holds, for each character, a bit for each code page.
type lookalike struct {
	lead, cont [gateSize]uint32
	nbspLead   [gateSize]bool // C3, which makes "à" with the byte of NBSP
	all        uint32
}

var gate = sync.OnceValue(func() *lookalike {
	g := &lookalike{}
	for i, p := range codepages() {
		bit := uint32(1) << i
		g.all |= bit
		for b := 0x80; b <= 0xF4; b++ {
			r := p.runes[b]
			if r < 0x80 || r >= gateSize {
				continue
			}
			switch {
			case b < 0xC0:
				g.cont[r] |= bit
			case b >= 0xC2:
				g.lead[r] |= bit
			}
			if b == 0xC3 {
				g.nbspLead[r] = true
			}
		}
		for r := 0x80; r < 0xA0; r++ {
			g.cont[r] |= bit
		}
	}
	return g
})

// A hit is a place where text looks as if it had been misread: the bytes of
// the two characters.
type hit struct{ start, end int }

// nextHit returns the first hit whose lead is at or after byte from.
func (g *lookalike) nextHit(text []byte, from int) (hit, bool) {
	for i := from; ; {
		if i = indexWild(text, i); i < 0 {
			return hit{}, false
		}
		var bits uint32
		lead := i
		for i < len(text) && text[i] >= 0x80 {
			r, size := decodeWide(text[i:])
			if bits != 0 && bits&g.contBits(r) != 0 {
				return hit{lead, i + size}, true
			}
			bits = 0
			if r < gateSize {
				bits = g.lead[r]
			}
			lead = i
			i += size
		}
		if bits != 0 && g.beforeASCII(text, lead, i) {
			return hit{lead, min(i+1, len(text))}, true
		}
	}
}

func (g *lookalike) contBits(r rune) uint32 {
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

// beforeASCII reports whether the lead at text[lead:i] may go on in the ASCII
// that follows: a question mark for any byte, white space for that of NBSP.
func (g *lookalike) beforeASCII(text []byte, lead, i int) bool {
	if i < len(text) && text[i] == '?' {
		return true
	}
	r, _ := utf8.DecodeRune(text[lead:])
	return g.nbspLead[r] && (i == len(text) || text[i] <= ' ' || text[i] == '\'' || text[i] == '"')
}

// decodeWide is utf8.DecodeRune for text that begins outside ASCII.
func decodeWide(text []byte) (rune, int) {
	if len(text) >= 2 && text[0] >= 0xC2 && text[0] < 0xE0 && text[1]&0xC0 == 0x80 {
		return rune(text[0]&0x1F)<<6 | rune(text[1]&0x3F), 2
	}
	return utf8.DecodeRune(text)
}

// Around a hit, characters as likely as this are what was meant.
const (
	natural    = -7.5 // nats for the two characters of the hit
	hitContext = 2
)

// maxRepeats is the number of windows passed over because they came before, for
// each one that is taken.
const maxRepeats = 8

// suspectWindows returns the windows of text around hits that the model finds odd,
// up to limit. What comes again is taken once: a name that a right text has often
// says no more than a name.
func suspectWindows(m scorer, text []byte, limit int) []window {
	g := gate()
	var out []window
	seen := make(map[string]bool)
	for from, looks := 0, 0; len(out) < limit && looks < limit*maxRepeats; looks++ {
		h, ok := g.nextHit(text, from)
		if !ok {
			break
		}
		from = h.start + 2
		if likely(m, text, h) {
			continue
		}
		w, _ := windowAround(text, h)
		from = max(from, w.end)
		if !seen[string(text[w.start:w.end])] {
			seen[string(text[w.start:w.end])] = true
			out = append(out, w)
		}
	}
	return out
}

// likely reports whether the model takes the characters of h as meant. Among
// capitals it takes them as if they were small: it has seen few words in capitals.
func likely(m scorer, text []byte, h hit) bool {
	at, capitals := h.start, 0
	for range hitContext {
		r, size := utf8.DecodeLastRune(text[:at])
		at -= size
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	var s plausible.State
	var w, sum float32
	for i := at; i < h.end; {
		r, size := utf8.DecodeRune(text[i:])
		if capitals == hitContext {
			r = unicode.ToLower(r)
		}
		w, s = keepStep(m, s, r)
		if i >= h.start {
			sum += w
		}
		i += size
	}
	return sum > natural
}

// windowAround returns the window of text that h is in.
func windowAround(text []byte, h hit) (window, bool) {
	start := h.start
	for n := 0; start > 0 && n < windowReach; n++ {
		_, size := utf8.DecodeLastRune(text[:start])
		if text[start-1] < 0x80 && !wildNear(text, start) {
			break
		}
		start -= size
	}
	for n := 0; n < windowContext && start > 0 && text[start-1] < 0x80; n++ {
		start--
	}
	return nextWindow(text, start)
}

// windowReach is the number of characters that a window goes back from a hit.
const windowReach = 64

// wildNear reports whether a character outside ASCII stands shortly before at.
func wildNear(text []byte, at int) bool {
	for i := max(0, at-windowGap); i < at; i++ {
		if wild(text[i]) {
			return true
		}
	}
	return false
}
