package mojibake

import (
	"bytes"
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
	partly     bool // some of the text was misread, by itself or in other ways
}

// undo returns what text was before it was misread, with the certificate that
// misreading it again gives text.
func (t transcoding) undo(text string) (string, bool) {
	b, ok := t.read.encode(text)
	if !ok {
		return "", false
	}
	right, ok := t.from.decode(b)
	if !ok {
		return "", false
	}
	again, ok := t.from.encode(right)
	if !ok || !bytes.Equal(again, b) {
		return "", false
	}
	if seen, ok := t.read.decode(again); ok && seen != text {
		return "", false
	}
	return right, true
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
		t = likeliest(m, odd, true)
	}
	return t
}

// likeliest returns the transcoding that best explains the sample, or some of
// its windows if partly is set.
func likeliest(m scorer, sample []oddWindow, partly bool) transcoding {
	best := transcoding{gain: -1}
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
		right, _, ok := t.undoLossy(m, w.text)
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
		_, ok := read.encode(w.text)
		return ok
	})
}

// weigh returns the nats by which t explains the sample better than that it is
// meant as it stands, less than 0 if that is not enough or clearly no more than
// least.
func (t transcoding) weigh(m scorer, sample []oddWindow, least float32) float32 {
	var gain, rest float32
	for _, w := range sample {
		rest -= w.best
	}
	priors := t.from.prior + t.read.prior - slack
	odd := 0
	var all strings.Builder
	var used []oddWindow
	whole := t.from.name != utf8Name && !t.partly
	for _, w := range sample {
		right, _, ok := t.undoLossy(m, w.text)
		if !ok {
			if whole {
				return -1 // such bytes are seldom mixed with others
			}
			continue
		}
		rest += w.best
		floor := max(least, transcodeGain+transcodePerOdd*float32(odd)) + priors - gain - rest // what this window must bring
		if !whole {
			floor = max(0, floor)
		}
		g, ok := caselessAbove(m, right, floor+w.best)
		switch {
		case ok && (whole || t.brings(g-w.best, w.odd)):
			gain += g - w.best
			odd += w.odd
			all.WriteString(right)
			used = append(used, w)
		case floor > 0 && !t.partly || whole:
			return -1
		}
	}
	gain -= t.from.prior + t.read.prior
	if gain <= transcodeGain+transcodePerOdd*float32(odd) {
		return -1
	}
	right := all.String()
	if !t.partly && !t.from.single && (t.read.single || t.from.name == utf8Name) && typographic(right) {
		return gain
	}
	kinds := oddKinds(sample)
	if t.from.name != utf8Name {
		if t.convincing(m, right, gain, odd, altered(used, right)) {
			return gain
		}
		if t.partly || !varied(sample, right) || altered(sample, right) < transcodeOdd || !coherent(right, odd) {
			return -1
		}
	}
	if !fluentEnough(m, t.from, right, gain/float32(odd), kinds == odd) {
		return -1
	}
	return gain
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

// transcode returns the edits that undo t window by window. Windows that t
// cannot have made, or that are likelier as they are, stay.
func (f *fixer) transcode(text []byte, t transcoding) []repair.Edit {
	var edits []repair.Edit
	for from := 0; ; {
		w, ok := nextOdd(text, from)
		if !ok {
			return edits
		}
		from = w.end
		was := string(text[w.start:w.end])
		now, lost, ok := t.undoLossy(f.m, was)
		if ok && now != was && t.mends(f.m, was, now) {
			edits = append(edits, f.stretches(t, was, lost, w.start)...)
		}
	}
}

// mends reports whether a window that was is right as it is now.
func (t transcoding) mends(m scorer, was, now string) bool {
	gain := score(m, now) - score(m, was)
	if !t.partly {
		return gain >= 0
	}
	o, fluent := newOddWindow(m, was)
	return !fluent && t.brings(gain, o.odd)
}

// stretches returns the edits for a window that was, at byte base, in which
// tails are lost.
func (f *fixer) stretches(t transcoding, was string, lost []lostTail, base int) []repair.Edit {
	var edits []repair.Edit
	at := 0
	misread := func(end int) {
		now, ok := t.undo(was[at:end])
		if !ok || now == was[at:end] {
			return
		}
		head := commonPrefix(was[at:end], now)
		tail := commonSuffix(was[at+head:end], now[head:])
		edits = append(edits, repair.Edit{
			Rule:       ruleMisread,
			Span:       repair.Span{Start: base + at + head, End: base + end - tail},
			Now:        now[head : len(now)-tail],
			Confidence: confidence(t.gain),
		})
	}
	for _, l := range lost {
		misread(l.span.Start)
		at = l.span.End
		e := l.edit(base, confidence(t.gain))
		switch {
		case f.o.NoGuess:
			e.Now, e.Unsure, e.Alternatives = l.whole+string(replacement), false, nil
			f.guessed = true
		case e.Confidence < f.o.minConfidence() || !f.o.runsID(ruleLost):
			continue
		}
		edits = append(edits, e)
	}
	misread(len(was))
	return edits
}

// commonPrefix returns the number of ASCII bytes that a and b begin with alike.
func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] && a[n] < 0x80 {
		n++
	}
	return n
}

// commonSuffix returns the number of ASCII bytes that a and b end with alike.
func commonSuffix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] && a[len(a)-1-n] < 0x80 {
		n++
	}
	return n
}
