package mojibake

import (
	"unicode"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// Around a hit, characters as likely as this are what was meant.
const (
	naturalHit = -10  // nats for the two characters of the hit
	natural    = -7.5 // for one
	hitContext = 2
)

// Windows passed over because they came before: so many, and one more for so many
// bytes of the text.
const (
	maxRepeats = sampleWindows * 8
	perRepeat  = 512
)

// A gatekeeper finds the short windows of a text around hits that the model finds
// odd. What comes again is taken once: a name that a right text has often says no
// more than a name.
type gatekeeper struct {
	hits    *oddHits
	text    []byte
	from    int // the byte to look from
	repeats int
	seen    map[string]bool // nil if all are asked for, again and again
	c       *channel        // what must be able to read hits, if not nil
	thin    bool            // little looks misread behind the last hit
	last    hit
}

func newGatekeeper(hits *oddHits) *gatekeeper {
	return &gatekeeper{hits: hits, text: hits.text, seen: make(map[string]bool)}
}

// maxPlaces is the number of windows up to which a text that was mended is looked
// at there only.
const maxPlaces = 512

// oddPlaces returns all windows around hits that c may read, nil if they are many.
func oddPlaces(hits *oddHits, c *channel) (all []window) {
	k := gatekeeper{hits: hits, text: hits.text, c: c}
	for w, ok := k.next(); ok; w, ok = k.next() {
		if len(all) == maxPlaces {
			return nil
		}
		all = append(all, w)
	}
	return all
}

// next returns the next window.
func (k *gatekeeper) next() (window, bool) {
	end := k.from
	for k.repeats < maxRepeats+len(k.text)/perRepeat {
		h, ok := k.hits.next(k.from)
		if !ok {
			break
		}
		k.from = h.start + 2
		if k.c != nil && !k.c.begins(k.text, h) {
			continue
		}
		k.thin, k.last = gate().thin(k.text, h), h
		w := windowAround(k.text, h)
		w.start = max(w.start, min(end, h.start))
		w = brief(k.text, w, h.start)
		k.from = max(k.from, w.end)
		end = k.from
		if k.seen == nil {
			return w, true
		}
		if now := string(k.text[w.start:w.end]); !k.seen[now] {
			k.seen[now] = true
			return w, true
		}
		k.repeats++
	}
	return window{}, false
}

// Bounds of what is looked at behind a hit.
const (
	thinRunes = 8 // characters outside ASCII
	thinGap   = 4 // ASCII between them
	thinShare = 4 // times that a look must be among so many
)

// thin reports whether little of what stands behind h outside ASCII looks misread: two
// characters of a right text may by chance.
func (g *lookalike) thin(text []byte, h hit) bool {
	n, looks := 0, 0
	var bits uint64
	for i, gap := h.start, 0; i < len(text) && n < thinRunes && gap <= thinGap; {
		r, size := decode(text, i)
		i += size
		if r < 0x80 {
			bits = 0
			gap++
			continue
		}
		if bits&g.contBits(r) != 0 {
			looks++
		}
		bits, gap = 0, 0
		if r < gateSize {
			bits = g.lead[r]
		}
		n++
	}
	return thinShare*looks < n
}

// pass goes back to look behind the last hit, whose window is not asked for.
func (k *gatekeeper) pass() {
	k.from = k.last.end
	k.repeats++
}

// begins reports whether c may have made the first character of h.
func (c *channel) begins(text []byte, h hit) bool {
	r, _ := decode(text, h.start)
	b := c.looks.to(r)
	return b != nil && b.begun || len(c.mute) > 0
}

// likely reports whether the model takes the characters of h as meant. Among
// capitals it takes them as if they were small: it has seen few words in capitals.
func likely(m scorer, text []byte, h hit) bool {
	if endsSmall(text, h) {
		return true
	}
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
		r, size := decode(text, i)
		if capitals == hitContext {
			r = unicode.ToLower(r)
		}
		w, s = keepStep(m, s, r)
		if i >= h.start {
			sum += w
		}
		i += size
	}
	return sum > naturalHit
}

// endsSmall reports whether h is a small letter of Greek or Cyrillic with a sign
// behind it that ends words or sentences. Where a code page has such a sign for a
// byte of UTF-8, its small letters begin characters of three bytes or four.
func endsSmall(text []byte, h hit) bool {
	if h.end < len(text) && (text[h.end] >= 0x80 || text[h.end] == '?') {
		return false
	}
	lead, size := utf8.DecodeRune(text[h.start:])
	if lead < 0x370 || !unicode.IsLower(lead) {
		return false
	}
	switch r, _ := utf8.DecodeRune(text[h.start+size:]); r {
	case '?', '…', '’', '”', '“', '»':
		return true
	}
	return false
}

// windowAround returns the window of text that h is in, or as much of it as brief may leave.
func windowAround(text []byte, h hit) window {
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
	w, _ := windowOf(text, start, windowReach+windowContext+maxBriefWindow)
	return w
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
