package models

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/clipmend/clipmend/normalize/markdown"
	"github.com/clipmend/clipmend/normalize/repair"
)

// HighlightRule names the edits of Highlight.
const HighlightRule = "highlight"

// Highlight proposes marks, ==like this==, around the spans of body. Where marks
// would break something (code, math, links and tags cut in two, emphasis that
// opens within and closes outside, a table's bars) or stand already, there are
// none. The edits are in order and put nothing but "==" in; repair.Undo takes
// them back.
func Highlight(body []byte, spans []repair.Span) []repair.Edit {
	spans = union(spans)
	var edits []repair.Edit
	for _, b := range markdown.Blocks(body) {
		for len(spans) > 0 && spans[0].End <= b.Text.Start {
			spans = spans[1:]
		}
		switch b.Kind {
		case markdown.Paragraph, markdown.Heading, markdown.ListItem, markdown.Footnote, markdown.Table:
		default:
			continue
		}
		inlines := lazy(func() []markdown.Inline { return markdown.Inlines(body, b.Text) })
		for _, s := range spans {
			if s.Start >= b.Text.End {
				break
			}
			s = repair.Span{Start: max(s.Start, b.Text.Start), End: min(s.End, b.Text.End)}
			for _, piece := range pieces(body, s, b.Kind == markdown.Table) {
				for _, fitting := range withEmphasis(body, piece, b.Text) {
					if markable(body, fitting, inlines()) {
						edits = append(edits, mark(fitting.Start), mark(fitting.End))
						break
					}
				}
			}
		}
	}
	return edits
}

func mark(at int) repair.Edit {
	return repair.Edit{Rule: HighlightRule, Span: repair.Span{Start: at, End: at}, Now: "==", Confidence: 1}
}

func lazy[T any](make func() T) func() T {
	var value *T
	return func() T {
		if value == nil {
			v := make()
			value = &v
		}
		return *value
	}
}

// union sorts the spans and joins those that touch.
func union(spans []repair.Span) []repair.Span {
	sorted := slices.SortedFunc(slices.Values(spans), func(a, b repair.Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	var out []repair.Span
	for _, s := range sorted {
		if n := len(out); n > 0 && s.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
		} else if s.Len() > 0 {
			out = append(out, s)
		}
	}
	return out
}

// pieces cuts a span at the ends of lines, and of a table's cells, and trims the
// parts.
func pieces(body []byte, s repair.Span, table bool) []repair.Span {
	var out []repair.Span
	for at := s.Start; at < s.End; {
		end := at
		for end < s.End && body[end] != '\n' && !(table && body[end] == '|' && (end == 0 || body[end-1] != '\\')) {
			end++
		}
		from, to := at, end
		for from < to && bytes.IndexByte([]byte(" \t\r>"), body[from]) >= 0 {
			from++
		}
		for from < to && bytes.IndexByte([]byte(" \t\r\\"), body[to-1]) >= 0 {
			to--
		}
		if from < to {
			out = append(out, repair.Span{Start: from, End: to})
		}
		at = end + 1
	}
	return out
}

// withEmphasis returns the piece, and forms of it that take in the signs of
// emphasis right before or behind it: a fact begins at the name in "**Foo**: …".
func withEmphasis(body []byte, s, within repair.Span) []repair.Span {
	isSign := func(c byte) bool { return c == '*' || c == '_' || c == '~' }
	wide := s
	for wide.Start > within.Start && isSign(body[wide.Start-1]) {
		wide.Start--
	}
	for wide.End < within.End && isSign(body[wide.End]) {
		wide.End++
	}
	if wide == s {
		return []repair.Span{s}
	}
	return []repair.Span{s, {Start: wide.Start, End: s.End}, {Start: s.Start, End: wide.End}, wide}
}

// markable reports whether marks around the piece leave everything else as it
// was.
func markable(body []byte, s repair.Span, inlines []markdown.Inline) bool {
	text := body[s.Start:s.End]
	before, after := body[max(0, s.Start-2):s.Start], body[s.End:min(len(body), s.End+2)]
	if bytes.Contains(text, []byte("==")) || bytes.HasSuffix(before, []byte("=")) || bytes.HasPrefix(after, []byte("=")) ||
		bytes.HasSuffix(before, []byte("\\")) || highlighted(body, s) || !balanced(text) {
		return false
	}
	for _, in := range inlines {
		if in.Span.Start >= s.End {
			break
		}
		inside := in.Span.Start >= s.Start && in.Span.End <= s.End
		text := in.Target != in.Span && s.Start > in.Span.Start && s.End <= in.Target.Start
		if in.Span.End > s.Start && !inside && !text {
			return false
		}
	}
	return true
}

// highlighted reports whether marks open in the piece's line before it and do
// not close.
func highlighted(body []byte, s repair.Span) bool {
	line := body[bytes.LastIndexByte(body[:s.Start], '\n')+1 : s.Start]
	return bytes.Count(line, []byte("=="))%2 == 1
}

// balanced reports whether emphasis that opens in the text closes in it.
func balanced(text []byte) bool {
	for _, sign := range []byte("*_~") {
		runs := map[int]int{} // by length
		for i := 0; i < len(text); {
			if text[i] == '\\' {
				i += 2
				continue
			}
			n := 0
			for i+n < len(text) && text[i+n] == sign {
				n++
			}
			runs[n]++
			i += max(n, 1)
		}
		delete(runs, 0)
		for _, count := range runs {
			if count%2 == 1 {
				return false
			}
		}
	}
	return true
}
