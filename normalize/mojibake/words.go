package mojibake

import (
	"math"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A lexicon knows words by heart. Scorers may have one.
type lexicon interface {
	Word(w []rune) (logP float32, ok bool)
}

// words returns what the word around the place speaks for each reading.
func (u *undoer) words(all []alternative, at int) []float32 {
	out := append(u.worth[:0], make([]float32, len(all))...)
	u.worth = out
	lex, ok := u.f.m.(lexicon)
	if !ok || !spelling(all[0].r) {
		return out
	}
	a := &u.answer
	from, to := at, at+1
	for from > 0 && at-from < maxWord && spelling(a.runes[from-1]) {
		from--
	}
	for to < len(a.runes) && to-at < maxWord && spelling(a.runes[to]) {
		to++
	}
	word := append(u.word[:0], a.runes[from:to]...)
	if to == len(a.runes) {
		word = appendLetters(word, a.after)
	}
	u.word = word
	unknown := float32(math.Inf(-1))
	most := unknown
	for i := range all {
		out[i] = unknown
		if !spelling(all[i].r) {
			continue
		}
		word[at-from] = all[i].r
		if w, known := lex.Word(word); known {
			out[i] = w
			most = max(most, w)
		}
	}
	for i := range out {
		if out[i] > unknown {
			out[i] = worthWord + worthShare*(out[i]-most)
		} else {
			out[i] = 0
		}
	}
	return out
}

func appendLetters(word []rune, text []byte) []rune {
	for n := 0; n < maxWord && len(text) > 0; n++ {
		r, size := utf8.DecodeRune(text)
		if !spelling(r) {
			break
		}
		word = append(word, r)
		text = text[size:]
	}
	return word
}

// spelling reports whether words are spelled with r.
func spelling(r rune) bool {
	if r >= 0 && r < maxSpelling {
		return letters()[r/64]>>(r%64)&1 != 0
	}
	return unicode.In(r, unicode.L, unicode.M) && !unicode.Is(unicode.Han, r)
}

const maxSpelling = 0x10000

// letters has a bit for each character below maxSpelling with which words are
// spelled.
var letters = sync.OnceValue(func() *[maxSpelling / 64]uint64 {
	bits := new([maxSpelling / 64]uint64)
	for _, table := range []*unicode.RangeTable{unicode.L, unicode.M} {
		for _, x := range table.R16 {
			for r := uint32(x.Lo); r <= uint32(x.Hi); r += uint32(x.Stride) {
				bits[r/64] |= 1 << (r % 64)
			}
		}
	}
	for _, table := range []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Khmer} {
		for _, x := range table.R16 {
			for r := uint32(x.Lo); r <= uint32(x.Hi); r += uint32(x.Stride) {
				bits[r/64] &^= 1 << (r % 64)
			}
		}
	}
	return bits
})
