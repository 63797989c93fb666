// Package markdown finds the parts of a Markdown text, with their byte spans,
// without changing or rendering it. It is what the rules that edit text, the
// protection of code and links, and the reading of facts stand on.
//
// The scanners are linear in the text, never fail and accept any bytes. They
// read CommonMark with GFM's tables and footnotes and with what Obsidian adds:
// wiki links, $math$ and %% comments %%. A line ends with LF or CRLF. Nesting
// deeper than 64 quotes and items is read as text.
package markdown

import (
	"cmp"
	"slices"

	"github.com/clipmend/clipmend/normalize/repair"
)

// A Kind says what a block is.
type Kind uint8

// The kinds of block. Obsidian's callouts are quotes, its comments HTML.
const (
	Paragraph Kind = iota
	Heading
	ListItem // one item's own first paragraph; its nested blocks follow it, with a greater Depth
	Code     // fenced or indented
	Table
	HTML
	Rule // a thematic break
	Math // $$ … $$
	Footnote
	Definition // a link reference definition
)

// A Block is a run of whole lines.
type Block struct {
	Kind Kind
	Span repair.Span // the lines, with their markers, without the last line's ending
	// Text is the span without the markers of the first line and the trailing
	// ones of a heading; of fenced code and of math, what is between the fences;
	// of a definition, the target.
	Text   repair.Span
	Level  int    // heading level 1–6; 0 for the rest
	Depth  int    // number of list items, quotes and footnotes around the block
	Marker string // of a list item: "-", "1."
	Info   string // of fenced code: its info string
}

// Blocks returns the blocks of body in the order of their text. A list item
// that begins with another block, such as a heading, has none of its own.
func Blocks(body []byte) []Block {
	s := scanner{src: body, math: closer{mark: "$$"}, comment: closer{mark: "%%"}}
	for s.next() {
		s.line()
	}
	return s.blocks
}

// Protected returns, in order and without overlap, the spans that text rules
// leave alone: fenced, indented and inline code, math, comments, the targets of
// links, wiki links and images, bare URLs, footnote labels, and HTML tags with
// their attributes.
func Protected(body []byte) []repair.Span {
	var spans []repair.Span
	for _, b := range Blocks(body) {
		switch {
		case b.Kind == Code || b.Kind == Math || b.Kind == HTML && opaque(body[b.Text.Start:b.Text.End]):
			spans = append(spans, b.Span)
		case b.Kind == Definition:
			spans = append(spans, repair.Span{Start: b.Span.Start, End: b.Text.End})
		case b.Kind != Rule:
			if b.Kind == Footnote {
				spans = append(spans, repair.Span{Start: b.Span.Start, End: b.Text.Start})
			}
			for _, in := range Inlines(body, b.Text) {
				if in.Target.Len() > 0 {
					spans = append(spans, in.Target)
				}
			}
		}
	}
	return merge(spans)
}

// merge sorts the spans and joins those that overlap.
func merge(spans []repair.Span) []repair.Span {
	byStart := func(a, b repair.Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	}
	if !slices.IsSortedFunc(spans, byStart) {
		slices.SortFunc(spans, byStart)
	}
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}
