package mojibake

import (
	"sync"
	"unicode/utf8"
)

const utf8Name = "utf-8"

// A charset turns text into bytes and back, which it appends to what it is given.
// Both ways refuse what the other does not undo, but that one byte a character
// keeps a byte that the encoding has nothing for. A byte of text that is no UTF-8
// is a character below zero.
type charset struct {
	name   string
	prior  float32
	single bool           // one byte a character
	page   *codepage      // if so
	pairs  *pairs         // if it takes bytes in pairs
	size   func(rune) int // bytes of a character that it has
	encode func([]byte, []rune) ([]byte, bool)
	decode func([]rune, []byte) ([]rune, bool)
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
					b = p.byteOf(r)
				}
				if now := p.runes[b]; now != r && now != none {
					return out, false
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
	return charset{name: m.name, prior: 2, pairs: p, size: p.length, encode: p.encode, decode: p.decode}
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
		r, size := character(text, i)
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
