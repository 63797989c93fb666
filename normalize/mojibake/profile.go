package mojibake

import (
	"sync"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// A profile tells who writes the Han characters of a document: each country
// has a character set of its own.
type profile struct {
	simplified, traditional, kana, han int
}

// profileEnough is the number of characters that are counted.
const profileEnough = 1 << 16

// Sets of Han characters.
const (
	inGB2312 = 1 << iota
	inBig5
	inJIS
)

const (
	firstHan = 0x4E00
	lastHan  = 0x9FFF
)

// sets tells which sets each Han character is in.
var sets = sync.OnceValue(func() *[lastHan - firstHan + 1]uint8 {
	all := new([lastHan - firstHan + 1]uint8)
	mark := func(e encoding.Encoding, set uint8, has func(b []byte) bool) {
		enc := encoding.ReplaceUnsupported(e.NewEncoder())
		for r := rune(firstHan); r <= lastHan; r++ {
			if b, err := enc.Bytes([]byte(string(r))); err == nil && has(b) {
				all[r-firstHan] |= set
			}
		}
	}
	two := func(b []byte) bool { return len(b) == 2 }
	mark(simplifiedchinese.GBK, inGB2312, func(b []byte) bool { return two(b) && b[0] >= 0xB0 && b[0] <= 0xF7 && b[1] >= 0xA1 })
	mark(traditionalchinese.Big5, inBig5, func(b []byte) bool { // without the supplement of Hong Kong
		return two(b) && b[0] >= 0xA4 && b[0] <= 0xF9 && b[0] != 0xC7 && b[0] != 0xC8
	})
	mark(japanese.ShiftJIS, inJIS, two)
	return all
})

func setsOf(r rune) uint8 {
	if r < firstHan || r > lastHan {
		return 0
	}
	return sets()[r-firstHan]
}

// add counts a character.
func (p *profile) add(r rune) {
	switch {
	case r < 0x3040 || r > lastHan || p.han+p.kana >= profileEnough:
	case r < 0x3100:
		p.kana++
	case r >= firstHan:
		p.han++
		switch setsOf(r) & (inGB2312 | inBig5) {
		case inGB2312:
			p.simplified++
		case inBig5:
			p.traditional++
		}
	}
}

// bonus returns what the profile speaks for r.
func (p *profile) bonus(r rune) float32 {
	if r < firstHan || r > lastHan {
		return 0
	}
	in := setsOf(r)
	switch {
	case p.kana >= 2 && 10*p.kana >= p.han:
		if in&inJIS == 0 {
			return costForeign
		}
	case p.simplified > 4*p.traditional:
		if in&inGB2312 == 0 {
			return costForeign
		}
	case p.traditional > 4*p.simplified:
		if in&inBig5 == 0 {
			return costForeign
		}
	}
	return 0
}
