// Package plausible tells how likely a text is, in any of the languages that
// people write, by one small embedded model of characters.
package plausible

// A State is what the model remembers of the characters before. The zero State
// stands at the start of a text. States are comparable.
type State struct{ a, b rune }

// A Model gives characters their likelihood. It is safe for concurrent use.
type Model struct{}

// Default returns the embedded model.
func Default() *Model { return &Model{} }

// Step returns the natural logarithm of the probability of r after s, and the
// state after r.
func (m *Model) Step(s State, r rune) (float32, State) { panic("not built") }

// Score returns the sum of Step over text and the number of characters in it.
// Invalid UTF-8 counts as U+FFFD.
func (m *Model) Score(text []byte) (logP float64, runes int) { panic("not built") }
