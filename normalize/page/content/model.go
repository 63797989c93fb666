package content

import (
	_ "embed"
	"fmt"
	"sync"

	"github.com/clipmend/clipmend/normalize/page/boost"
)

// Model weighs blocks: words of classes, of short texts and of headings, the
// kind of page, a first look, a second look.
type Model struct {
	class, text, head lexicon
	kinds             logistic
	first, second     *boost.Model
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
	for _, l := range []*lexicon{&m.class, &m.text, &m.head} {
		b = l.appendBinary(b)
	}
	b = m.kinds.appendBinary(b)
	return m.second.AppendBinary(m.first.AppendBinary(b))
}

// DecodeModel reads a model that AppendBinary wrote.
func DecodeModel(b []byte) (*Model, error) {
	m := &Model{}
	var err error
	for _, l := range []*lexicon{&m.class, &m.text, &m.head} {
		if *l, b, err = decodeLexicon(b); err != nil {
			return nil, fmt.Errorf("content: words: %w", err)
		}
	}
	if m.kinds, b, err = decodeLogistic(b); err != nil {
		return nil, fmt.Errorf("content: kinds: %w", err)
	}
	if m.first, b, err = boost.Decode(b, width); err != nil {
		return nil, fmt.Errorf("content: first model: %w", err)
	}
	if m.second, _, err = boost.Decode(b, width+contextWidth); err != nil {
		return nil, fmt.Errorf("content: second model: %w", err)
	}
	return m, nil
}

// Weigh gives each block the probability that it is main content. Blocks are
// described twice, since their rows would take more memory than all else.
func (x *Index) Weigh(m *Model) []float32 {
	s := x.scene(m)
	first, second := make([]float32, len(x.Blocks)), make([]float32, len(x.Blocks))
	s.rows(func(i int, r *row) { first[i] = m.first.Score(*r) })
	s.second(first, func(i int, r *row) { second[i] = m.second.Score(*r) })
	return second
}
