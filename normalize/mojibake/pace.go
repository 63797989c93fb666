package mojibake

import (
	"slices"
	"unicode"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// A pace is how likely a text is so far, and how likely it is in small letters:
// capitals are rarer than what they say.
type pace struct {
	plain, small float32
	s, t         plausible.State // of the one and of the other
	apart        bool            // a capital came
}

func (p *pace) step(m scorer, r rune) {
	w, next := m.Step(p.s, r)
	small := unicode.ToLower(r)
	if !p.apart && small == r {
		p.plain, p.small = p.plain+w, p.small+w
		p.s, p.t = next, next
		return
	}
	v, then := m.Step(p.t, small)
	p.plain, p.small = p.plain+w, p.small+v
	p.s, p.t, p.apart = next, then, true
}

// nats is the likelier of both.
func (p *pace) nats() float32 { return max(p.plain, p.small) }

// A measure of a window is what its readings are compared with.
type measure struct {
	best  float32   // nats of the window, in small letters if it is likelier so
	first int       // the place of the first character outside ASCII
	start pace      // up to there
	par   []float32 // nats that a reading must have at each place
	stake float32   // nats that other characters outside ASCII could save
}

// stakeReach is the number of characters behind one that are likelier or less
// likely with another in its place, which may take a byte of the next.
const stakeReach = 4

// settle reads all of the window; few says that its stake matters.
func (w *oddWindow) settle(m scorer, few bool) {
	w.last = &unread{}
	w.best = w.kept(m)
	sums := w.sums
	free := w.free(sums)
	if slices.ContainsFunc(w.runes, unicode.IsUpper) {
		shaped := cased(string(w.runes))
		if shaped || few {
			small := w.inSmall(m)
			free = max(free, w.free(small))
			if sum := small[len(w.runes)]; shaped && sum > w.best {
				w.best, sums = sum, small
			}
		}
	}
	w.stake = free - w.best
	w.first = slices.IndexFunc(w.runes, outside)
	for _, r := range w.runes[:w.first] {
		w.start.step(m, r)
	}
	w.par = make([]float32, len(sums))
	odd := 0
	for i, r := range w.runes {
		if outside(r) {
			odd++
		}
		w.par[i+1] = sums[i+1] + transcodePerOdd*float32(odd)
	}
}

// free returns the nats of what another reading does not touch.
func (w *oddWindow) free(sums []float32) (sum float32) {
	touched := 0
	for i, r := range w.runes {
		if outside(r) {
			touched = stakeReach + 1
		}
		if touched--; touched < 0 {
			sum += sums[i+1] - sums[i]
		}
	}
	return sum
}

// inSmall returns the sums of the window in small letters.
func (w *oddWindow) inSmall(m scorer) []float32 {
	small := oddWindow{runes: make([]rune, len(w.runes)), sums: []float32{0}}
	for i, r := range w.runes {
		small.runes[i] = unicode.ToLower(r)
	}
	small.kept(m)
	return small.sums
}
