package charset

import (
	"sync/atomic"
	"unicode/utf8"

	"golang.org/x/text/encoding"
)

// A pairTable reads an encoding of several bytes a character. What two bytes
// stand for is asked of the decoder once.
type pairTable struct {
	enc   encoding.Encoding
	name  string
	known [128 * 256]atomic.Uint32 // the character, how many bytes it has, and a bit for known
}

const (
	pairKnown = 1 << 31
	pairTwo   = 1 << 30
)

// next reads one character of b, which is not empty. What cannot be read is
// U+FFFD.
func (t *pairTable) next(b []byte) (r rune, size int) {
	switch {
	case b[0] < utf8.RuneSelf:
		return rune(b[0]), 1
	case len(b) == 1:
		return t.read(b[:1])
	case t.name == "gb18030" && b[1] >= '0' && b[1] <= '9':
		return t.read(b[:min(len(b), 4)])
	case t.name == "euc-jp" && b[0] == 0x8F:
		return t.read(b[:min(len(b), 3)])
	}
	slot := &t.known[int(b[0]-utf8.RuneSelf)<<8|int(b[1])]
	v := slot.Load()
	if v == 0 {
		r, size := t.read(b[:2])
		v = pairKnown | uint32(r)
		if size == 2 {
			v |= pairTwo
		}
		slot.Store(v)
	}
	if v&pairTwo != 0 {
		return rune(v & (pairTwo - 1)), 2
	}
	return rune(v & (pairTwo - 1)), 1
}

// read asks the decoder for the first character of b, and whether that takes all
// of b or one byte.
func (t *pairTable) read(b []byte) (r rune, size int) {
	if r, n := utf8.DecodeRune(decode(b[:1], t.enc)); r != utf8.RuneError && n > 0 {
		return r, 1
	}
	text := decode(b, t.enc)
	r, n := utf8.DecodeRune(text)
	if r == utf8.RuneError && n < len(text) {
		return r, 1 // the rest is read again
	}
	return r, len(b)
}

// pairScores remembers what the model says of a character after another.
type pairScores [1 << 17]atomic.Uint64

const (
	runeBits  = 21
	scoreBits = 64 - 2*runeBits
	scoreUnit = 1 << 12 // of a nat
)

// score is model().Pair, rounded.
func (p *pairScores) score(last, r rune) float64 {
	key := uint64(last)<<runeBits | uint64(r)
	slot := &p[(key*0x9E3779B97F4A7C15)>>47]
	v := slot.Load()
	if v>>scoreBits != key || v == 0 {
		nats := -float64(model().Pair(last, r))
		v = key<<scoreBits | min(uint64(max(nats, 0)*scoreUnit), 1<<scoreBits-1)
		slot.Store(v)
	}
	return -float64(v&(1<<scoreBits-1)) / scoreUnit
}

var pairsSeen pairScores
