package mojibake

import (
	"slices"

	"github.com/clipmend/clipmend/normalize/markdown"
	"github.com/clipmend/clipmend/normalize/repair"
)

// protected reports whether span touches code, math or a link of text.
func (f *fixer) protected(text []byte, span repair.Span) bool {
	spans := f.spans(text)
	i, _ := slices.BinarySearchFunc(spans, span.Start, func(s repair.Span, at int) int {
		if s.End <= at {
			return -1
		}
		return 1
	})
	return touched(spans[i:], span)
}

// spans returns the protected spans of text, found once for each text.
func (f *fixer) spans(text []byte) []repair.Span {
	if !f.known {
		f.inert, f.shown, f.known = markdown.Protected(text), nil, true
	}
	return f.inert
}

// sparing returns the edits that leave protected spans and examples alone, or all
// of them if the whole document is broken the same way, as g's sample shows: some stand
// outside of such spans, and few characters are not broken.
func (f *fixer) sparing(text []byte, edits []repair.Edit, g guess) []repair.Edit {
	if len(edits) == 0 {
		return nil
	}
	f.inert = undelimited(f.spans(text), edits)
	most := len(edits) / 2 // that may be in use where others are not undone
	if 4*g.kept < g.count {
		most = 0
	}
	if f.shown = append(f.shown, f.demonstrated(text, edits, g.c, most)...); len(f.shown) > 0 {
		f.inert = append(slices.Clone(f.inert), f.shown...)
		slices.SortFunc(f.inert, func(a, b repair.Span) int { return a.Start - b.Start })
	}
	var out []repair.Edit
	if used := len(edits) - f.spared(edits); used > most {
		return edits
	}
	for _, e := range edits {
		if !f.protected(text, e.Span) {
			out = append(out, e)
		}
	}
	return out
}

// spared counts the edits that touch protected spans.
func (f *fixer) spared(edits []repair.Edit) (n int) {
	k := 0
	for i := range edits {
		span := edits[i].Span
		for k < len(f.inert) && f.inert[k].End <= span.Start {
			k++
		}
		if k < len(f.inert) && f.inert[k].Start < span.End {
			n++
		}
	}
	return n
}

// undelimited returns the spans that neither begin nor end inside an edit: what
// is no character of the right text delimits nothing.
func undelimited(spans []repair.Span, edits []repair.Edit) []repair.Span {
	inside := func(at int) bool {
		i, found := slices.BinarySearchFunc(edits, at, func(e repair.Edit, at int) int { return e.Span.Start - at })
		return found || i > 0 && at < edits[i-1].Span.End
	}
	var out []repair.Span
	for _, s := range spans {
		if !inside(s.Start) && !inside(s.End-1) {
			out = append(out, s)
		}
	}
	return out
}
