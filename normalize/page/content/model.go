package content

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"slices"
	"sync"

	"github.com/clipmend/clipmend/normalize/page/boost"
)

// Model weighs blocks: class words, a first look, a second look.
type Model struct {
	words         []uint32 // sorted
	weights       []int8   // in sixteenths
	first, second *boost.Model
}

//go:embed model.bin
var embedded []byte

// trained is the embedded model, which a test proves to be sound.
var trained = sync.OnceValue(func() *Model {
	m, err := DecodeModel(embedded)
	if err != nil {
		panic(err)
	}
	return m
})

// AppendBinary appends the model's encoding.
func (m *Model) AppendBinary(b []byte) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(len(m.words)))
	for i, w := range m.words {
		b = append(binary.LittleEndian.AppendUint32(b, w), byte(m.weights[i]))
	}
	return m.second.AppendBinary(m.first.AppendBinary(b))
}

// DecodeModel reads a model that AppendBinary wrote.
func DecodeModel(b []byte) (*Model, error) {
	if len(b) < 4 {
		return nil, boost.ErrCorrupt
	}
	n := int(binary.LittleEndian.Uint32(b))
	if b = b[4:]; n > len(b)/5 {
		return nil, boost.ErrCorrupt
	}
	m := &Model{words: make([]uint32, n), weights: make([]int8, n)}
	for i := range n {
		m.words[i], m.weights[i] = binary.LittleEndian.Uint32(b), int8(b[4])
		b = b[5:]
	}
	var err error
	if m.first, b, err = boost.Decode(b, width); err != nil {
		return nil, fmt.Errorf("content: first model: %w", err)
	}
	if m.second, _, err = boost.Decode(b, width+contextWidth); err != nil {
		return nil, fmt.Errorf("content: second model: %w", err)
	}
	return m, nil
}

func (m *Model) weight(word uint32) float32 {
	if i, ok := slices.BinarySearch(m.words, word); ok {
		return float32(m.weights[i]) / 16
	}
	return 0
}

// Rows have as many features as this.
const (
	width        = 140
	contextWidth = 10 + levels + 2
)

// Weigh gives each block the probability that it is main content.
func (x *Index) Weigh(m *Model) []float32 {
	rows := x.features(m.weight)
	p := make([]float32, len(rows))
	for i, r := range rows {
		p[i] = m.first.Score(r)
	}
	for i, r := range x.context(rows, p) {
		p[i] = m.second.Score(r)
	}
	return p
}
