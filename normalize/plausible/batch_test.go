package plausible

import (
	"math/rand/v2"
	"testing"
	"unicode/utf8"
)

// What is asked together is answered as if asked alone.
func TestStepsTogether(t *testing.T) {
	m := Default()
	rnd := rand.New(rand.NewPCG(1, 2))
	states := []State{{}}
	for _, text := range []string{"Größe и величина 大小, “ça va”\n", "e\u0301te\u0301 한국어\t漢字かな 12\x00", "\U0010FFFFx\u0301 東京tower塔。"} {
		var s State
		for _, r := range text {
			_, s = m.Step(s, r)
			states = append(states, s)
		}
	}
	rs := []rune{-1, 0, utf8.MaxRune, utf8.MaxRune + 1, '\n', '\r', '\t', '7', 0x301}
	for range 40 {
		rs = append(rs, ' '+rnd.Int32N(0x500), 0x4E00+rnd.Int32N(0x2000), 0xAC00+rnd.Int32N(0x2000), 0xE0+rnd.Int32N(0x20))
	}
	logP, next := make([]float32, len(rs)+len(states)), make([]State, len(rs)+len(states))
	for _, s := range states {
		m.StepAll(s, rs, logP, next)
		for i, r := range rs {
			if p, then := m.Step(s, r); p != logP[i] || then != next[i] {
				t.Errorf("%q after %v: %v and %v, want %v and %v", r, s, logP[i], next[i], p, then)
			}
		}
	}
	for _, r := range rs {
		m.StepEach(states, r, logP, next)
		for i, s := range states {
			if p, then := m.Step(s, r); p != logP[i] || then != next[i] {
				t.Errorf("%q after each, %v: %v and %v, want %v and %v", r, s, logP[i], next[i], p, then)
			}
		}
	}
}

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
	logP, next := make([]float32, 20), make([]State, 20)
	for _, c := range []struct {
		name string
		all  func(s State, rs []rune)
		each func(ss []State, r rune)
	}{
		{"alone", func(s State, rs []rune) {
			for i, r := range rs {
				logP[i], next[i] = m.Step(s, r)
			}
		}, func(ss []State, r rune) {
			for i, s := range ss {
				logP[i], next[i] = m.Step(s, r)
			}
		}},
		{
			"together", func(s State, rs []rune) { m.StepAll(s, rs, logP, next) },
			func(ss []State, r rune) { m.StepEach(ss, r, logP, next) },
		},
	} {
		b.Run(c.name, func(b *testing.B) {
			i, steps := 0, 0
			for b.Loop() {
				d := &all[i%len(all)]
				c.all(d.s, d.options)
				for _, r := range d.after {
					c.each(next[:len(d.options)], r)
				}
				i++
				steps += 4 * len(d.options)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(steps), "ns/step")
		})
	}
}
