package mojibake

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/plausible"
	"github.com/clipmend/clipmend/normalize/repair"
)

// transcode returns the edits that undo t window by window. Windows that t
// cannot have made, or that are likelier as they are, stay.
func (f *fixer) transcode(text []byte, t transcoding) []repair.Edit {
	var edits []repair.Edit
	m := loaded(f.m)
	var undoing rewriter
	for from := 0; ; {
		w, ok := nextOdd(text, from)
		if !ok {
			return edits
		}
		from = w.end
		if t.from.name == utf8Name {
			edits = append(edits, f.transcribeUTF8(m, &undoing, t, text, w)...)
			continue
		}
		was := text[w.start:w.end]
		if now, ok := undoing.undo(t, was); ok {
			edits = append(edits, f.transcribed(m, t, string(was), now, nil, w.start)...)
		}
	}
}

// transcribeUTF8 is transcode for one window, of what was UTF-8: bytes may have been lost, and parts
// of it may be right.
func (f *fixer) transcribeUTF8(m scorer, undoing *rewriter, t transcoding, text []byte, w window) (edits []repair.Edit) {
	was := string(text[w.start:w.end])
	now, lost, ok := undoing.undoLossy(m, t, text[w.start:w.end], nextAt(text, w.end))
	if ok && !alien(now) {
		if byItself(text, w) && !likelier(m, now, was, perWindow) {
			return nil
		}
		return f.transcribed(m, t, was, now, lost, w.start)
	}
	for _, row := range t.rows(was) {
		part := was[row.Start:row.End]
		if now, lost, ok := undoing.undoLossy(m, t, text[w.start+row.Start:w.start+row.End], nextAt(text, w.start+row.End)); ok {
			edits = append(edits, f.transcribed(m, t, part, now, lost, w.start+row.Start)...)
		}
	}
	return edits
}

// alien reports whether a letter of the West, but for Greek, stands beside a character of the East,
// as those do that right characters beside misread ones are read as.
func alien(text string) bool {
	last := rune(0)
	western := func(r rune) bool { return r < 0x800 && ofWord(r) && !unicode.Is(unicode.Greek, r) }
	for _, r := range text {
		if eastern(last) && western(r) || eastern(r) && western(last) {
			return true
		}
		last = r
	}
	return false
}

// ofWord reports whether r is a letter or a mark on one, outside ASCII.
func ofWord(r rune) bool { return r >= 0x80 && unicode.In(r, unicode.L, unicode.M) }

// nextAt returns the character at text[at], which at the end is that of a line.
func nextAt(text []byte, at int) rune {
	if at == len(text) {
		return '\n'
	}
	r, _ := utf8.DecodeRune(text[at:])
	return r
}

// transcribed returns the edits by which what was at byte base is now, if that is likelier.
func (f *fixer) transcribed(m scorer, t transcoding, was, now string, lost []lostPlace, base int) []repair.Edit {
	switch {
	case now == was || !t.mends(m, was, now):
		return nil
	case len(lost) == 0:
		return []repair.Edit{t.edit(was, now, base)}
	}
	return f.stretches(t, was, lost, base)
}

// rows returns the parts of a text that t, a misreading of UTF-8, may have made, if it did not make
// all of it.
func (t transcoding) rows(text string) []repair.Span {
	x, _ := itemsOf(t.read.pairs, text)
	return x.rows()
}

// A window of no more than fewInWindow characters of the East that stand by themselves in a line must
// be likelier by perWindow nats: right ones do so too.
const (
	fewInWindow = 2
	perWindow   = 6
)

// byItself reports whether few characters outside ASCII are in w, which touch no letter, and none near
// it in its line.
func byItself(text []byte, w window) bool {
	n := 0
	runes := make([]rune, 0, windowReach)
	for at := w.start; at < min(w.end, w.start+windowReach); {
		r, size := character(text, at)
		if at += size; outside(r) {
			n++
		}
		if n > fewInWindow {
			return false
		}
		runes = append(runes, r)
	}
	if touches(runes) {
		return false
	}
	before, after := text[max(0, w.start-windowReach):w.start], text[w.end:min(len(text), w.end+windowReach)]
	if k := bytes.LastIndexByte(before, '\n'); k >= 0 {
		before = before[k:]
	}
	if k := bytes.IndexByte(after, '\n'); k >= 0 {
		after = after[:k]
	}
	return indexWild(before, 0) < 0 && indexWild(after, 0) < 0
}

// mends reports whether a window that was is right as it is now.
func (t transcoding) mends(m scorer, was, now string) bool {
	if !t.partly {
		return likelier(m, now, was, 0)
	}
	odd := countOutside(was)
	return meanOf(m, []byte(was), surelyFluent, surelyOdd) <= fluent && likelier(m, now, was, perPart*float32(odd))
}

// surely is the gain, in nats, that the rest of a window does not undo.
const surely = 30

// likelier reports whether now is likelier than was by least nats or more. It reads
// both side by side, until that is sure.
func likelier(m scorer, now, was string, least float32) bool {
	var s, t plausible.State // after now[:i] and was[:k]
	var gain, w float32
	for i, k := 0, 0; i < len(now) || k < len(was); {
		if i < len(now) && i*len(was) <= k*len(now) {
			r, size := utf8.DecodeRuneInString(now[i:])
			w, s = m.Step(s, r)
			gain += w
			i += size
			continue
		}
		r, size := utf8.DecodeRuneInString(was[k:])
		w, t = m.Step(t, r)
		gain -= w
		k += size
		if gain > least+surely {
			return true
		}
	}
	return gain >= least
}

// edit returns the edit by which what was at byte base is now.
func (t transcoding) edit(was, now string, base int) repair.Edit {
	head := commonPrefix(was, now)
	tail := commonSuffix(was[head:], now[head:])
	return repair.Edit{
		Rule:       ruleMisread,
		Span:       repair.Span{Start: base + head, End: base + len(was) - tail},
		Now:        now[head : len(now)-tail],
		Confidence: confidence(t.gain),
	}
}

// stretches returns the edits for a window that was, at byte base, in which
// bytes were lost.
func (f *fixer) stretches(t transcoding, was string, lost []lostPlace, base int) []repair.Edit {
	var edits []repair.Edit
	at := 0
	misread := func(end int) {
		if now, ok := t.undo(was[at:end]); ok && now != was[at:end] {
			edits = append(edits, t.edit(was[at:end], now, base+at))
		}
	}
	for _, l := range lost {
		misread(l.span.Start)
		at = l.span.End
		e := l.edit(base, confidence(t.gain))
		switch {
		case f.o.NoGuess:
			e.Now, e.Unsure, e.Alternatives = l.bare, false, nil
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
