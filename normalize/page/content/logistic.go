package content

import (
	"encoding/binary"
	"math"

	"github.com/clipmend/clipmend/normalize/page/boost"
)

// logistic tells kinds of pages apart: weighted sums of features that were
// brought to one scale.
type logistic struct {
	mean, scale []float32
	weights     [][]float32 // for each kind, of each feature, then the bias
}

// farthest bounds how far from its mean a feature counts.
const farthest = 4

func (l *logistic) level(r row) []float32 {
	z := make([]float32, len(r)+1)
	for j, v := range r {
		z[j] = min(max((v-l.mean[j])*l.scale[j], -farthest), farthest)
	}
	z[len(r)] = 1
	return z
}

// likely is how likely a page is of each kind.
func (l *logistic) likely(r row) []float32 { return l.softmax(l.level(r)) }

func (l *logistic) softmax(z []float32) []float32 {
	p := make([]float32, len(l.weights))
	var most, sum float32
	for k, w := range l.weights {
		for j, v := range z {
			p[k] += w[j] * v
		}
		most = max(most, p[k])
	}
	for k := range p {
		p[k] = float32(math.Exp(float64(p[k] - most)))
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
	return p
}

func (l *logistic) appendBinary(b []byte) []byte {
	list := [][]float32{l.mean, l.scale}
	for _, values := range append(list, l.weights...) {
		for _, v := range values {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
	}
	return b
}

func decodeLogistic(b []byte) (logistic, []byte, error) {
	var l logistic
	if len(b) < 4*(2*pageWidth+len(Kinds)*(pageWidth+1)) {
		return l, nil, boost.ErrCorrupt
	}
	take := func(n int) []float32 {
		values := make([]float32, n)
		for i := range values {
			values[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		}
		b = b[4*n:]
		return values
	}
	l.mean, l.scale = take(pageWidth), take(pageWidth)
	for range Kinds {
		l.weights = append(l.weights, take(pageWidth+1))
	}
	return l, b, nil
}

// Settings of the descent that fits a logistic model.
const (
	descents = 400
	stride   = 0.5
	decay    = 0.02 // keeps weights small
)

// fitLogistic fits a model to pages and their kinds.
func fitLogistic(rows []row, kinds []int) logistic {
	l := logistic{mean: make([]float32, pageWidth), scale: make([]float32, pageWidth), weights: make([][]float32, len(Kinds))}
	for j := range pageWidth {
		var sum, squares float64
		for _, r := range rows {
			sum += float64(r[j])
			squares += float64(r[j]) * float64(r[j])
		}
		mean := sum / float64(len(rows))
		l.mean[j] = float32(mean)
		l.scale[j] = float32(1 / math.Sqrt(max(squares/float64(len(rows))-mean*mean, 0)+1e-3))
	}
	levels := make([][]float32, len(rows))
	for i, r := range rows {
		levels[i] = l.level(r)
	}
	for k := range l.weights {
		l.weights[k] = make([]float32, pageWidth+1)
	}
	for range descents {
		l.descend(levels, kinds)
	}
	return l
}

func (l *logistic) descend(levels [][]float32, kinds []int) {
	steps := make([][]float32, len(l.weights))
	for k := range steps {
		steps[k] = make([]float32, pageWidth+1)
	}
	for i, z := range levels {
		for k, p := range l.softmax(z) {
			if k == kinds[i] {
				p--
			}
			for j, v := range z {
				steps[k][j] += p * v
			}
		}
	}
	for k, w := range l.weights {
		for j := range w {
			w[j] -= stride * (steps[k][j]/float32(len(levels)) + decay*w[j])
		}
	}
}
