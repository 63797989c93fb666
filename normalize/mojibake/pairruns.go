package mojibake

import (
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/repair"
)

// fewestInRow is the number of characters side by side that look like UTF-8 that was read in pairs:
// right text has fewer.
const fewestInRow = 3

// rows returns the spans of the text that may be UTF-8 that was misread, where other parts are right.
func (x *items) rows() (all []repair.Span) {
	for i := int32(0); int(i) < len(x.all); i++ {
		if it := x.all[i]; !it.first || !it.mark && (!leads(it.b) || it.b < 0xE0) {
			continue
		}
		n, end, stop := x.row(i)
		switch {
		case n >= fewestInRow && end > i:
			all = append(all, repair.Span{Start: x.offset(i), End: x.offset(end)})
			i = end - 1
		case n == 0: // what was passed is marks and ASCII
			i = max(i, stop-1)
		}
	}
	return all
}

// row returns the number of characters of three bytes or more that may begin at an item, with signs of
// two and ASCII between them, the item behind the last that ends where one of the text does, and the item
// that ended the row.
// Letters of two bytes are what right characters look like beside them.
func (x *items) row(at int32) (n int, end, stop int32) {
	end = at
	for int(at) < len(x.all) {
		it := x.all[at]
		switch {
		case it.mark:
			at++
		case it.b < utf8.RuneSelf && it.b != 0 && it.first:
			at++
			continue
		case !leads(it.b) || it.b < 0xE0 && !x.signAt(at):
			return n, end, at
		default:
			next := x.behind(at, utf8Len(it.b))
			if next < 0 {
				return n, end, at
			}
			at = next
			if it.b >= 0xE0 {
				n++
			}
		}
		if x.parts(at) {
			end = at
		}
	}
	return n, end, at
}

// signAt reports whether a character of two bytes that is no letter begins at an item.
func (x *items) signAt(at int32) bool {
	if int(at+1) >= len(x.all) || x.all[at+1].mark {
		return false
	}
	r, size := utf8.DecodeRune([]byte{x.all[at].b, x.all[at+1].b})
	return size == 2 && !ofWord(r)
}

// behind returns the item behind a character of size bytes that begins at one, less than 0 if there
// is none. Marks are bytes, as many as it takes.
func (x *items) behind(at int32, size int) int32 {
	for n := 1; n < size; n++ {
		at++
		switch {
		case int(at) == len(x.all):
			return at
		case x.all[at].marks():
			if int(at+1) == len(x.all) || x.all[at+1].b&0xC0 != 0x80 && !x.all[at+1].marks() {
				return at + 1
			}
		case x.all[at].b&0xC0 != 0x80:
			return -1
		}
	}
	return at + 1
}
