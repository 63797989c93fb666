package mojibake

import (
	"bytes"
	"strings"
	"sync"
	"unicode/utf8"
)

const utf8Name = "utf-8"

// A charset turns text into bytes and back. Both ways refuse what they cannot
// do exactly.
type charset struct {
	name   string
	single bool // one byte a character
	prior  float32
	encode func(string) ([]byte, bool)
	decode func([]byte) (string, bool)
}

// unread returns the bytes that c reads as text. If it reads them otherwise, there
// are none.
func (c charset) unread(text string) ([]byte, bool) {
	b, ok := c.encode(text)
	if !ok {
		return nil, false
	}
	seen, ok := c.decode(b)
	return b, !ok || seen == text
}

// reread returns the text that b is in c, if nothing else than b is that text.
func (c charset) reread(b []byte) (string, bool) {
	text, ok := c.decode(b)
	if !ok || c.single { // of which no two bytes are the same character
		return text, ok
	}
	again, ok := c.encode(text)
	return text, ok && bytes.Equal(again, b)
}

func codepageCharset(p *codepage) charset {
	return charset{
		name:   p.name,
		single: true,
		prior:  p.prior,
		encode: func(s string) ([]byte, bool) {
			out := make([]byte, 0, len(s))
			for _, r := range s {
				b := byte(r)
				if r >= 0x80 {
					if b = p.byteOf(r); b == 0 {
						return nil, false
					}
				}
				out = append(out, b)
			}
			return out, true
		},
		decode: func(b []byte) (string, bool) {
			var out strings.Builder
			out.Grow(2 * len(b))
			for _, c := range b {
				if p.runes[c] == none {
					return "", false
				}
				out.WriteRune(p.runes[c])
			}
			return out.String(), true
		},
	}
}

func (m multibyte) charset() charset {
	p := newPairs(m)
	return charset{name: m.name, prior: 2, encode: p.encode, decode: p.decode}
}

func utf8Charset() charset {
	return charset{
		name:   utf8Name,
		encode: func(s string) ([]byte, bool) { return []byte(s), true },
		decode: func(b []byte) (string, bool) { return string(b), utf8.Valid(b) },
	}
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
