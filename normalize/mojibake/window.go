package mojibake

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
)

// How windows are cut.
const (
	windowContext = 3    // plain characters kept on both sides, as the model's context
	windowGap     = 6    // plain characters that do not part two broken places
	maxWindow     = 2048 // characters; longer ones are cut
)

// A window is a stretch of text around characters that may be broken.
type window struct {
	start, end int // bytes
}

// wild reports whether b begins what a window is made for: a character outside
// ASCII.
func wild(b byte) bool { return b >= 0x80 }

// nextWindow returns the first window of text at or after byte from.
func nextWindow(text []byte, from int) (window, bool) { return windowOf(text, from, maxWindow) }

// windowOf is nextWindow with the number of characters that is most.
func windowOf(text []byte, from, most int) (window, bool) {
	first := indexWild(text, from)
	if first < 0 {
		return window{}, false
	}
	if last := gapAfter(text[:min(len(text), first+most)], first); last+windowGap <= first+most || last == len(text) {
		return padded(text, from, first, last), true
	}
	return padded(text, from, first, endOfMany(text, first, most)), true
}

// endOfMany returns the end of a window of text that begins with what is not ASCII, where
// it has no gap, or behind the most characters.
func endOfMany(text []byte, first, most int) int {
	last := first
	for n := 0; last < len(text) && n < most; n++ {
		last += sizeAt(text, last)
		gap := 0
		for last+gap < len(text) && gap < windowGap && !wild(text[last+gap]) {
			gap++
		}
		if gap == windowGap || last+gap == len(text) {
			break
		}
		n += gap
		last += gap
	}
	return last
}

// gapAfter returns the place of the first byte behind from of so many of ASCII that a window
// ends there, or the end of text if that is near.
func gapAfter(text []byte, from int) int {
	gap, i := 0, from // bytes of ASCII before i
	for ; i+8 <= len(text); i += 8 {
		high := binary.LittleEndian.Uint64(text[i:]) & highs
		switch {
		case high == highs:
			gap = 0
			continue
		case gap+bits.TrailingZeros64(high)/8 >= windowGap:
			return i - gap
		case high == 0x80|0x80<<56: // as many as part windows, between others
			return i + 1
		}
		if gap = bits.LeadingZeros64(high) / 8; gap >= windowGap {
			return i + 8 - gap
		}
	}
	for ; i < len(text); i++ {
		if gap++; wild(text[i]) {
			gap = 0
		} else if gap == windowGap {
			return i + 1 - gap
		}
	}
	return len(text) - gap
}

// sizeAt returns the size of the character at text[at].
func sizeAt(text []byte, at int) int {
	if twoBytes(text, at) {
		return 2
	}
	_, size := decode(text, at)
	return size
}

// decode is utf8.DecodeRune for text[at:], which is not empty, and fast for what is not
// ASCII.
func decode(text []byte, at int) (r rune, size int) {
	b := text[at:]
	if len(b) < 3 {
		return utf8.DecodeRune(b)
	}
	switch b0, b1, b2 := b[0], b[1], b[2]; {
	case b0 >= 0xE0 && b0 < 0xF0 && b1&0xC0 == 0x80 && b2&0xC0 == 0x80:
		r = rune(b0&0x0F)<<12 | rune(b1&0x3F)<<6 | rune(b2&0x3F)
		if r >= 0x800 && !utf16.IsSurrogate(r) {
			return r, 3
		}
	case b0 >= 0xC2 && b0 < 0xE0 && b1&0xC0 == 0x80:
		return rune(b0&0x1F)<<6 | rune(b1&0x3F), 2
	}
	return utf8.DecodeRune(b)
}

// twoBytes reports whether text[at] begins a character of two bytes, as most do
// that are not ASCII.
func twoBytes(text []byte, at int) bool {
	return at+1 < len(text) && text[at] >= 0xC2 && text[at] < 0xE0 && text[at+1]&0xC0 == 0x80
}

// padded returns the window from byte first to last with plain characters around
// it, none of them before from.
func padded(text []byte, from, first, last int) window {
	w := window{start: max(from, first-windowContext), end: last}
	for range windowContext {
		if w.end < len(text) && !wild(text[w.end]) {
			w.end++
		}
	}
	return w
}

// Bounds of a brief window, in characters: it ends behind the first ASCII after
// so many, or at the second.
const (
	briefWindow    = 64
	maxBriefWindow = 512
)

// brief returns w without what stands far behind byte at: a part is long enough
// to tell one encoding from another.
func brief(text []byte, w window, at int) window {
	for n := 0; at < w.end && n < maxBriefWindow; n++ {
		if n >= briefWindow && !wild(text[at]) {
			at++
			break
		}
		at += sizeAt(text[:w.end], at)
	}
	return window{w.start, at}
}

// uncut returns w without its end if that may be in the midst of a character: what
// was cut for its length ends with a line, or else with a plain character.
func uncut(text []byte, w window) window {
	if w.end == len(text) || w.end == 0 || !wild(text[w.end-1]) {
		return w
	}
	first := skipASCII(text, w.start)
	if k := bytes.LastIndexByte(text[first:w.end], '\n'); k >= 0 {
		w.end = first + k + 1
		return w
	}
	if k := bytes.LastIndexFunc(text[first:w.end], func(r rune) bool { return r < utf8.RuneSelf }); k >= 0 {
		w.end = first + k + 1
	}
	return w
}

// indexWild returns the place of the first byte at or after from that is not
// ASCII, or -1.
func indexWild(text []byte, from int) int {
	if i := skipASCII(text, from); i < len(text) {
		return i
	}
	return -1
}

// skipASCII returns the place of the first byte at or after from that is not
// ASCII, or the end of text.
func skipASCII(text []byte, from int) int {
	i := from
	for ; i+32 <= len(text); i += 32 {
		a := binary.LittleEndian.Uint64(text[i:])
		b := binary.LittleEndian.Uint64(text[i+8:])
		if (a|b)&highs != 0 {
			break
		}
		if (binary.LittleEndian.Uint64(text[i+16:])|binary.LittleEndian.Uint64(text[i+24:]))&highs != 0 {
			i += 16
			break
		}
	}
	for ; i+8 <= len(text); i += 8 {
		if wild := binary.LittleEndian.Uint64(text[i:]) & highs; wild != 0 {
			return i + bits.TrailingZeros64(wild)/8
		}
	}
	for i < len(text) && !wild(text[i]) {
		i++
	}
	return i
}

// characters returns the characters of text and the byte where each begins,
// with the length of text as the last. A byte that is no UTF-8 is a character
// of its own, below zero.
func characters(text []byte, runes []rune, starts []int) ([]rune, []int) {
	runes, starts = runes[:0], starts[:0]
	for i := 0; i < len(text); {
		r, size := character(text, i)
		runes = append(runes, r)
		starts = append(starts, i)
		i += size
	}
	return runes, append(starts, len(text))
}

// character returns the character at text[at], less than 0 for a byte that is no
// UTF-8, and its size.
func character(text []byte, at int) (r rune, size int) {
	if b := text[at]; b < utf8.RuneSelf {
		return rune(b), 1
	}
	r, size = decode(text, at)
	if r == utf8.RuneError && size == 1 {
		r = -1 - rune(text[at])
	}
	return r, size
}
