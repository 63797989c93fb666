// Package markdown finds the parts of a Markdown text, with their byte spans,
// without changing or rendering it. It is what the rules that edit text, the
// protection of code and links, and the reading of facts stand on.
//
// The scanners are linear in the text, never fail and accept any bytes.
package markdown

import "github.com/clipmend/clipmend/normalize/repair"

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
	Kind   Kind
	Span   repair.Span // the lines, with their markers, without the last line's ending
	Text   repair.Span // without the markers of the first line and the trailing ones of a heading
	Level  int         // heading level 1–6; 0 for the rest
	Depth  int         // number of list items and quotes around the block
	Marker string      // of a list item: "-", "1."
	Info   string      // of a code block: its info string
}

// Blocks returns the blocks of body in the order of their text.
func Blocks(body []byte) []Block { panic("not built") }

// Protected returns, in order and without overlap, the spans that text rules
// leave alone: fenced, indented and inline code, math, the targets of links
// and images, bare URLs, and HTML tags with their attributes.
func Protected(body []byte) []repair.Span { panic("not built") }
