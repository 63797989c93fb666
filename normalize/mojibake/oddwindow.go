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
	var o oddWindow
	seen, total := 0, 0
	for looks, from := 0, 0; looks < transcodeLooks && total < transcodeRunes; looks++ {
		w, ok := nextOdd(text, max(from, lineAt(text, len(text)/transcodeLooks*looks)))
		if !ok {
			break
		}
		from = w.end
		o.runes = appendCharacters(o.runes[:0], shortened(text[w.start:w.end]))
		enough := float32(surelyFluent)
		if seen > enoughSeen && fewOdd*total < seen {
			if !o.mayBePart() {
				continue
			}
			enough = soonFluent
		}
		right := o.look(m, enough)
		seen += len(o.runes)
		if right && seen > transcodeRunes {
			continue // what o holds is of no use, but its room is
		}
		if seen <= transcodeRunes {
			s.all = append(s.all, o)
		}
		if !right {
			s.odd = append(s.odd, o)
			total += len(o.runes)
		}
		o = oddWindow{}
	}
	if seen > transcodeRunes || len(s.odd) == 0 {
		s.all = s.odd
	}
	return s
}

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
		r, size := utf8.DecodeRune(text[at:])
		at += size
		if run++; r < 0x80 {
			run = 0
		}
		if run%2 == 0 {
			whole = at
		}
	}
	if at == len(text) {
		return text
	}
	return text[:whole]
}

// Where a window is so many nats more fluent than what is odd, its rest does not
// undo that.
const (
	surelyFluent = 80
	soonFluent   = 20  // in a text of which little is odd
	enoughSeen   = 250 // characters that tell whether little is
	fewOdd       = 4   // times as many of them as are in odd windows
)

// mayBePart reports whether the window may be what was misread of a text that is
// right otherwise: it is dense, or has what UTF-8 is taken for in the East.
func (w *oddWindow) mayBePart() bool {
	return w.count() >= denseOdd || slices.ContainsFunc(w.runes, eastern)
}

// count counts the characters outside ASCII.
func (w *oddWindow) count() int {
	w.odd = 0
	for _, r := range w.runes {
		if outside(r) {
			w.odd++
		}
	}
	return w.odd
}

// look reads the window until it is clear whether the model finds anything odd in
// it, and reports whether it finds nothing: it is enough nats more fluent. Of ASCII
// it reads no more than the model remembers.
func (w *oddWindow) look(m scorer, enough float32) (fluently bool) {
	w.sums, w.state = append(w.sums[:0], 0), plausible.State{}
	w.count()
	n, sum, read := 0, float32(0), 0
	var s plausible.State
	for i, r := range w.runes {
		if !outside(r) {
			continue
		}
		if i-clearAfter > read {
			read, s = i-clearAfter, plausible.State{}
		}
		for ; read < i; read++ {
			_, s = m.Step(s, w.runes[read])
		}
		var p float32
		p, s = keepStep(m, s, seenAs(r))
		read, n = i+1, n+1
		if sum += p; sum-fluent*float32(n) > enough {
			break
		}
	}
	w.mean = sum / float32(max(1, n))
	return w.mean > fluent
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
