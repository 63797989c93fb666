package plausible

import (
	"cmp"
	"math/bits"
	"slices"
	"sync"
	"sync/atomic"
	"unicode"
)

// mix adds a character to the hash of those before it.
func mix(h uint64, r rune) uint64 {
	h = (h ^ uint64(r)<<24 ^ 0x9E37_79B9_7F4A_7C15) * 0xD6E8_FEB8_6659_FD93
	return h ^ h>>32
}

// wordHash is that of a word, whatever its case.
func wordHash(w []rune) uint64 {
	h := uint64(len(w)) << 40
	for _, r := range w {
		h = mix(h, unicode.ToLower(r))
	}
	return h
}

// wordBits tell words that the model keeps from others, of which one in so many
// powers of two is taken for one.
const wordBits = 10

// wordNumber scales the hash of a word.
func wordNumber(w []rune, words uint64) uint64 {
	high, _ := bits.Mul64(wordHash(w), words)
	return high
}

func wordNumbers(all []Word, words uint64) (out []numbered) {
	for _, w := range all {
		out = append(out, numbered{wordNumber([]rune(w.Text), words), sixteenths(-w.LogP)})
	}
	slices.SortStableFunc(out, func(x, y numbered) int { return cmp.Compare(x.symbol, y.symbol) })
	return out
}

// wordChunks is the number of chunks that words are in.
const wordChunks = 256

// A lexicon holds words by their numbers, each chunk from when it is first asked.
type lexicon struct {
	*numbers
	mu     sync.Mutex
	tables [wordChunks]atomic.Pointer[table]
}

// lexicon reads what words are packed in.
func (u *unpacker) lexicon() *lexicon {
	x := &lexicon{numbers: u.numbers(chunking{wordChunks, uint64(u.uint32())})}
	if !u.done() {
		x.chunks = nil
	}
	return x
}

// find returns the symbol of a number below the scale.
func (x *lexicon) find(number uint64) (symbol uint8, ok bool) {
	chunk := x.of(number)
	t := x.tables[chunk].Load()
	if t == nil {
		if t = x.unpacked(chunk); t == nil {
			panic(errAsset)
		}
	}
	return t.find(number)
}

// unpacked returns the table of a chunk, nil if it makes no sense.
func (x *lexicon) unpacked(chunk int) *table {
	x.mu.Lock()
	defer x.mu.Unlock()
	if t := x.tables[chunk].Load(); t != nil {
		return t
	}
	t := x.table(chunk, func(number uint64) uint64 { return number })
	x.tables[chunk].Store(t)
	return t
}

// sound unpacks all words and reports whether they make sense.
func (x *lexicon) sound() bool {
	for chunk := range x.chunks {
		if x.unpacked(chunk) == nil {
			return false
		}
	}
	return x.chunks != nil
}
