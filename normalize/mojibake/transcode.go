package mojibake

import (
	"cmp"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/normalize/plausible"
	"github.com/clipmend/clipmend/normalize/repair"
)

// The gain, in nats, that a transcoding must bring.
const (
	transcodeGain   = 9
	transcodePerOdd = 1.5 // for each character outside ASCII
	perPart         = 2   // the same of a window if others were not misread so
)

// A transcoding says that bytes of one encoding were read as another.
type transcoding struct {
	from, read charset
	gain       float32
	odd        int  // characters outside ASCII that it explains
	partly     bool // some of the text was misread, by itself or in other ways
}

// priors is how much rarer t is, in nats, than what happens most.
func (t transcoding) priors() float32 { return t.from.prior + t.read.prior }

// undo returns what text was before it was misread, with the certificate that
// misreading it again gives text.
func (t transcoding) undo(text string) (string, bool) {
	return new(rewriter).undo(t, []byte(text))
}

// A rewriter undoes transcodings. It keeps its memory from one text to the next.
type rewriter struct {
	runes  []rune
	before []byte // what was misread
	right  []byte
}

// unread returns the bytes that read, a way to read them, has made text of.
func (w *rewriter) unread(read charset, text []byte) (b []byte, ok bool) {
	w.runes = appendCharacters(w.runes[:0], text)
	w.before, ok = read.encode(w.before[:0], w.runes)
	return w.before, ok
}

// undo is that of t.
func (w *rewriter) undo(t transcoding, text []byte) (string, bool) {
	b, ok := w.unread(t.read, text)
	if !ok {
		return "", false
	}
	if w.runes, ok = t.from.decode(w.runes[:0], b); !ok {
		return "", false
	}
	w.right = appendText(w.right[:0], w.runes)
	return string(w.right), true
}

// infer returns the pair of encodings that best explains the sample, or else a part
// of it; its gain is negative if none does.
func (s oddSample) infer(m scorer) transcoding {
	if len(s.odd) == 0 {
		return transcoding{gain: -1}
	}
	m = loaded(m)
	t := likeliest(m, s.all)
	if t.gain < 0 && len(s.all) > 1 {
		t = likeliestPart(m, dense(s.odd))
	}
	return t
}

// likeliest returns the transcoding that best explains the sample.
func likeliest(m scorer, sample []oddWindow) transcoding {
	r := newRace(m, sample)
	for _, read := range misreaders() {
		if !read.single {
			r.utf8(read)
		}
		if r.unread(read) {
			for _, src := range sources() {
				r.run(transcoding{from: src, read: read})
			}
		}
	}
	return r.best
}

// likeliestPart returns the transcoding that best explains some windows of the
// sample.
func likeliestPart(m scorer, sample []oddWindow) transcoding {
	best := transcoding{gain: -1}
	for i := range sample {
		sample[i].settle(m, false)
	}
	for _, read := range misreaders() {
		if !encodesAny(read, sample) {
			continue
		}
		for _, src := range sources() {
			t := transcoding{from: src, read: read, partly: true}
			if src.name == utf8Name || !t.happens() {
				continue
			}
			if t, ok := t.weigh(m, sample, t.explainParts(m, sample), best.gain); ok {
				best = t
			}
		}
	}
	return best
}

// happens reports whether t is a misreading that is looked for here: the lattice
// reads UTF-8 as one byte a character better, and nobody takes such for the East.
func (t transcoding) happens() bool {
	return t.from.name != t.read.name && !(t.read.single && t.from.name == utf8Name) && !(t.from.single && !t.read.single)
}

// encodesAny reports whether read can have made any window of the sample. Few
// encodings can, which is told by a character or two.
func encodesAny(read charset, sample []oddWindow) bool {
	return slices.ContainsFunc(sample, func(w oddWindow) bool {
		_, ok := w.unread(read)
		return ok
	})
}

// weigh returns t with its gain if e shows that it is what happened, and better
// than by least.
func (t transcoding) weigh(m scorer, sample []oddWindow, e explanation, least float32) (transcoding, bool) {
	e.gain -= t.priors()
	t.gain, t.odd = e.gain, e.odd
	return t, e.gain > max(least, transcodeGain+transcodePerOdd*float32(e.odd)) && t.believed(m, sample, e)
}

// An explanation is what a transcoding makes of a sample.
type explanation struct {
	gain  float32 // nats
	odd   int     // characters outside ASCII that were misread
	used  []oddWindow
	right string // what used was
}

// explainEach reads the windows of the sample that t, a misreading of UTF-8,
// explains; false if it clearly explains them by no more than least.
func (t transcoding) explainEach(m scorer, sample []oddWindow, least float32) (e explanation, ok bool) {
	var rest float32
	for _, w := range sample {
		rest -= w.best
	}
	priors := t.priors() - slack
	var all strings.Builder
	var room []byte
	for _, w := range sample {
		var right string
		var lost []lostPlace
		if room, ok = t.read.encode(room[:0], w.runes[w.first:w.first+1]); w.afterLoss() || ok && begun(room) {
			right, lost, ok = t.undoLossy(m, string(w.runes), 0)
		}
		if !ok || right == "" {
			if w, right, lost, ok = t.longestRow(m, w); !ok {
				continue
			}
		}
		if w.thin(right, len(lost)) {
			continue
		}
		rest += w.best
		floor := max(0, max(least, transcodeGain+transcodePerOdd*float32(e.odd))+priors-e.gain-rest) // what this window must bring
		g, ok := caselessAbove(m, right, floor+w.best)
		switch {
		case ok && g > w.best:
			e.gain += g - w.best
			e.odd += w.odd
			e.used = append(e.used, w)
			all.WriteString(right)
		case floor > 0:
			return e, false
		}
	}
	e.right = all.String()
	return e, true
}

// longestRow returns the longest part of a window that t can have made, and what that was.
func (t transcoding) longestRow(m scorer, w oddWindow) (row oddWindow, right string, lost []lostPlace, ok bool) {
	text := string(w.runes)
	rows := t.rows(text)
	slices.SortStableFunc(rows, func(a, b repair.Span) int { return cmp.Compare(b.Len(), a.Len()) })
	for _, s := range rows[:min(len(rows), triedRows)] {
		part := text[s.Start:s.End]
		if right, lost, ok = t.undoLossy(m, part, 0); ok {
			row = newOddWindow([]byte(part), w.mean)
			row.settle(m, false)
			return row, right, lost, true
		}
	}
	return w, "", nil, false
}

// triedRows bounds the parts of a window that are read.
const triedRows = 4

// fewWithMarks is the number of characters from which question marks may stand in each of them.
const fewWithMarks = 8

// thin reports whether so many places of right, which the window was, lost bytes that the rest of it
// shows nothing: lists of rare characters may be read so. U+FFFD is a sign of loss by itself.
func (w oddWindow) thin(right string, lost int) bool {
	n := countOutside(right)
	switch {
	case lost == 0 || slices.Contains(w.runes, replacement):
		return false
	case slices.Contains(w.runes, '?'):
		return 2*lost > n && n < fewWithMarks
	}
	return 3*lost > n
}

// afterLoss reports whether a byte may have been lost before the first character outside ASCII,
// or where that stands.
func (w oddWindow) afterLoss() bool {
	return w.runes[w.first] == replacement || w.first > 0 && w.runes[w.first-1] == '?'
}

// begun reports whether b, of the first character outside ASCII, may begin a
// character of UTF-8.
func begun(b []byte) bool {
	return b[0] >= 0xC2 && b[0] <= 0xF4 && (len(b) == 1 || b[1]&0xC0 == 0x80)
}

// believed reports whether what e says somebody wrote is text.
func (t transcoding) believed(m scorer, sample []oddWindow, e explanation) bool {
	if t.from.single && (lonely(e.right) || inOrder(e.used)) {
		return false
	}
	if !t.partly && !t.from.single && (t.read.single || t.from.name == utf8Name) && typographic(e) {
		return true
	}
	r := makeupOf(m, e.right)
	if t.from.name != utf8Name {
		kinds := altered(e.used, e.right)
		if t.convincing(m, e, r, kinds) {
			return true
		}
		if t.partly || !varied(sample, e.right) || kinds < transcodeOdd || !coherent(e.right, e.odd) {
			return false
		}
	}
	if t.from.name == utf8Name && oddKinds(e.used) < sureKinds && !touching(e.used) {
		return false
	}
	return fluentEnough(t.from, r, e.gain/float32(e.odd), oddKinds(sample) == e.odd)
}

// touching reports whether a character of the East touches an ASCII letter in
// some window, as nobody writes it.
func touching(sample []oddWindow) bool {
	return slices.ContainsFunc(sample, func(w oddWindow) bool { return touches(w.runes) })
}

// touches is touching for a text.
func touches(text []rune) bool {
	last := ' '
	for _, r := range text {
		if eastern(r) && asciiLetter(last) || eastern(last) && asciiLetter(r) {
			return true
		}
		last = r
	}
	return false
}

// slack, in nats, is more than the model ever gives a text for free.
const slack = 20

// caselessAbove returns the likelihood of text, or in small letters if that is
// greater: capitals are rarer than what they say. It is false if that is below floor.
func caselessAbove(m scorer, text string, floor float32) (sum float32, ok bool) {
	sum, ok = scoreAbove(m, text, floor)
	if small := strings.ToLower(text); small != text {
		if s, enough := scoreAbove(m, small, floor); enough {
			sum, ok = max(sum, s), true
		}
	}
	return sum, ok
}

// scoreAbove returns the likelihood of text; false when it is clear that it will be
// below floor.
func scoreAbove(m scorer, text string, floor float32) (sum float32, ok bool) {
	var s plausible.State
	var w float32
	for _, r := range text {
		w, s = m.Step(s, r)
		if sum += w; sum < floor {
			return sum, false
		}
	}
	return sum, true
}
