package plausible

import (
	"math/rand/v2"
	"testing"
)

// A doubt is what may stand in a place, and what follows.
type doubt struct {
	s       State
	options []rune
	after   [3]rune
}

// doubts are of texts that the model makes up, in many scripts by turns.
func doubts(m *Model, n int) (all []doubt) {
	rnd := rand.New(rand.NewPCG(3, 4))
	scripts := []rune{'é', 'ž', 'ő', 'ї', 'θ', 'ق', 'म', 'த', 'ગ', 'か', '语', '文', '한', 'ế'}
	states := make([]State, len(scripts))
	say := func(k int) (r rune) {
		best := float32(-1000)
		for range 30 { // the likeliest of some
			c := scripts[k] - 32 + rnd.Int32N(64)
			if rnd.IntN(3) == 0 {
				c = ' ' + rnd.Int32N(96)
			}
			if p, _ := m.Step(states[k], c); p > best {
				r, best = c, p
			}
		}
		_, states[k] = m.Step(states[k], r)
		return r
	}
	for len(all) < n {
		for k := range scripts {
			d := doubt{s: states[k], after: [3]rune{}}
			r := say(k)
			for range 5 + rnd.IntN(15) {
				d.options = append(d.options, r&^0x3F|rnd.Int32N(64))
			}
			for i := range d.after {
				d.after[i] = say(k)
			}
			all = append(all, d)
		}
	}
	return all
}

// BenchmarkSteps asks what the reading of damaged text does: all that may stand in a
// place, then three characters after each of that.
func BenchmarkSteps(b *testing.B) {
	m := Default()
	all := doubts(m, 20_000)
	next := make([]State, 20)
	i, steps := 0, 0
	for b.Loop() {
		d := &all[i%len(all)]
		for k, r := range d.options {
			_, next[k] = m.Step(d.s, r)
		}
		for _, r := range d.after {
			for k, s := range next[:len(d.options)] {
				_, next[k] = m.Step(s, r)
			}
		}
		i++
		steps += 4 * len(d.options)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(steps), "ns/step")
}
