package mojibake

import (
	"slices"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/plausible"
	"github.com/clipmend/clipmend/normalize/repair"
)

// apart is the number of bytes on both sides of what is removed that are looked at: more
// than windows reach.
const apart = 16

// parts reports whether edits only remove what stands where nothing looks more misread
// without it.
func parts(m scorer, text []byte, edits []repair.Edit) bool {
	m = loaded(m)
	for _, e := range edits {
		start, end := max(0, e.Span.Start-apart), min(len(text), e.Span.End+apart)
		for start < e.Span.Start && !utf8.RuneStart(text[start]) {
			start++
		}
		for end < len(text) && !utf8.RuneStart(text[end]) {
			end++
		}
		before, after := text[start:e.Span.Start], text[e.Span.End:end]
		if e.Now != "" || !meet(m, before, after) {
			return false
		}
	}
	return true
}

// meet reports whether what stands between before and after may be left out, and nothing
// looks misread where they meet: the model takes it as meant.
func meet(m scorer, before, after []byte) bool {
	if indexWild(before, 0) < 0 && indexWild(after, 0) < 0 {
		return true
	}
	text := slices.Concat(before, after)
	if _, odd := newOddHits(m, text).find(0); odd {
		return false
	}
	var s plausible.State
	var w float32
	for i := 0; i < len(text); {
		r, size := character(text, i)
		if w, s = keepStep(m, s, r); i >= len(before) && outside(r) && w < natural {
			return false
		}
		i += size
	}
	return true
}
