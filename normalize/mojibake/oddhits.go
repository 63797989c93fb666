package mojibake

import (
	"cmp"
	"slices"
)

// Bounds of the hits that are kept: a text that is broken all over has many, of which only
// the first are asked for.
const (
	maxOddHits = 1 << 13
	oddHitsGap = 1 << 12 // bytes that are looked through for those between two that are asked for
)

// oddHits are the hits of a text that the model finds odd. A text that was mended is looked
// through for them several times, for they tell whether anything is left to do. They are
// found as they are asked for, and those that the text begins with are kept.
type oddHits struct {
	m     scorer
	text  []byte
	known []hit // all whose leads are before byte end
	end   int
}

func newOddHits(m scorer, text []byte) *oddHits { return &oddHits{m: loaded(m), text: text} }

// next returns the first one whose lead is at or after byte from.
func (o *oddHits) next(from int) (hit, bool) {
	for o.end <= from {
		if len(o.known) == maxOddHits || from-o.end > oddHitsGap {
			return o.find(from)
		}
		h, ok := o.find(o.end)
		if !ok {
			o.end = len(o.text) + 1
			break
		}
		o.known = append(o.known, h)
		o.end = h.start + 1
	}
	i, _ := slices.BinarySearchFunc(o.known, from, func(h hit, at int) int { return cmp.Compare(h.start, at) })
	if i == len(o.known) {
		return hit{}, false
	}
	return o.known[i], true
}

// find is next for those that are not known.
func (o *oddHits) find(from int) (hit, bool) {
	g := gate()
	for {
		h, ok := g.nextHit(o.text, from)
		if !ok || !likely(o.m, o.text, h) {
			return h, ok
		}
		from = h.start + 2
	}
}
