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
	if b[0], at = d.byteIn(text, at, layer); !leads(b[0]) {
		return 0, 0, false
	}
	size := utf8Len(b[0])
	for n := 1; n < size; n++ {
		if b[n], at = d.byteIn(text, at, layer); b[n]&0xC0 != 0x80 {
			return 0, 0, false
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
	case twoBytes(text, at):
		return d.layers[layer].byteOf.near[int(text[at]&0x1F)<<6|int(text[at+1]&0x3F)], at + 2
	case at == len(text):
		return 0, at
	}
	r, size := decode(text, at)
	if r == utf8.RuneError && size == 1 {
		return 0, at
	}
	return d.layers[layer].byteOf.of(r), at + size
}
