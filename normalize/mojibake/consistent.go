package mojibake

import (
	"bytes"
	"slices"

	"github.com/clipmend/clipmend/normalize/repair"
)

// keepsBlanks reports whether c leaves r as broken without the byte of a
// no-break space having become a blank or nothing.
func (f *fixer) keepsBlanks(c *channel, r rune, broken []rune) bool {
	if slices.Contains(broken, ' ') {
		return false
	}
	return c.breaks(string(r), broken, false) || c.breaks(cesu(r), broken, false)
}

// consistent returns the edits of lines in which nothing outside ASCII would
// stay as it is, or all of them if that is not asked for.
func (f *fixer) consistent(text []byte, edits []repair.Edit) []repair.Edit {
	if !f.o.Consistent {
		return edits
	}
	var out []repair.Edit
	for len(edits) > 0 {
		start := bytes.LastIndexByte(text[:edits[0].Span.Start], '\n') + 1
		end := len(text)
		if k := bytes.IndexByte(text[edits[0].Span.End:], '\n'); k >= 0 {
			end = edits[0].Span.End + k
		}
		n := 0
		for n < len(edits) && edits[n].Span.Start < end {
			n++
		}
		if !wildBetween(text, start, end, edits[:n]) {
			out = append(out, edits[:n]...)
		}
		edits = edits[n:]
	}
	return out
}

// wildBetween reports whether characters outside ASCII stand in text from start
// to end, but in none of edits.
func wildBetween(text []byte, start, end int, edits []repair.Edit) bool {
	for _, e := range edits {
		if indexWild(text[:e.Span.Start], start) >= 0 {
			return true
		}
		start = e.Span.End
	}
	return start < end && indexWild(text[:end], start) >= 0
}
