package safety

import (
	"cmp"
	"slices"

	"github.com/clipmend/clipmend/normalize/repair"
)

// A change is an edit of either of two passes, with its place in the text
// between them.
type change struct {
	repair.Edit
	mid   repair.Span
	first bool
}

// compose returns the edits that do at once what first and then second do. mid
// is the text between them. Edits that do not meet stay apart.
func compose(mid []byte, first, second []repair.Edit) []repair.Edit {
	var changes []change
	grown := 0
	for _, e := range first {
		start := e.Span.Start + grown
		changes = append(changes, change{e, repair.Span{Start: start, End: start + len(e.Now)}, true})
		grown += len(e.Now) - e.Span.Len()
	}
	for _, e := range second {
		changes = append(changes, change{e, e.Span, false})
	}
	slices.SortStableFunc(changes, func(a, b change) int {
		return cmp.Or(cmp.Compare(a.mid.Start, b.mid.Start), cmp.Compare(a.mid.End, b.mid.End))
	})
	var out []repair.Edit
	grown = 0
	for len(changes) > 0 {
		n, end := 1, changes[0].mid.End
		for n < len(changes) && changes[n].mid.Start < end {
			end = max(end, changes[n].mid.End)
			n++
		}
		var e repair.Edit
		e, grown = join(mid, changes[:n], end, grown)
		out = append(out, e)
		changes = changes[n:]
	}
	return out
}

// join makes one edit of changes that meet, which end at end in the text
// between the passes. The changes before them made the text grow by grown.
func join(mid []byte, group []change, end, grown int) (repair.Edit, int) {
	e := group[0].Edit
	e.Span.Start = group[0].mid.Start - grown
	var now []byte
	at := group[0].mid.Start
	for _, c := range group {
		if c.first {
			grown += len(c.Now) - c.Span.Len()
			continue
		}
		e.Rule = c.Rule
		now = append(append(now, mid[at:c.mid.Start]...), c.Now...)
		at = c.mid.End
	}
	e.Span.End = end - grown
	e.Now = string(append(now, mid[at:end]...))
	return e, grown
}
