package plausible

import (
	"cmp"
	"math/bits"
	"slices"
	"sync"
	"unicode"
)

// mix adds a character to the hash of those before it.
func mix(h uint64, r rune) uint64 {
	h = (h ^ uint64(r)<<24 ^ 0x9E37_79B9_7F4A_7C15) * 0xD6E8_FEB8_6659_FD93
	return h ^ h>>32
}

// wordHash is that of a word, whatever its case.
func wordHash(w []rune) uint64 {
	h, near := uint64(len(w))<<40, smallLetters()
	for _, r := range w {
		switch {
		case uint32(r) < firstCaseless:
			r = rune(near[r])
		case r >= endCaseless || r < 0:
			r = unicode.ToLower(r)
		}
		h = mix(h, r)
	}
	return h
}

// Between these no letter has a case: Semitic, Indic and other scripts.
const (
	firstCaseless = 0x590
	endCaseless   = 0x10A0
)

// smallLetters has the small letter of each character before firstCaseless.
var smallLetters = sync.OnceValue(func() *[firstCaseless]uint16 {
	small := new([firstCaseless]uint16)
	for r := range small {
		small[r] = uint16(unicode.ToLower(rune(r)))
	}
	return small
})

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

// A lexicon holds words by their numbers.
type lexicon struct {
	*numbers
	scale uint64 // of hashes
}

// lexicon reads what words are packed in.
func (u *unpacker) lexicon() lexicon {
	scale := uint64(u.uint32())
	return lexicon{u.numbers(chunkingOf(scale)), scale}
}
