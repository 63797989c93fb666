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
	sampleOdd      = 1 << 11 // characters of a window in the sample
	fluent         = -6.5    // mean nats a character outside ASCII: such a text is no misreading
)

// An oddWindow is a window of text with how odd the model finds it.
type oddWindow struct {
	text string
	odd  int     // characters outside ASCII
	kept float32 // nats of the text as it stands
	best float32 // the same in lower case, if that is likelier
	mean float32 // nats of its characters outside ASCII
	last *unread
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
		w.last.b, w.last.ok = c.unread(w.text)
	}
	return w.last.b, w.last.ok
}

// oddWindows returns windows of text, transcodeRunes characters or a little
// more: all if there are no more, else the first ones that are odd; none if none
// is. It returns the odd ones too. Of a long text it looks at windows that are
// evenly spread.
func oddWindows(m scorer, text []byte) (all, odd []oddWindow) {
	seen, total := 0, 0
	for looks, from := 0, 0; looks < transcodeLooks && total < transcodeRunes; looks++ {
		w, ok := nextOdd(text, max(from, lineAt(text, len(text)/transcodeLooks*looks)))
		if !ok {
			break
		}
		from = w.end
		o, fluent := newOddWindow(m, string(shortened(text[w.start:w.end])))
		n := utf8.RuneCountInString(o.text)
		if seen += n; seen <= transcodeRunes {
			all = append(all, o)
		}
		if !fluent {
			odd = append(odd, o)
			total += n
		}
	}
	if seen <= transcodeRunes && len(odd) > 0 {
		return all, odd
	}
	return odd, odd
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
	w, ok := windowOf(text, from, maxOdd)
	if k := bytes.IndexByte(text[first:w.end], '\n'); k >= 0 {
		w.end = first + k
	}
	return w, ok
}

// shortened returns text, or what sampleOdd characters of it begin with, less one
// if that would part a pair: encodings of the East take two bytes for a character.
func shortened(text []byte) []byte {
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

// newOddWindow measures text, and reports whether the model finds nothing odd in
// it.
func newOddWindow(m scorer, text string) (oddWindow, bool) {
	o := oddWindow{text: text, last: &unread{}}
	var s plausible.State
	var w, odd float32
	for _, r := range text {
		w, s = keepStep(m, s, r)
		o.kept += w
		if r >= 0x80 {
			o.odd++
			odd += w
		}
	}
	o.mean = odd / float32(max(1, o.odd))
	return o, o.mean > fluent
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
		if w.odd >= denseOdd && w.mean <= denseMean && !before[w.text] {
			before[w.text] = true // what comes again says no more
			out = append(out, w)
		}
	}
	slices.SortStableFunc(out, func(a, b oddWindow) int { return cmp.Compare(a.mean, b.mean) })
	if out = out[:min(len(out), denseMost)]; oddKinds(out) < partKinds {
		return nil
	}
	return out
}
