package boost

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// Rows are what a model is fitted to: for each row its features, how
// positive it is (0 to 1) and how much it counts.
type Rows struct {
	X         [][]float32
	Y, Weight []float32
}

// Settings of a fit.
type Settings struct {
	Trees int
	Rate  float64 // how much of each tree's advice is taken
	Seed  uint64
}

const bins = 32

// Fit fits a model. The same rows and settings give the same model.
func Fit(r Rows, s Settings) *Model {
	f := &fitter{Rows: r, width: len(r.X[0]), rng: rand.New(rand.NewPCG(s.Seed, 1))}
	f.quantize()
	m := &Model{Bias: f.bias()}
	f.logit = slices.Repeat([]float32{m.Bias}, len(r.X))
	f.grad, f.hess = make([]float32, len(r.X)), make([]float32, len(r.X))
	for range s.Trees {
		m.Trees = append(m.Trees, f.tree(s.Rate))
	}
	return m
}

type fitter struct {
	Rows
	width      int
	rng        *rand.Rand
	cuts       [][]float32
	binned     [][]uint8 // by feature, then row
	logit      []float32
	grad, hess []float32
	leaf       []uint8
	sample     []int32
}

func (f *fitter) bias() float32 {
	var pos, all float64
	for i, w := range f.Weight {
		pos += float64(w * f.Y[i])
		all += float64(w)
	}
	p := min(max(pos/all, 1e-6), 1-1e-6)
	return float32(math.Log(p / (1 - p)))
}

// quantize puts each feature into bins of about as many rows.
func (f *fitter) quantize() {
	n := len(f.X)
	f.cuts, f.binned = make([][]float32, f.width), make([][]uint8, f.width)
	values := make([]float32, 0, n/7+1)
	for j := range f.width {
		values = values[:0]
		for i := 0; i < n; i += 7 {
			values = append(values, f.X[i][j])
		}
		slices.Sort(values)
		var cuts []float32
		for k := 1; k < bins; k++ {
			if v := values[k*(len(values)-1)/bins]; len(cuts) == 0 || v > cuts[len(cuts)-1] {
				cuts = append(cuts, v)
			}
		}
		f.cuts[j], f.binned[j] = cuts, make([]uint8, n)
		for i := range n {
			b, _ := slices.BinarySearch(cuts, f.X[i][j])
			f.binned[j][i] = uint8(b)
		}
	}
}

// tree grows one tree on half of the rows and a third of the features.
func (f *fitter) tree(rate float64) Tree {
	f.draw()
	features := f.rng.Perm(f.width)[:max(1, f.width/3)]
	sums := make([]histogram, len(features))
	found := make([]answer, len(features))
	f.leaf = make([]uint8, len(f.X))
	rows, right := f.sample, true
	var t Tree
	for d := range Depth {
		parallel(len(features), func(k int) {
			if d > 0 {
				sums[k].split(d-1, right)
			}
			f.sum(&sums[k], features[k], rows)
			if d > 0 {
				sums[k].rest(d-1, right)
			}
			found[k] = sums[k].best(len(f.cuts[features[k]]), d)
		})
		best := 0
		for k := range found {
			if found[k].gain > found[best].gain {
				best = k
			}
		}
		j, bin := features[best], found[best].bin
		t.Feature[d], t.Cut[d] = uint16(j), float32(math.Inf(1))
		if bin < len(f.cuts[j]) {
			t.Cut[d] = f.cuts[j][bin]
		}
		for i, b := range f.binned[j] {
			if int(b) > bin {
				f.leaf[i] |= 1 << d
			}
		}
		rows, right = f.smaller(d)
	}
	f.answer(&t, rate)
	return t
}

// draw draws half of the rows and says where they are wrong and how much.
func (f *fitter) draw() {
	f.sample = f.sample[:0]
	for i := range f.X {
		p := 1 / (1 + math.Exp(-float64(f.logit[i])))
		f.grad[i] = float32(float64(f.Weight[i]) * (float64(f.Y[i]) - p))
		f.hess[i] = float32(float64(f.Weight[i]) * max(p*(1-p), 1e-4))
		if f.rng.IntN(2) == 0 {
			f.sample = append(f.sample, int32(i))
		}
	}
}

// smaller is the side of the last question that fewer sampled rows fell on:
// only that is summed up anew, the other is what remains.
func (f *fitter) smaller(d int) (rows []int32, right bool) {
	var sides [2][]int32
	for _, i := range f.sample {
		s := f.leaf[i] >> d & 1
		sides[s] = append(sides[s], i)
	}
	if len(sides[1]) < len(sides[0]) {
		return sides[1], true
	}
	return sides[0], false
}

func (f *fitter) sum(h *histogram, j int, rows []int32) {
	col := f.binned[j]
	for _, i := range rows {
		s := &h[f.leaf[i]][col[i]]
		s[0] += f.grad[i]
		s[1] += f.hess[i]
	}
}

// histogram holds, for each leaf and bin of a feature, the sums of gradients
// and of their slopes.
type histogram [1 << Depth][bins][2]float32

// split makes room for the side of question d that is summed up anew and
// moves the sums of both to the other side.
func (h *histogram) split(d int, right bool) {
	for l := range 1 << d {
		if !right {
			h[l|1<<d] = h[l]
			h[l] = [bins][2]float32{}
		}
	}
}

// rest takes the side that was summed up from the sums of both.
func (h *histogram) rest(d int, right bool) {
	for l := range 1 << d {
		part, both := &h[l|1<<d], &h[l]
		if !right {
			part, both = both, part
		}
		for b := range both {
			both[b][0] -= part[b][0]
			both[b][1] -= part[b][1]
		}
	}
}

// answer is the best cut of a feature and what it gains.
type answer struct {
	gain float64
	bin  int
}

// shrink steadies leaves that few rows reach.
const shrink = 8

// best finds the cut of a level that gains most.
func (h *histogram) best(cuts, d int) answer {
	found := answer{gain: -1}
	var left, all [1 << Depth][2]float64
	for l := range 1 << d {
		for b := range bins {
			all[l][0] += float64(h[l][b][0])
			all[l][1] += max(0, float64(h[l][b][1]))
		}
	}
	for b := range cuts {
		var g float64
		for l := range 1 << d {
			left[l][0] += float64(h[l][b][0])
			left[l][1] += max(0, float64(h[l][b][1]))
			r0, r1 := all[l][0]-left[l][0], all[l][1]-left[l][1]
			g += left[l][0]*left[l][0]/(left[l][1]+shrink) + r0*r0/(r1+shrink)
		}
		if g > found.gain {
			found = answer{g, b}
		}
	}
	return found
}

// parallel calls f with 0 to n-1 on all processors.
func parallel(n int, f func(int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for k := int(next.Add(1)) - 1; k < n; k = int(next.Add(1)) - 1 {
				f(k)
			}
		})
	}
	wg.Wait()
}

// answer sets the leaves and takes the tree into the rows' log-odds.
func (f *fitter) answer(t *Tree, rate float64) {
	var g, h [1 << Depth]float64
	for _, i := range f.sample {
		g[f.leaf[i]] += float64(f.grad[i])
		h[f.leaf[i]] += float64(f.hess[i])
	}
	for l := range t.Leaf {
		v := min(max(rate*g[l]/(h[l]+shrink), -4), 4)
		t.Leaf[l] = float32(math.Round(v/leafUnit)) * leafUnit
	}
	for i := range f.logit {
		f.logit[i] += t.Leaf[f.leaf[i]]
	}
}
