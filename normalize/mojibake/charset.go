package mojibake

import (
	"bytes"
	"slices"
	"sync"
	"unicode/utf8"
)

const utf8Name = "utf-8"

// A charset turns text into bytes and back, which it appends to what it is given.
// Both ways refuse what they cannot do exactly. A byte of text that is no UTF-8 is
// a character below zero.
type charset struct {
	name   string
	prior  float32
	single bool           // one byte a character
	page   *codepage      // if so
	size   func(rune) int // bytes of a character that it has
	encode func([]byte, []rune) ([]byte, bool)
	decode func([]rune, []byte) ([]rune, bool)
}

// unread appends to out the bytes that c reads as text. If it reads them
// otherwise, there are none.
func (c charset) unread(out []byte, text []rune) ([]byte, bool) {
	n := len(out)
	out, ok := c.encode(out, text)
	if !ok || c.single {
		return out, ok && c.reads(out[n:], text)
	}
	seen, ok := c.decode(nil, out[n:])
	return out, !ok || slices.Equal(seen, text)
}

// reads reports whether c, which takes one byte a character, has these characters
// for b. A byte that it has nothing for may have been kept.
func (c charset) reads(b []byte, text []rune) bool {
	for i, r := range text {
		if now := c.page.runes[b[i]]; now != r && now != none {
			return false
		}
	}
	return true
}

// reread appends to out the text that b is in c, if nothing else than b is that
// text.
func (c charset) reread(out []rune, b []byte) ([]rune, bool) {
	n := len(out)
	out, ok := c.decode(out, b)
	if !ok || c.single { // of which no two bytes are the same character
		return out, ok
	}
	again, ok := c.encode(make([]byte, 0, len(b)), out[n:])
	return out, ok && bytes.Equal(again, b)
}

func codepageCharset(p *codepage) charset {
	return charset{
		name:   p.name,
		single: true,
		page:   p,
		prior:  p.prior,
		size:   func(rune) int { return 1 },
		encode: func(out []byte, text []rune) ([]byte, bool) {
			for _, r := range text {
				b := byte(r)
				if r >= 0x80 || r < 0 {
					if b = p.byteOf(r); b == 0 {
						return out, false
					}
				}
				out = append(out, b)
			}
			return out, true
		},
		decode: func(out []rune, b []byte) ([]rune, bool) {
			for _, c := range b {
				if p.runes[c] == none {
					return out, false
				}
				out = append(out, p.runes[c])
			}
			return out, true
		},
	}
}

func (m multibyte) charset() charset {
	p := newPairs(m)
	return charset{name: m.name, prior: 2, size: p.length, encode: p.encode, decode: p.decode}
}

func utf8Charset() charset {
	return charset{
		name: utf8Name,
		size: utf8.RuneLen,
		encode: func(out []byte, text []rune) ([]byte, bool) {
			for _, r := range text {
				if r < 0 {
					return out, false
				}
				out = utf8.AppendRune(out, r)
			}
			return out, true
		},
		decode: func(out []rune, b []byte) ([]rune, bool) {
			return appendCharacters(out, b), utf8.Valid(b)
		},
	}
}

// appendCharacters appends the characters of text to out.
func appendCharacters(out []rune, text []byte) []rune {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			r = -1 - rune(text[i])
		}
		out = append(out, r)
		i += size
	}
	return out
}

// misreaders returns the encodings by which bytes are read wrong.
var misreaders = sync.OnceValue(func() []charset {
	var all []charset
	for _, m := range multibytes() {
		all = append(all, m.charset())
	}
	for _, p := range codepages() {
		if p.prior < seldom {
			all = append(all, codepageCharset(p))
		}
	}
	return all
})

// seldom is the prior of code pages that hardly anybody reads another encoding
// than UTF-8 as.
const seldom = 8

// sources returns the encodings that bytes are in.
var sources = sync.OnceValue(func() []charset {
	all := []charset{utf8Charset()}
	for _, m := range multibytes() {
		all = append(all, m.charset())
	}
	for _, p := range codepages() {
		switch p.name {
		case "iso-8859-1", "iso-8859-15", "iso-8859-9": // windows-1252 and windows-1254 hold them
		case "iso-8859-6", "iso-8859-8": // seldom what bytes are read as, but not what they are in
			c := codepageCharset(p)
			c.prior = 5
			all = append(all, c)
		default:
			if p.prior < seldom {
				all = append(all, codepageCharset(p))
			}
		}
	}
	return all
})
