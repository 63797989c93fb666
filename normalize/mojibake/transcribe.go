package mojibake

import "github.com/clipmend/clipmend/normalize/repair"

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
