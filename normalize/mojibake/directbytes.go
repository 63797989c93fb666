package mojibake

import (
	"unicode/utf16"
	"unicode/utf8"
)

// readAt is read for the UTF-8 of a text from byte at.
func (d *direct) readAt(text []byte, at int) (r rune, end int, ok bool) {
	r, end, ok = d.charIn(text, at, 0)
	return r, end, ok && d.takes(r)
}

// charIn is char for the UTF-8 of a text.
func (d *direct) charIn(text []byte, at, layer int) (r rune, end int, ok bool) {
	var b [utf8.UTFMax]byte
	near := &d.layers[layer].byteOf.near
	last := layer == len(d.layers)-1
	size := 1
	for n := 0; n < size; n++ {
		if last && twoBytes(text, at) { // as most are
			b[n] = near[int(text[at]&0x1F)<<6|int(text[at+1]&0x3F)]
			at += 2
		} else {
			b[n], at = d.byteIn(text, at, layer)
		}
		switch {
		case n > 0 && b[n]&0xC0 != 0x80, n == 0 && !leads(b[n]):
			return 0, 0, false
		case n == 0:
			size = utf8Len(b[0])
		}
	}
	switch size {
	case 2:
		return rune(b[0]&0x1F)<<6 | rune(b[1]&0x3F), at, true
	case 3:
		r := rune(b[0]&0x0F)<<12 | rune(b[1]&0x3F)<<6 | rune(b[2]&0x3F)
		return r, at, r >= 0x800 && !utf16.IsSurrogate(r)
	}
	r, n := utf8.DecodeRune(b[:size])
	return r, at, n == size
}

// byteIn is byteAt for the UTF-8 of a text.
func (d *direct) byteIn(text []byte, at, layer int) (b byte, end int) {
	switch {
	case layer < len(d.layers)-1:
		r, end, ok := d.charIn(text, at, layer+1)
		if !ok {
			return 0, at
		}
		return d.layers[layer].byteOf.of(r), end
	case at == len(text):
		return 0, at
	}
	r, size := decode(text, at)
	if r == utf8.RuneError && size == 1 {
		return 0, at
	}
	return d.layers[layer].byteOf.of(r), at + size
}
