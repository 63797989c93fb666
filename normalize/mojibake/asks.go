package mojibake

import (
	"slices"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// asks are characters about which the model is asked at once: how likely each is after
// the same state.
type asks struct {
	runes []rune
	of    []int32 // the options that they are
	w     []float32
	next  []plausible.State
}

func (a *asks) reset() { a.runes, a.of = a.runes[:0], a.of[:0] }

func (a *asks) add(r rune, of int32) {
	a.runes = append(a.runes, r)
	a.of = append(a.of, of)
}

// step fills in how likely the characters are after s, and the states after them.
func (a *asks) step(m scorer, s plausible.State) {
	n := len(a.runes)
	a.w, a.next = slices.Grow(a.w[:0], n)[:n], slices.Grow(a.next[:0], n)[:n]
	if model, ok := m.(*plausible.Model); ok {
		model.StepAll(s, a.runes, a.w, a.next)
		return
	}
	for i, r := range a.runes {
		a.w[i], a.next[i] = m.Step(s, r)
	}
}
