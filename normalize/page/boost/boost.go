// Package boost is gradient boosting with symmetric trees: every level of a
// tree asks one question of all rows, so that a tree is a few comparisons and
// a table lookup.
package boost

import (
	"encoding/binary"
	"errors"
	"math"
)

// Depth is how many questions a tree asks.
const Depth = 5

// Tree asks whether features are above cuts and looks up the answers.
type Tree struct {
	Feature [Depth]uint16
	Cut     [Depth]float32
	Leaf    [1 << Depth]float32
}

// Model is a sum of trees: the log-odds that a row is positive.
type Model struct {
	Bias  float32
	Trees []Tree
}

// Score is the probability that a row is positive.
func (m *Model) Score(row []float32) float32 {
	sum := m.Bias
	for i := range m.Trees {
		t := &m.Trees[i]
		leaf := 0
		for d := range Depth {
			// The sign of the difference is the answer: branches that a
			// processor cannot foresee would take most of the time.
			below := t.Cut[d] - row[t.Feature[d]]
			leaf |= int(math.Float32bits(below)>>31) << d
		}
		sum += t.Leaf[leaf&(1<<Depth-1)]
	}
	return float32(1 / (1 + math.Exp(-float64(sum))))
}

// ErrCorrupt says that bytes are not an encoded model.
var ErrCorrupt = errors.New("boost: corrupt model")

// leafUnit is the step in which leaves are stored.
const leafUnit = 1.0 / 4096

// AppendBinary appends the model's encoding: little endian, leaves in steps
// of 1/4096.
func (m *Model) AppendBinary(b []byte) []byte {
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(m.Bias))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(m.Trees)))
	for i := range m.Trees {
		t := &m.Trees[i]
		for d := range Depth {
			b = binary.LittleEndian.AppendUint16(b, t.Feature[d])
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(t.Cut[d]))
		}
		for _, v := range t.Leaf {
			b = binary.LittleEndian.AppendUint16(b, uint16(int16(math.Round(float64(v)/leafUnit))))
		}
	}
	return b
}

const treeSize = Depth*6 + (1<<Depth)*2

// Decode reads a model whose rows have width features and returns what
// follows it.
func Decode(b []byte, width int) (*Model, []byte, error) {
	if len(b) < 8 {
		return nil, nil, ErrCorrupt
	}
	m := &Model{Bias: math.Float32frombits(binary.LittleEndian.Uint32(b))}
	n := int(binary.LittleEndian.Uint32(b[4:]))
	if b = b[8:]; n > len(b)/treeSize {
		return nil, nil, ErrCorrupt
	}
	m.Trees = make([]Tree, n)
	for i := range m.Trees {
		t := &m.Trees[i]
		for d := range Depth {
			t.Feature[d] = binary.LittleEndian.Uint16(b)
			t.Cut[d] = math.Float32frombits(binary.LittleEndian.Uint32(b[2:]))
			if int(t.Feature[d]) >= width {
				return nil, nil, ErrCorrupt
			}
			b = b[6:]
		}
		for k := range t.Leaf {
			t.Leaf[k] = float32(int16(binary.LittleEndian.Uint16(b))) * leafUnit
			b = b[2:]
		}
	}
	return m, b, nil
}
