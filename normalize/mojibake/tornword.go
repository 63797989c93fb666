package mojibake

import (
	"slices"
	"unicode"
)

// keepTorn drops the readings that stand in words of which as many letters stay, if the code page
// has the letters of another script: all letters of a word are misread then, or none. Two of
// them look like one misread one by chance (Пётр, Рік).
func (u *undoer) keepTorn() {
	layers := u.c.layers
	page := codepageByName(layers[len(layers)-1].Encoding)
	if len(layers) > 1 || !page.alien || len(u.pieces) == 0 {
		return
	}
	stays := func(i int) bool { return unicode.IsLetter(u.runes[i]) && page.byteOf(u.runes[i]) != 0 }
	kept := u.pieces[:0]
	for k := 0; k < len(u.pieces); {
		left := 0 // letters that stay
		for i := u.pieces[k].start - 1; i >= 0 && u.runes[i] >= 0x80 && stays(i) && !endsAt(kept, i+1); i-- {
			left++
		}
		next := k
		at := u.pieces[k].start
		for at < len(u.runes) && u.runes[at] >= 0x80 {
			switch {
			case next < len(u.pieces) && u.pieces[next].start == at:
				at = max(u.pieces[next].end, at+1)
				next++
				continue
			case !stays(at):
			default:
				left++
				at++
				continue
			}
			break
		}
		next = max(next, k+1)
		if left < next-k {
			kept = append(kept, u.pieces[k:next]...)
		}
		k = next
	}
	u.pieces = slices.Clip(kept)
}

// endsAt reports whether the last of pieces ends at place i.
func endsAt(pieces []piece, i int) bool { return len(pieces) > 0 && pieces[len(pieces)-1].end == i }
