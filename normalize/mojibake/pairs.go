package mojibake

import (
	"bytes"
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

// encode returns the bytes of s, which must all be characters of the encoding.
func (p *pairs) encode(s string) ([]byte, bool) {
	out := make([]byte, 0, len(s))
	for i, r := range s {
		if r < 0x80 {
			out = append(out, byte(r))
			continue
		}
		code := p.code(r)
		if code == noCode || r == replacement && !strings.HasPrefix(s[i:], string(replacement)) {
			return nil, false
		}
		for shift := 24; shift >= 0; shift -= 8 {
			if code >= 1<<shift {
				out = append(out, byte(code>>shift))
			}
		}
	}
	return out, true
}

// code returns the bytes of r as a number, or noCode.
func (p *pairs) code(r rune) uint32 {
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

// decode returns the text that b is, which must be all in the encoding.
func (p *pairs) decode(b []byte) (string, bool) {
	var out strings.Builder
	out.Grow(len(b) + len(b)/2)
	for len(b) > 0 {
		switch c := b[0]; {
		case c < 0x80:
			out.WriteByte(c)
			b = b[1:]
		case p.single[c&0x7F] != 0:
			out.WriteRune(p.single[c&0x7F])
			b = b[1:]
		default:
			n, ok := p.character(&out, b)
			if !ok {
				return "", false
			}
			b = b[n:]
		}
	}
	return out.String(), true
}

// character adds to out the character of several bytes that b begins with, and
// returns its length.
func (p *pairs) character(out *strings.Builder, b []byte) (n int, ok bool) {
	if len(b) < 2 {
		return 0, false
	}
	if n = p.size(b[0], b[1]); n > len(b) {
		return 0, false
	}
	r := uint32(odd)
	if n == 2 {
		r = p.pair(b[0], b[1])
	}
	if r == noCode {
		return 0, false
	}
	if r != odd {
		out.WriteRune(rune(r))
		return n, true
	}
	s, err := p.codec.NewDecoder().Bytes(b[:n])
	out.Write(s)
	return n, err == nil && !bytes.ContainsRune(s, replacement)
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
