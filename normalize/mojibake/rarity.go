package mojibake

import (
	"sync"
	"unicode"
)

// rarity returns the nats by which r is rarer in texts than its model says:
// models know no blocks.
func rarity(r rune) float32 { return blocks().rarity(r) }

func (t *blockTables) rarity(r rune) float32 {
	if uint32(r) < smallRarity {
		return float32(t.small[r])
	}
	return t.rarityBeyond(r)
}

// rarityBeyond is the rarity of a character that is not small.
func (t *blockTables) rarityBeyond(r rune) float32 {
	switch {
	case r < 0xE000:
		return 0
	case r < 0xF900:
		return 8 // private use
	case r == replacement:
		return 2
	case r == selector:
		return -usualSelector
	case r >= 0xFE00 && r < selector:
		return rareSelector
	case r < 0x10000:
		return 0
	case r >= 0x1F000 && r < 0x1FB00:
		return -emojiWorth()[r]
	case r >= 0x1D400 && r < 0x1D800, r >= 0x20000 && r < 0x32000:
		return 0 // letters of mathematics, ideographs
	case r >= 0xE0020 && r < 0xE0080:
		return 2
	case r < maxGraphic && t.graphic[r/64]>>(r%64)&1 != 0, r >= 0x32000 && r < 0x323B0, r >= 0xE0100 && r < 0xE01F0:
		return 4
	}
	return 10
}

// Bounds of the tables of blocks.
const (
	smallRarity = 0x3000
	maxGraphic  = 0x20000
)

// blockTables hold the rarity of small characters, and a bit for each character
// that shows something.
type blockTables struct {
	small   [smallRarity]uint8
	graphic [maxGraphic / 64]uint64
}

var blocks = sync.OnceValue(func() *blockTables {
	var t blockTables
	mark := func(lo, hi, stride uint32) {
		for r := lo; r <= hi && r < maxGraphic; r += stride {
			t.graphic[r/64] |= 1 << (r % 64)
		}
	}
	for _, x := range unicode.Cf.R16 { // which texts need in small numbers
		mark(uint32(x.Lo), uint32(x.Hi), uint32(x.Stride))
	}
	for _, table := range unicode.GraphicRanges {
		for _, x := range table.R16 {
			mark(uint32(x.Lo), uint32(x.Hi), uint32(x.Stride))
		}
		for _, x := range table.R32 {
			mark(x.Lo, x.Hi, x.Stride)
		}
	}
	for r := range rune(smallRarity) {
		switch {
		case r < nbsp:
			t.small[r] = 6
		case r == nbsp:
			t.small[r] = 1
		case r >= 0x180 && r < 0x218 || r >= 0x220 && r < 0x300 || r >= 0x370 && r < 0x386 || r >= 0x500 && r < 0x530 || r >= 0x1D00 && r < 0x1E00 || r == 0x17F:
			t.small[r] = 4 // letters of phonetics and of few languages
		case t.graphic[r/64]>>(r%64)&1 == 0:
			t.small[r] = 10
		}
	}
	return &t
})
