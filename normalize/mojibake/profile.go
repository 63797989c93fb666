package mojibake

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"sync"
	"unicode/utf8"

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
	mark := func(set uint8, e encoding.Encoding, lead, trail func(b byte) bool) {
		for _, r := range charactersOf(e, lead, trail) {
			if r >= firstHan && r <= lastHan {
				all[r-firstHan] |= set
			}
		}
	}
	mark(inGB2312, simplifiedchinese.GBK,
		func(b byte) bool { return b >= 0xB0 && b <= 0xF7 },
		func(b byte) bool { return b >= 0xA1 })
	mark(inBig5, traditionalchinese.Big5,
		func(b byte) bool { return b >= 0xA4 && b <= 0xF9 && b != 0xC7 && b != 0xC8 }, // without the supplement of Hong Kong
		func(b byte) bool { return b >= 0x40 && b < 0x7F || b >= 0xA1 })
	mark(inJIS, japanese.ShiftJIS,
		func(b byte) bool { return b >= 0x81 && b < 0xA0 || b >= 0xE0 },
		func(b byte) bool { return b >= 0x40 && b != 0x7F })
	return all
})

// charactersOf returns the characters that e has for pairs of a lead and a trail.
func charactersOf(e encoding.Encoding, lead, trail func(b byte) bool) []rune {
	var pairs []byte
	for l := range 256 {
		if !lead(byte(l)) {
			continue
		}
		for t := range 256 {
			if trail(byte(t)) {
				pairs = append(pairs, byte(l), byte(t), '\n')
			}
		}
	}
	text, err := e.NewDecoder().Bytes(pairs)
	if err != nil {
		return nil // no decoder of x/text fails
	}
	var all []rune
	for line := range bytes.Lines(text) {
		if r, size := utf8.DecodeRune(line); size+1 == len(line) && r != replacement {
			all = append(all, r)
		}
	}
	return all
}

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

// addText counts the characters of text.
func (p *profile) addText(text []byte) {
	for i := 0; i < len(text) && p.han+p.kana < profileEnough; {
		if i+8 <= len(text) {
			// What is counted begins with a byte from 0xE3 on.
			x := binary.LittleEndian.Uint64(text[i:])
			if x &= x << 1 & (x << 2) & highs; x == 0 {
				i += 8
				continue
			}
			i += bits.TrailingZeros64(x) / 8
		}
		if b := text[i]; b < 0xE3 || b > 0xE9 {
			i++
			continue
		}
		r, size := decode(text, i)
		p.add(r)
		i += size
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
