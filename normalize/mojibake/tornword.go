package mojibake

import "unicode"

// keepTorn drops the readings that stand in words of which as many letters stay, if the code page
// has the letters of another script: all letters of a word are misread then, or none. Two of
// them look like one misread one by chance (Пётр, Рік).
func (u *undoer) keepTorn() {
	page := u.c.page
	if len(u.c.layers) > 1 || !page.alien {
		return
	}
	stays := func(i int) bool {
		r := u.runes[i]
		return r >= 0x80 && unicode.IsLetter(r) && page.byteOf(r) != 0
	}
	kept := u.pieces[:0]
	past := 0 // the end of the last word
	for k := 0; k < len(u.pieces); {
		at, next, left := u.pieces[k].start, k, 0
		for i := at; i > past && stays(i-1); i-- {
			left++
		}
		for at < len(u.runes) {
			if next < len(u.pieces) && u.pieces[next].start == at {
				at = max(u.pieces[next].end, at+1)
				next++
			} else if stays(at) {
				at++
				left++
			} else {
				break
			}
		}
		if left < next-k {
			kept = append(kept, u.pieces[k:next]...)
		}
		k, past = next, at
	}
	u.pieces = kept
}
