package boost

import (
	"math"
	"math/rand/v2"
	"slices"
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
	f.sample = f.sample[:0]
	for i := range f.X {
		p := 1 / (1 + math.Exp(-float64(f.logit[i])))
		f.grad[i] = float32(float64(f.Weight[i]) * (float64(f.Y[i]) - p))
		f.hess[i] = float32(float64(f.Weight[i]) * max(p*(1-p), 1e-4))
		if f.rng.IntN(2) == 0 {
			f.sample = append(f.sample, int32(i))
		}
	}
	f.leaf = make([]uint8, len(f.X))
	features := f.rng.Perm(f.width)[:max(1, f.width/3)]
	var t Tree
	for d := range Depth {
		bestGain, bestFeature, bestBin := -1.0, features[0], 0
		for _, j := range features {
			if gain, bin := f.question(j, d); gain > bestGain {
				bestGain, bestFeature, bestBin = gain, j, bin
			}
		}
		t.Feature[d] = uint16(bestFeature)
		t.Cut[d] = float32(math.Inf(1))
		if bestBin < len(f.cuts[bestFeature]) {
			t.Cut[d] = f.cuts[bestFeature][bestBin]
		}
		col := f.binned[bestFeature]
		for i := range f.leaf {
			if int(col[i]) > bestBin {
				f.leaf[i] |= 1 << d
			}
		}
	}
	f.answer(&t, rate)
	return t
}

// shrink steadies leaves that few rows reach.
const shrink = 8

// question is the gain of the best cut of a feature at a level.
func (f *fitter) question(j, d int) (gain float64, bin int) {
	var sums [1 << Depth][bins][2]float32
	col := f.binned[j]
	for _, i := range f.sample {
		s := &sums[f.leaf[i]][col[i]]
		s[0] += f.grad[i]
		s[1] += f.hess[i]
	}
	gain = -1
	var left [1 << Depth][2]float64
	var all [1 << Depth][2]float64
	for l := range 1 << d {
		for b := range bins {
			all[l][0] += float64(sums[l][b][0])
			all[l][1] += float64(sums[l][b][1])
		}
	}
	for b := range len(f.cuts[j]) {
		var g float64
		for l := range 1 << d {
			left[l][0] += float64(sums[l][b][0])
			left[l][1] += float64(sums[l][b][1])
			r0, r1 := all[l][0]-left[l][0], all[l][1]-left[l][1]
			g += left[l][0]*left[l][0]/(left[l][1]+shrink) + r0*r0/(r1+shrink)
		}
		if g > gain {
			gain, bin = g, b
		}
	}
	return gain, bin
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
