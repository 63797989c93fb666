package mojibake

import (
	"bytes"
	"math/bits"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"golang.org/x/text/encoding"
)

// pairs converts text to and from an encoding that gives most characters two
// bytes, but for characters that it would not give back. It asks the codec for each
// of them but once.
type pairs struct {
	codec  encoding.Encoding
	gb     bool      // GB 18030 or GBK, whose private characters the codec does not know
	jp     bool      // EUC-JP
	sjis   bool      // Shift_JIS, whose undefined bytes the codec does not know
	single [128]rune // of a byte from 0x80 on that is a character by itself; 0 for none
	codes  [0x10000]atomic.Uint32
	runes  [0x10000]atomic.Uint32

	refused [256]atomic.Pointer[highBytes] // before each byte, if it was asked
}

// noCode says in codes and runes that there is none; 0 is what was not asked yet.
const noCode = 0xFFFFFFFF

func newPairs(m multibyte) *pairs {
	p := &pairs{codec: m.codec, gb: strings.HasPrefix(m.name, "gb"), jp: m.name == "euc-jp", sjis: m.name == "shift_jis"}
	for b := range p.single {
		if r := p.askBytes([]byte{0x80 | byte(b)}); r != noCode {
			p.single[b] = rune(r)
		}
	}
	return p
}

// size returns the length of a character that begins with a and b.
func (p *pairs) size(a, b byte) int {
	switch {
	case p.gb && b >= '0' && b <= '9':
		return 4
	case p.jp && a == 0x8F:
		return 3
	}
	return 2
}

// encode appends to out the bytes of text, which must all be characters of the
// encoding.
func (p *pairs) encode(out []byte, text []rune) ([]byte, bool) {
	for _, r := range text {
		if r >= 0 && r < 0x80 {
			out = append(out, byte(r))
			continue
		}
		code := p.code(r)
		if code == noCode {
			return out, false
		}
		for shift := 24; shift >= 0; shift -= 8 {
			if code >= 1<<shift {
				out = append(out, byte(code>>shift))
			}
		}
	}
	return out, true
}

// length returns the number of bytes of r.
func (p *pairs) length(r rune) int {
	if r < 0x80 {
		return 1
	}
	return (bits.Len32(p.code(r)) + 7) / 8
}

// code returns the bytes of r as a number, or noCode.
func (p *pairs) code(r rune) uint32 {
	if r < 0 {
		return noCode
	}
	if r >= 0x10000 {
		return p.ask(r)
	}
	code := p.codes[r].Load()
	if code == 0 {
		code = p.ask(r)
		p.codes[r].Store(code)
	}
	return code
}

// ask returns what the codec says of r.
func (p *pairs) ask(r rune) uint32 {
	b, ok := p.bytesOf(r)
	if again, whole := p.whole(b); !ok || !whole || again != r {
		return noCode
	}
	var code uint32
	for _, c := range b {
		code = code<<8 | uint32(c)
	}
	return code
}

// bytesOf returns the bytes that r is encoded as.
func (p *pairs) bytesOf(r rune) ([]byte, bool) {
	if p.gb && isPrivate(r) {
		return privatePair(r)
	}
	if b, ok := sjisByte(r); ok && p.sjis {
		return []byte{b}, true
	}
	b, err := p.codec.NewEncoder().Bytes([]byte(string(r)))
	return b, err == nil && len(b) <= 4
}

// whole returns the character that b is, if it is one.
func (p *pairs) whole(b []byte) (rune, bool) {
	if p.gb && len(b) == 2 {
		if r, ok := privateRune(b[0], b[1]); ok {
			return r, true
		}
	}
	if p.sjis && len(b) == 1 && sjisSingles[b[0]] != 0 {
		return sjisSingles[b[0]], true
	}
	s, err := p.codec.NewDecoder().Bytes(b)
	if err != nil || len(s) == 0 {
		return 0, false
	}
	r, n := utf8.DecodeRune(s)
	return r, n == len(s) && r != replacement
}

// decode appends to out the text that b is, which must be all in the encoding.
func (p *pairs) decode(out []rune, b []byte) ([]rune, bool) {
	for len(b) > 0 {
		n, r := 1, rune(b[0])
		switch {
		case r < 0x80:
		case p.single[r&0x7F] != 0:
			r = p.single[r&0x7F]
		case len(b) < 2:
			return out, false
		default:
			if n = p.size(b[0], b[1]); n > len(b) {
				return out, false
			}
			code := p.character(b[:n])
			if code == noCode {
				return out, false
			}
			r = rune(code)
		}
		out, b = append(out, r), b[n:]
	}
	return out, true
}

// character returns the character that several bytes are, or noCode.
func (p *pairs) character(b []byte) uint32 {
	if len(b) > 2 {
		return p.askBytes(b)
	}
	at := &p.runes[int(b[0])<<8|int(b[1])]
	r := at.Load()
	if r == 0 {
		r = p.askBytes(b)
		at.Store(r)
	}
	return r
}

// askBytes returns what the codec says of b.
func (p *pairs) askBytes(b []byte) uint32 {
	r, ok := p.whole(b)
	if !ok {
		return noCode
	}
	if again, ok := p.bytesOf(r); !ok || !bytes.Equal(again, b) {
		return noCode
	}
	return uint32(r)
}
