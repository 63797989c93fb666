package mojibake

import (
	"bytes"
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// Bounds on the sample by which a transcoding is judged.
const (
	transcodeRunes = 500
	transcodeLooks = 256
	maxOdd         = 1 << 16 // characters of a window
	sampleOdd      = 1 << 9  // characters of a window in the sample
	fluent         = -6.5    // mean nats a character outside ASCII: such a text is no misreading
)

// An oddWindow is a window of text with how odd the model finds it.
type oddWindow struct {
	runes []rune
	odd   int       // characters outside ASCII
	mean  float32   // nats of those that were looked at
	sums  []float32 // nats of what stands before each character that was read, and of all
	state plausible.State
	last  *unread
	measure
}

// unread is what the encoding that was asked last reads as a window.
type unread struct {
	by string
	b  []byte
	ok bool

	parts map[partKey]part
}

// unread returns the bytes that c reads as the window.
func (w oddWindow) unread(c charset) ([]byte, bool) {
	if w.last.by != c.name {
		w.last.by = c.name
		w.last.b, w.last.ok = c.encode(w.last.b[:0], w.runes)
	}
	return w.last.b, w.last.ok
}

// An oddSample is what a transcoding is judged by.
type oddSample struct {
	all []oddWindow // no more than the odd ones of a longer text
	odd []oddWindow
}

// takeOdd takes windows of text, transcodeRunes characters or a little more: all if
// there are no more, else the first ones that are odd; none if none is. Of a long
// text it looks at windows that are evenly spread, and of one of which little is
// odd only at those that may be a part that was misread.
func takeOdd(m scorer, text []byte) (s oddSample) {
	m = loaded(m)
	var glances []glance
	seen, total := 0, 0
	for looks, from := 0, 0; looks < transcodeLooks && total < transcodeRunes; looks++ {
		w, ok := nextOdd(text, max(from, lineAt(text, len(text)/transcodeLooks*looks)))
		if !ok {
			break
		}
		from = w.end
		part := shortened(text[w.start:w.end])
		enough := float32(surelyFluent)
		if seen > enoughSeen && fewOdd*total < seen {
			if !mayBePart(part) {
				continue
			}
			enough = soonFluent
		}
		now, n := glance{part, meanOf(m, part, enough, wholly)}, utf8.RuneCount(part)
		seen += n
		if now.odd() {
			total += n
		} else if seen > transcodeRunes {
			continue
		}
		glances = append(glances, now)
	}
	if total == 0 {
		return s
	}
	for _, g := range glances {
		if !g.odd() && seen > transcodeRunes {
			continue
		}
		o := newOddWindow(g.part, g.mean)
		s.all = append(s.all, o)
		if g.odd() {
			s.odd = append(s.odd, o)
		}
	}
	return s
}

// A glance is a window with the mean nats of its characters outside ASCII.
type glance struct {
	part []byte
	mean float32
}

// odd reports whether the model finds the window odd.
func (g glance) odd() bool { return g.mean <= fluent }

// lineAt returns the start of the line that text[at] is in, or at itself if
// that is far.
func lineAt(text []byte, at int) int {
	if k := bytes.LastIndexByte(text[max(0, at-windowReach):at], '\n'); k >= 0 {
		return max(0, at-windowReach) + k + 1
	}
	for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// nextOdd returns the first window of text at or after byte from, cut where its
// line ends: no misreading joins what two lines have.
func nextOdd(text []byte, from int) (window, bool) {
	first := indexWild(text, from)
	if first < 0 {
		return window{}, false
	}
	from = max(from, bytes.LastIndexByte(text[from:first], '\n')+1+from)
	end := min(len(text), first+maxOdd*utf8.UTFMax)
	if k := bytes.IndexByte(text[first:end], '\n'); k >= 0 {
		end = first + k
	}
	return windowOf(text[:end], from, maxOdd)
}

// shortened returns text, or what sampleOdd characters of it begin with, less one
// if that would part a pair: encodings of the East take two bytes for a character.
func shortened(text []byte) []byte {
	if len(text) <= sampleOdd {
		return text
	}
	run, whole := 0, 0 // characters outside ASCII since the last of it, and the end of the last pair
	at := 0
	for n := 0; n < sampleOdd && at < len(text); n++ {
		run++
		if !wild(text[at]) {
			run = 0
		}
		at += sizeAt(text, at)
		if run%2 == 0 {
			whole = at
		}
	}
	if at == len(text) {
		return text
	}
	return text[:whole]
}

// Where a window is so many nats more fluent than what is odd, or less, its rest does not
// undo that.
const (
	surelyFluent = 80
	soonFluent   = 20 // in a text of which little is odd
	surelyOdd    = 80
	wholly       = -never // how odd a window is that is read to its end
	enoughSeen   = 250    // characters that tell whether little is
	fewOdd       = 4      // times as many of them as are in odd windows
)

// mayBePart reports whether a window may be what was misread of a text that is right
// otherwise: it is dense, or has what UTF-8 is taken for in the East.
func mayBePart(window []byte) bool {
	n := 0
	for at := skipASCII(window, 0); at < len(window) && n < denseOdd; at = skipASCII(window, at) {
		r, size := character(window, at)
		if eastern(r) {
			return true
		}
		at += size
		n++
	}
	return n >= denseOdd
}

// newOddWindow returns a window whose characters outside ASCII have mean nats.
func newOddWindow(window []byte, mean float32) oddWindow {
	w := oddWindow{runes: appendCharacters(nil, window), mean: mean, sums: make([]float32, 1)}
	for _, r := range w.runes {
		if outside(r) {
			w.odd++
		}
	}
	return w
}

// meanOf returns the mean nats of the characters outside ASCII of a window, read until
// they are fluent or odd by so many nats that the rest will not tell otherwise. Of ASCII it
// reads no more than the model remembers.
func meanOf(m scorer, window []byte, fluentBy, oddBy float32) float32 {
	n, read := 0, 0
	var s plausible.State
	var p, sum float32
	for at := skipASCII(window, 0); at < len(window); at = skipASCII(window, at) {
		if at-clearAfter > read {
			read, s = at-clearAfter, plausible.State{}
		}
		for ; read < at; read++ {
			_, s = m.Step(s, rune(window[read]))
		}
		r, size := character(window, at)
		p, s = keepStep(m, s, seenAs(r))
		at += size
		read, n = at, n+1
		sum += p
		if by := sum - fluent*float32(n); by > fluentBy || by < -oddBy {
			break
		}
	}
	return sum / float32(max(1, n))
}

// step reads the next character of the window, and returns its nats.
func (w *oddWindow) step(m scorer) float32 {
	n := len(w.sums) - 1
	p, s := keepStep(m, w.state, seenAs(w.runes[n]))
	w.state = s
	w.sums = append(w.sums, w.sums[n]+p)
	return p
}

// kept reads all of the window, and returns how likely it is as it stands.
func (w *oddWindow) kept(m scorer) float32 {
	w.sums = slices.Grow(w.sums, len(w.runes)+1-len(w.sums))
	for len(w.sums) <= len(w.runes) {
		w.step(m)
	}
	return w.sums[len(w.runes)]
}

// seenAs returns r as it is shown: a byte that is no UTF-8 as a replacement character.
func seenAs(r rune) rune {
	if r < 0 {
		return replacement
	}
	return r
}

// outside reports whether r is outside ASCII.
func outside(r rune) bool { return r >= 0x80 || r < 0 }

// countOutside returns the number of characters of text that are.
func countOutside(text string) (n int) {
	for _, r := range text {
		if outside(r) {
			n++
		}
	}
	return n
}

// Bounds on the windows that may be misread in a text that is right otherwise.
const (
	denseOdd  = 4  // characters outside ASCII
	denseMean = -7 // mean nats of them, at most
	denseMost = 12 // windows: the oddest
)

// dense returns the windows of which most are characters that the model did not
// expect, none if they have few kinds of them.
func dense(sample []oddWindow) []oddWindow {
	var out []oddWindow
	before := make(map[string]bool)
	for _, w := range sample {
		if w.odd >= denseOdd && w.mean <= denseMean && !before[string(w.runes)] {
			before[string(w.runes)] = true // what comes again says no more
			out = append(out, w)
		}
	}
	slices.SortStableFunc(out, func(a, b oddWindow) int { return cmp.Compare(a.mean, b.mean) })
	if out = out[:min(len(out), denseMost)]; oddKinds(out) < partKinds {
		return nil
	}
	return out
}
