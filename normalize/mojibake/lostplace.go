package mojibake

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/plausible"
	"github.com/clipmend/clipmend/normalize/repair"
)

// A lostPlace is a place where bytes of a character were lost: between characters
// that begin both in the text as it stands and in the right one.
type lostPlace struct {
	span    repair.Span // of the text as it stands
	before  string      // what stands before the character in the same span
	after   string      // what stands behind it
	bare    string      // what the span is if nothing is guessed
	choices []choice    // likeliest first
	sure    float64     // that what is in before and after is right
}

type choice struct {
	r rune
	p float64
}

// undoLossy is undo for a text of UTF-8 of which bytes may have been lost, and behind which stands
// next, 0 if that is not known.
func (t transcoding) undoLossy(m scorer, text string, next rune) (string, []lostPlace, bool) {
	return new(rewriter).undoLossy(m, t, []byte(text), next)
}

// undoLossy is that of t.
func (w *rewriter) undoLossy(m scorer, t transcoding, text []byte, next rune) (string, []lostPlace, bool) {
	if b, ok := w.unread(t.read, text); ok && utf8.Valid(b) {
		return string(b), nil, true
	}
	x, ok := itemsOf(t.read.pairs, string(text))
	if !ok || x.high < x.signs || x.hollow() {
		return "", nil, false
	}
	if b := x.asMarked(); utf8.Valid(b) {
		return string(b), nil, true
	}
	h := holeReader{m: loaded(m), x: x, next: next, dropped: x.signs+x.questions == 0}
	right, ok := h.reading()
	if !ok && !h.dropped {
		if h.dropped = x.signs == 0; !h.dropped {
			h.x = x.both()
		}
		right, ok = h.reading()
	}
	if !ok {
		return "", nil, false
	}
	return right, h.places(), true
}

// reading returns the likeliest reading, if the items are what a decoder left of it.
func (h *holeReader) reading() (string, bool) {
	if !h.read() {
		return "", false
	}
	right := h.text(h.path)
	return right, h.x.leftOf([]byte(right), h.dropped)
}

// text returns what some nodes of the path are.
func (h *holeReader) text(path []int32) string {
	var b strings.Builder
	for _, id := range path {
		b.WriteRune(h.nodes[id].r)
	}
	return b.String()
}

// places returns the places of the path where bytes were lost.
func (h *holeReader) places() (all []lostPlace) {
	from, lost := 0, false
	start := int32(0)
	for i, id := range h.path {
		n := &h.nodes[id]
		if lost = lost || n.lost > 0; !h.x.parts(n.end) {
			continue
		}
		if lost {
			l := h.place(from, i+1)
			l.span = repair.Span{Start: h.x.offset(start), End: h.x.offset(n.end)}
			all = append(all, l)
		}
		from, start, lost = i+1, n.end, false
	}
	return all
}

// place is the place of path[from:to], by the character there that is least sure.
func (h *holeReader) place(from, to int) lostPlace {
	var l lostPlace
	var bare strings.Builder
	for i := from; i < to; i++ {
		if h.nodes[h.path[i]].lost == 0 {
			bare.WriteRune(h.nodes[h.path[i]].r)
			continue
		}
		bare.WriteRune(replacement)
		c := h.choices(i)
		sure := 1.0
		if l.choices != nil {
			sure = min(l.sure, l.choices[0].p)
		}
		if l.choices != nil && c[0].p >= l.choices[0].p {
			l.sure = min(l.sure, c[0].p)
			continue
		}
		l.choices, l.sure = c, sure
		l.before, l.after = h.text(h.path[from:i]), h.text(h.path[i+1:to])
	}
	l.bare = bare.String()
	return l
}

// holeContext is the number of characters behind one by which it is told.
const holeContext = 3

// choices says what the i-th character of the path may be, with how sure it is.
func (h *holeReader) choices(i int) (all []choice) {
	n := h.nodes[h.path[i]]
	before := h.nodes[n.back]
	h.options(before.end)
	least := n.sum - before.sum - holeDepth
	total := 0.0
	for _, o := range h.out {
		if o.end != n.end || o.lost == 0 {
			continue
		}
		sum, s := h.m.Step(before.state, o.r)
		if sum -= o.cost(); sum < least {
			continue
		}
		var w float32
		behind := h.path[i+1 : min(len(h.path), i+1+holeContext)]
		for _, id := range behind {
			w, s = h.m.Step(s, h.nodes[id].r)
			sum += w
		}
		if len(behind) < holeContext {
			sum += h.ending(s)
		}
		p := math.Exp(float64(sum))
		total += p
		all = append(all, choice{o.r, p})
	}
	for k := range all {
		all[k].p /= total
	}
	slices.SortStableFunc(all, func(a, b choice) int { return cmp.Compare(b.p, a.p) })
	calibrateChoices(all)
	return all
}

// calibrateChoices turns likelihoods into shares of how sure they are.
func calibrateChoices(all []choice) {
	var others []float64
	for _, c := range all[1:] {
		others = append(others, c.p)
	}
	first := plausible.Calibrate(all[0].p)
	for i, share := range shares(first, all[0].p, others) {
		all[1+i].p = share
	}
	all[0].p = first
}

// edit returns the repair of l in a window that starts at byte base.
func (l lostPlace) edit(base int, sure float64) repair.Edit {
	best := l.choices[0]
	e := repair.Edit{
		Rule: ruleLost, Now: l.before + string(best.r) + l.after, Confidence: min(sure, l.sure, best.p),
		Span: repair.Span{Start: base + l.span.Start, End: base + l.span.End},
	}
	if e.Unsure = e.Confidence < .99; e.Unsure {
		for _, c := range l.choices[1:min(len(l.choices), 1+maxAlts)] {
			e.Alternatives = append(e.Alternatives, repair.Alternative{Text: l.before + string(c.r) + l.after, Confidence: min(c.p, e.Confidence)})
		}
	}
	return e
}
