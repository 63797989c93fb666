// Package normalize makes a clip clean: bytes become text, pages become
// Markdown, broken characters are mended and properties made right.
//
// It promises that only what is broken changes, that doing it twice is doing
// it once, and that every change is told as a Repair which can be undone.
// Everything here is a pure function of the clip and the options.
package normalize

import (
	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/normalize/repair"
)

// The words of the repairs, from the leaf package that all rules share.
type (
	Repair      = repair.Repair
	Alternative = repair.Alternative
	Span        = repair.Span
)

// A Note is a clip made clean: a Markdown text that begins with its properties.
type Note struct {
	Origin   ingest.Origin
	Text     []byte // the whole note: properties block, if any, and body; UTF-8
	Body     Span   // where in Text the body is
	Encoding string // WHATWG name of the encoding that the clip was in
	Lang     string // of a page that says it, as a BCP 47 tag
	Repairs  []Repair
	Warnings []string // what a person should know: a page that seems cut short, …
	Files    []File   // what the note links to and must be stored beside it
}
