package mojibake

import (
	"cmp"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/normalize/plausible"
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
	partly     bool // some of the text was misread, by itself or in other ways
}

// undo returns what text was before it was misread, with the certificate that
// misreading it again gives text.
func (t transcoding) undo(text string) (string, bool) {
	b, ok := t.read.unread(text)
	if !ok {
		return "", false
	}
	return t.from.reread(b)
}

// undoWindow is undo for a window that other transcodings undo too, and in which
// bytes of UTF-8 may be lost where runs end.
func (t transcoding) undoWindow(m scorer, w oddWindow) (string, bool) {
	if t.from.name == utf8Name {
		right, _, ok := t.undoLossy(m, w.text)
		return right, ok
	}
	b, ok := w.unread(t.read)
	if !ok {
		return "", false
	}
	return t.from.reread(b)
}

// inferTranscoding returns the pair of encodings that best explains text, or
// else a part of it; its gain is negative if none does.
func inferTranscoding(m scorer, text []byte) transcoding {
	all, odd := oddWindows(m, text)
	if len(odd) == 0 {
		return transcoding{gain: -1}
	}
	m = loaded(m)
	t := likeliest(m, all, false)
	if t.gain < 0 && len(all) > 1 {
		t = likeliest(m, dense(odd), true)
	}
	return t
}

// likeliest returns the transcoding that best explains the sample, or some of
// its windows if partly is set.
func likeliest(m scorer, sample []oddWindow, partly bool) transcoding {
	best := transcoding{gain: -1}
	if len(sample) == 0 {
		return best
	}
	for i, w := range sample {
		sample[i].best = w.kept
		if cased(w.text) {
			sample[i].best = caseless(m, w.text, w.kept)
		}
	}
	oddest := oddestOf(sample)
	from := sources()
	for _, read := range misreaders() {
		if !encodesAny(read, sample) {
			continue
		}
		for _, src := range from {
			if src.name == read.name || src.name == utf8Name && (read.single || partly) || src.single && !read.single {
				continue // the lattice reads the second kind better; nobody makes the third
			}
			t := transcoding{from: src, read: read, partly: partly}
			if src.name != utf8Name && !partly && !t.explains(m, oddest) {
				continue
			}
			if t.gain = t.weigh(m, sample, best.gain); t.gain > best.gain {
				best = t
			}
		}
	}
	return best
}

// enoughOdd is the number of characters outside ASCII by which it shows that a
// transcoding explains nothing.
const enoughOdd = 12

// oddestOf returns the windows that are oddest for each of their characters
// outside ASCII, enoughOdd of those or a few more; none if there are few others.
func oddestOf(sample []oddWindow) []oddWindow {
	all := slices.Clone(sample)
	slices.SortStableFunc(all, func(a, b oddWindow) int {
		return cmp.Compare(a.best*float32(b.odd), b.best*float32(a.odd))
	})
	for i, n := 0, 0; i < len(all); i++ {
		if n += all[i].odd; n >= enoughOdd && 3*i < len(all) {
			return all[:i+1]
		}
	}
	return nil
}

// explains reports whether the oddest windows of a text are not less likely as t
// reads them: else no others have to be asked.
func (t transcoding) explains(m scorer, oddest []oddWindow) bool {
	var gain float32
	for _, w := range oddest {
		right, ok := t.undoWindow(m, w)
		if !ok {
			return false
		}
		gain += caseless(m, right, score(m, right)) - w.best
	}
	return gain >= 0
}

// encodesAny reports whether read can have made any window of the sample. Few
// encodings can, which is told by a character or two.
func encodesAny(read charset, sample []oddWindow) bool {
	return slices.ContainsFunc(sample, func(w oddWindow) bool {
		_, ok := w.unread(read)
		return ok
	})
}

// weigh returns the nats by which t explains the sample better than that it is
// meant as it stands, less than 0 if that is not enough or clearly no more than
// least.
func (t transcoding) weigh(m scorer, sample []oddWindow, least float32) float32 {
	e, ok := t.explain(m, sample, least)
	e.gain -= t.from.prior + t.read.prior
	if !ok || e.gain <= transcodeGain+transcodePerOdd*float32(e.odd) || !t.believed(m, sample, e) {
		return -1
	}
	return e.gain
}

// An explanation is what a transcoding makes of a sample.
type explanation struct {
	gain  float32 // nats
	odd   int     // characters outside ASCII that were misread
	used  []oddWindow
	right string // what used was
}

// explain reads the windows of the sample by t; false if t cannot have made
// them, or clearly explains them by no more than least.
func (t transcoding) explain(m scorer, sample []oddWindow, least float32) (e explanation, ok bool) {
	if t.partly {
		return t.explainParts(m, sample), true
	}
	var rest float32
	for _, w := range sample {
		rest -= w.best
	}
	priors := t.from.prior + t.read.prior - slack
	whole := t.from.name != utf8Name
	var all strings.Builder
	for _, w := range sample {
		right, ok := t.undoWindow(m, w)
		if !ok {
			if whole {
				return e, false // such bytes are seldom mixed with others
			}
			continue
		}
		rest += w.best
		floor := max(least, transcodeGain+transcodePerOdd*float32(e.odd)) + priors - e.gain - rest // what this window must bring
		if !whole {
			floor = max(0, floor)
		}
		g, ok := caselessAbove(m, right, floor+w.best)
		switch {
		case ok && (whole || t.brings(g-w.best, w.odd)):
			e.gain += g - w.best
			e.odd += w.odd
			e.used = append(e.used, w)
			all.WriteString(right)
		case floor > 0 || whole:
			return e, false
		}
	}
	e.right = all.String()
	return e, true
}

// believed reports whether what e says somebody wrote is text.
func (t transcoding) believed(m scorer, sample []oddWindow, e explanation) bool {
	if t.from.single && lonely(e.right) {
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
	return slices.ContainsFunc(sample, func(w oddWindow) bool {
		last := ' '
		for _, r := range w.text {
			if eastern(r) && asciiLetter(last) || eastern(last) && asciiLetter(r) {
				return true
			}
			last = r
		}
		return false
	})
}

// brings reports whether a window of odd characters outside ASCII that t explains
// better by gain is one of those that it made.
func (t transcoding) brings(gain float32, odd int) bool {
	if t.partly {
		return gain >= perPart*float32(odd)
	}
	return gain > 0
}

// caseless returns the likelihood of text in lower case, if that is greater than
// sum, its own: capitals are rarer than what they say.
func caseless(m scorer, text string, sum float32) float32 {
	small := score(m, strings.ToLower(text))
	return max(sum, small)
}

// slack, in nats, is more than the model ever gives a text for free.
const slack = 20

// caselessAbove is caseless for a text that is of no use if it is not as likely as
// floor.
func caselessAbove(m scorer, text string, floor float32) (sum float32, ok bool) {
	sum, ok = scoreAbove(m, text, floor)
	if small := strings.ToLower(text); small != text {
		if s, enough := scoreAbove(m, small, floor); enough {
			sum, ok = max(sum, s), true
		}
	}
	return sum, ok
}

// scoreAbove is score, which stops when it is clear that it will be below floor.
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

func score(m scorer, text string) (sum float32) {
	var s plausible.State
	var w float32
	for _, r := range text {
		w, s = m.Step(s, r)
		sum += w
	}
	return sum
}
