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
// bytes. It asks the codec for each of them but once.
type pairs struct {
	codec  encoding.Encoding
	gb     bool      // GB 18030 or GBK, whose private characters the codec does not know
	jp     bool      // EUC-JP
	single [128]rune // of a byte from 0x80 on that is a character by itself; 0 for none
	codes  [0x10000]atomic.Uint32
	runes  [0x10000]atomic.Uint32
}

// What codes and runes hold besides codes and characters; 0 is what was not asked
// yet.
const (
	noCode = 0xFFFFFFFF // there is none
	odd    = 0xFFFFFFFE // it is not one character
)

func newPairs(m multibyte) *pairs {
	p := &pairs{codec: m.codec, gb: strings.HasPrefix(m.name, "gb"), jp: m.name == "euc-jp"}
	for b := range p.single {
		if r, ok := p.whole([]byte{0x80 | byte(b)}); ok {
			p.single[b] = r
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

// whole returns the character that b is, if it is one.
func (p *pairs) whole(b []byte) (rune, bool) {
	s, err := p.codec.NewDecoder().Bytes(b)
	if err != nil || len(s) == 0 {
		return 0, false
	}
	r, n := utf8.DecodeRune(s)
	return r, n == len(s) && r != replacement
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
	if p.gb && isPrivate(r) {
		if pair, ok := privatePair(r); ok {
			return uint32(pair[0])<<8 | uint32(pair[1])
		}
		return noCode
	}
	b, err := p.codec.NewEncoder().Bytes([]byte(string(r)))
	if err != nil || len(b) == 0 || len(b) > 4 {
		return noCode
	}
	var code uint32
	for _, c := range b {
		code = code<<8 | uint32(c)
	}
	return code
}

// decode appends to out the text that b is, which must be all in the encoding.
func (p *pairs) decode(out []rune, b []byte) ([]rune, bool) {
	for len(b) > 0 {
		switch c := b[0]; {
		case c < 0x80:
			out = append(out, rune(c))
			b = b[1:]
		case p.single[c&0x7F] != 0:
			out = append(out, p.single[c&0x7F])
			b = b[1:]
		default:
			var n int
			if out, n = p.character(out, b); n == 0 {
				return out, false
			}
			b = b[n:]
		}
	}
	return out, true
}

// character appends to out the character of several bytes that b begins with, and
// returns its length; 0 if there is none.
func (p *pairs) character(out []rune, b []byte) ([]rune, int) {
	if len(b) < 2 {
		return out, 0
	}
	n := p.size(b[0], b[1])
	if n > len(b) {
		return out, 0
	}
	r := uint32(odd)
	if n == 2 {
		r = p.pair(b[0], b[1])
	}
	if r == noCode {
		return out, 0
	}
	if r != odd {
		return append(out, rune(r)), n
	}
	s, err := p.codec.NewDecoder().Bytes(b[:n])
	if err != nil || bytes.ContainsRune(s, replacement) {
		return out, 0
	}
	return appendCharacters(out, s), n
}

// pair returns the character that two bytes are, noCode if they are none, and odd
// if they are several.
func (p *pairs) pair(a, b byte) uint32 {
	at := &p.runes[int(a)<<8|int(b)]
	r := at.Load()
	if r == 0 {
		r = p.askPair(a, b)
		at.Store(r)
	}
	return r
}

// askPair returns what the codec says of two bytes.
func (p *pairs) askPair(a, b byte) uint32 {
	if p.gb {
		if r, ok := privateRune(a, b); ok {
			return uint32(r)
		}
	}
	s, err := p.codec.NewDecoder().Bytes([]byte{a, b})
	r, n := utf8.DecodeRune(s)
	switch {
	case err != nil || len(s) == 0 || bytes.ContainsRune(s, replacement):
		return noCode
	case n < len(s):
		return odd
	}
	return uint32(r)
}
