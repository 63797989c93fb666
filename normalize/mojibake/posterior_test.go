package mojibake

import (
	"math"
	"testing"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// All ways through a text pass each of its places once: what leaves a place, or
// passes over it, is sure to.
func TestWaysAddUp(t *testing.T) {
	c := channelOf([]Layer{{Encoding: "windows-1252", Lost: lostDropped}})
	text := []rune(breakText(c, "Съешь ещё этих мягких булок, да выпей чаю. 天地玄黄，宇宙洪荒。"))
	l := newLattice(plausible.Default(), c, costEnter)
	defer l.free()
	l.run(text, plausible.State{}, 0)
	total := l.backward()
	sums := make([]float64, len(text))
	for _, a := range l.arcs {
		from, to := &l.nodes[a.from], &l.nodes[a.to]
		p := math.Exp(float64(from.fwd + a.w + to.bwd - total))
		for i := from.at; i < to.at; i++ {
			sums[i] += p
		}
	}
	for i, p := range sums {
		if math.Abs(p-1) > .002 {
			t.Errorf("place %d of %d: %.4f", i, len(text), p)
		}
	}
}

// The n likeliest are told, whatever the order.
func TestSelectFirst(t *testing.T) {
	for _, weights := range [][]float32{{3, 1, 2}, {1, 1, 1, 1}, {5, 4, 3, 2, 1, 0}, {0, 9, 0, 9, 0, 9, 1}} {
		for n := 1; n < len(weights); n++ {
			var all []scored
			for i, w := range weights {
				all = append(all, scored{w, int32(i)})
			}
			selectFirst(all, n)
			for _, in := range all[:n] {
				for _, out := range all[n:] {
					if out.before(in) {
						t.Errorf("%v: %v is not among the first %d, %v is", weights, out, n, in)
					}
				}
			}
		}
	}
}

// What was read is remembered for as long as there is room, and no two texts are
// taken for each other.
func TestReadings(t *testing.T) {
	k := &newScratch().known
	for i := range 2 * maxRead {
		text := []rune{0xC3, rune(i)}
		if p, ok := k.find([clearAfter]rune{}, text); ok {
			t.Fatalf("%q was read as %v before", text, p)
		}
		k.add([clearAfter]rune{}, text, []piece{{start: 0, end: 2, r: rune(i), alts: []alternative{{r: 'x'}}}})
		if p, ok := k.find([clearAfter]rune{}, text); !ok || len(p) != 1 || p[0].r != rune(i) || len(p[0].alts) != 1 {
			t.Fatalf("%q is not remembered: %v", text, p)
		}
		if _, ok := k.find([clearAfter]rune{'a'}, text); ok {
			t.Fatalf("%q after another text is the same", text)
		}
	}
}
