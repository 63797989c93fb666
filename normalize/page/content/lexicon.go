package content

import (
	"encoding/binary"
	"slices"

	"github.com/clipmend/clipmend/normalize/page/boost"
)

// lexicon holds how much words, known by their hashes, speak for content.
type lexicon struct {
	words   []uint32 // sorted
	weights []int8   // in sixteenths
}

// weight is a word's weight, 0 for one that is not known.
func (l *lexicon) weight(word uint32) float32 {
	if i, ok := slices.BinarySearch(l.words, word); ok {
		return float32(l.weights[i]) / 16
	}
	return 0
}

// tone is the mean, the least and the greatest weight of words.
func (l *lexicon) tone(words []uint32) (mean, least, most float32) {
	for _, w := range words {
		v := l.weight(w)
		mean += v
		least, most = min(least, v), max(most, v)
	}
	return mean / float32(len(words)+1), least, most
}

func (l *lexicon) appendBinary(b []byte) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(len(l.words)))
	for i, w := range l.words {
		b = append(binary.LittleEndian.AppendUint32(b, w), byte(l.weights[i]))
	}
	return b
}

// decodeLexicon reads a lexicon and returns what follows it.
func decodeLexicon(b []byte) (lexicon, []byte, error) {
	if len(b) < 4 {
		return lexicon{}, nil, boost.ErrCorrupt
	}
	n := int(binary.LittleEndian.Uint32(b))
	if b = b[4:]; n > len(b)/5 {
		return lexicon{}, nil, boost.ErrCorrupt
	}
	l := lexicon{words: make([]uint32, n), weights: make([]int8, n)}
	for i := range n {
		l.words[i], l.weights[i] = binary.LittleEndian.Uint32(b), int8(b[4])
		b = b[5:]
	}
	return l, b, nil
}
