package mojibake

import (
	"unicode"
	"unicode/utf8"
)

// Bounds on a text that was misread all over.
const (
	entireBytes = 1 << 16 // of it that are looked at
	fewOthers   = 32      // times as many characters are read as are not
	mostLost    = 4       // times as many may have lost bytes
	manyOthers  = 64      // after which it is asked whether they are few so far

	manyRead     = 1 << 11 // characters that are read, of which it is asked whether others are so few that
	hardlyOthers = 128     // times as many are read that the rest need not be looked at

	brandCapitals = 2 // with which a brand begins, at least
)

// ofAll returns d, which also reads what few texts have if all that text has outside
// ASCII, but for few characters, was misread, and lost nothing, or no more than mostLost
// times as much as it kept if it is lossy. What few texts have does not count where it may
// be a brand with a sign behind it.
func (d *direct) ofAll(text []byte, lossy bool) *direct {
	if !d.whole {
		return d
	}
	all := d.withRare()
	text = text[:min(len(text), entireBytes)]
	n, others, lost := 0, 0, 0
	last := 0 // the end of what was read
	for at := skipASCII(text, 0); at < len(text); at = skipASCII(text, at) {
		r, end, ok := all.readAt(text, at)
		switch {
		case !ok:
			if end = d.losesAt(text, at); end > at && lossy {
				lost++
			} else {
				end = at + sizeAt(text, at)
				others++
			}
		case d.blocks.rarity(r) > 0 && at > last && branded(text, at, end):
			others++
		default:
			n++
		}
		if others > manyOthers && fewOthers*others > n {
			return d
		}
		if n == manyRead && hardlyOthers*others <= n && lost <= mostLost*n {
			return all
		}
		if at = end; ok {
			last = end
		}
	}
	if fewOthers*others > n || lost > mostLost*n {
		return d
	}
	return all
}

// losesAt returns where what may be left of a character that lost bytes ends, at if there
// is none at text[at]: the first byte of two, or of more with others of these.
func (d *direct) losesAt(text []byte, at int) (end int) {
	last := len(d.layers) - 1
	b, end := d.byteIn(text, at, last)
	if !leads(b) {
		return at
	}
	n := 1
	for ; n < utf8Len(b)-1; n++ {
		c, next := d.byteIn(text, end, last)
		if c&0xC0 != 0x80 {
			break
		}
		end = next
	}
	if b >= 0xE0 && n == 1 {
		return at
	}
	return end
}

// withRare returns d, which also reads what few texts have.
func (d *direct) withRare() *direct {
	all := *d
	all.rare = true
	return &all
}

// branded reports whether what stands in text from byte at to end begins with a capital
// behind others, and no letter stands behind it.
func branded(text []byte, at, end int) bool {
	before := text[:at]
	for range brandCapitals {
		r, size := utf8.DecodeLastRune(before)
		if !unicode.IsUpper(r) {
			return false
		}
		before = before[:len(before)-size]
	}
	return unicode.IsUpper(firstRune(text[at:])) && !unicode.IsLetter(firstRune(text[end:]))
}
