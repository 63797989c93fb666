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

// rooms are for the rows of pages, which take much memory for a short time.
var rooms = sync.Pool{New: func() any { return new([]float32) }}

// maxRoom is the largest room that is kept for the next page.
const maxRoom = 1 << 21

// Weigh gives each block the probability that it is main content.
func (x *Index) Weigh(m *Model) []float32 {
	room := rooms.Get().(*[]float32)
	if need := x.roomNeeded(); len(*room) < need {
		*room = make([]float32, need+need/4)
	}
	rows := x.features(m, *room)
	p := make([]float32, len(rows))
	for i, r := range rows {
		p[i] = m.first.Score(r)
	}
	for i, r := range x.context(rows, p) {
		p[i] = m.second.Score(r)
	}
	if len(*room) <= maxRoom {
		rooms.Put(room)
	}
	return p
}
