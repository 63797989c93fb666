package mojibake

import (
	"slices"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/normalize/plausible"
)

func sampleOf(text string) *sample {
	s := newSample(newOddHits(plausible.Default(), []byte(text)), func(window) bool { return false })
	s.fill(sampleWindows, sampleRunes)
	return &s
}

// A guess that was given up would not have been the best, nor near it.
func TestRaceAgreesWithFullWeighing(t *testing.T) {
	losses := []string{lostKept, lostDropped}
	for _, layers := range [][]Layer{
		{{Encoding: "windows-1252", Lost: lostKept}},
		{{Encoding: "windows-1252", Lost: lostDropped}},
		{{Encoding: "iso-8859-1", Lost: lostKept}},
		{{Encoding: "windows-1250", Lost: lostKept}},
		{{Encoding: "windows-1251", Lost: lostKept}},
		{{Encoding: "windows-1254", Lost: lostDropped}},
		{{Encoding: "macintosh", Lost: lostKept}},
		{{Encoding: "ibm437", Lost: lostKept}},
	} {
		raced := sampleOf(breakText(channelOf(layers), manyTongues))
		got := infer(raced, losses, nothing)
		whole := sampleOf(breakText(channelOf(layers), manyTongues))
		best := guess{gain: hopeless}
		for _, p := range codepages() {
			for _, lost := range p.losses(losses) {
				g := whole.weigh(channelOf([]Layer{{Encoding: p.name, Lost: lost}}), nil, hopeless)
				if g.gain > best.gain {
					best = g
				}
			}
		}
		if !slices.Equal(got.c.layers, best.c.layers) {
			t.Errorf("%v: the race found %v (%.1f), all weighed %v (%.1f)", layers, got.c.layers, got.gain, best.c.layers, best.gain)
		}
	}
}

// What is clear is read as the lattice reads it, and what is in doubt nearly so: a
// lost byte is guessed by the few characters behind it.
func TestReaderAgreesWithLattice(t *testing.T) {
	for _, lost := range []string{lostKept, lostDropped, lostReplaced, lostQuestion} {
		c := channelOf([]Layer{{Encoding: "windows-1252", Lost: lost}})
		s := sampleOf(breakText(c, manyTongues))
		r := newReader(s.m, c)
		defer r.free()
		l := newLattice(s.m, c, costEnter)
		defer l.free()
		l.quick = true
		for i := range s.windows {
			x := &s.windows[i]
			end, _ := r.read(x, never)
			whole := l.run(x.text, plausible.State{}, x.kept)
			if diff := whole - end.sum; diff > 4 || diff < -.01 {
				t.Errorf("%s: %q is read as %q (%.2f), by the lattice %q (%.2f)", lost, string(x.text), readAs(r.path), end.sum, readAs(l.path()), whole)
			}
		}
	}
}

func readAs(path []piece) string {
	var b strings.Builder
	for _, p := range path {
		b.WriteRune(p.r)
	}
	return b.String()
}

// A weighing that was given up, or to which windows were added, goes on where it
// ended.
func TestWeighingIsResumed(t *testing.T) {
	c := channelOf([]Layer{{Encoding: "windows-1250", Lost: lostKept}})
	text := breakText(channelOf([]Layer{{Encoding: "windows-1252", Lost: lostKept}}), manyTongues)
	s := sampleOf(text)
	s.weigh(channelOf([]Layer{{Encoding: "windows-1252", Lost: lostKept}}), nil, hopeless)
	if g := s.weigh(c, nil, s.best); g.gain != hopeless {
		t.Errorf("windows-1250 gained %v, and was not given up for %v", g.gain, s.best)
	}
	want := sampleOf(text).weigh(c, nil, hopeless)
	if got := s.weigh(c, nil, hopeless); got.gain != want.gain || got.count != want.count {
		t.Errorf("resumed: %v of %d characters, at once: %v of %d", got.gain, got.count, want.gain, want.count)
	}
}
