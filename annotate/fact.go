// Package annotate reads facts out of notes: which model, which attribute,
// which value, and the exact words that say so.
//
// It promises that every fact shows its evidence (Quote == Body[Span], always),
// that the same input gives the same facts in the same order, and that nothing
// is inferred from outside the text.
package annotate

import "github.com/clipmend/clipmend/normalize"

// Evidence is the text that a fact was read from, in the terms of the W3C Web
// Annotation model: TextPositionSelector (Span) and TextQuoteSelector (Quote,
// Prefix, Suffix).
type Evidence struct {
	Span   normalize.Span `json:"span"` // half-open, bytes of the note's body
	Quote  string         `json:"quote"`
	Prefix string         `json:"prefix"`
	Suffix string         `json:"suffix"`
}
