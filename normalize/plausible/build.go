package plausible

import (
	"encoding/binary"
	"hash/crc32"
	"maps"
	"math"
	"slices"
	"unicode/utf8"
)

// Tables are what a trainer found, to be written as an asset. Logarithms are
// natural.
type Tables struct {
	Chars   func(r rune) (class uint8, logMember, logBackoff float64)
	Classes [numClasses][numClasses]float64 // log P(second | first)
	LogP    [levels]float32
	Backoff [backoffs]float32 // the first is that of n-grams that nothing continues
	Grams   []Gram
	Words   []Word
}

// A Word is one that the n-grams alone would get wrong where it lost a byte.
type Word struct {
	Text string
	LogP float64 // log of its share of the words of its language
}

// Unseen, as the backoff of a character, says that no n-gram has it.
const Unseen = -100

// A Gram is a character with one to three characters of context.
type Gram struct {
	Runes []rune // the oldest first; two to four
	Code  uint8  // index in LogP × 8 + index in Backoff
}

// ClassRune stands for a class of characters as the last of the Runes of a
// Gram, which then has two and says how likely the class is after the character.
func ClassRune(class uint8) rune { return utf8.MaxRune + 1 + rune(class) }

// Build writes the tables as an asset, the same bytes for the same tables. It
// fails if an n-gram is there without its context, or without its end.
func Build(t *Tables) ([]byte, error) {
	m := &Model{}
	pages(m, t.Chars, groupsOf(t.Grams))
	for _, row := range t.Classes {
		for _, p := range row {
			m.classes = append(m.classes, sixteenths(-p))
		}
	}
	b := appendChars([]byte(magic), m, t)
	b = appendBytes(b, m.classes)
	west, east, classes := parts(t.Grams)
	for _, part := range []struct {
		grams   []Gram
		letters *letters
	}{{west, lettersOf(m, false)}, {east, lettersOf(m, true)}} {
		packed, err := packGrams(part.grams, part.letters)
		if err != nil {
			return nil, err
		}
		b = appendPart(b, packed)
	}
	followers, err := followNumbers(classes)
	if err != nil {
		return nil, err
	}
	b = appendPart(b, appendNumbers(nil, followers, chunkingOf(followScale)))
	scale := uint64(len(t.Words)) << wordBits
	b = appendPart(b, appendNumbers(binary.LittleEndian.AppendUint32(nil, uint32(scale)), wordNumbers(t.Words, scale), chunkingOf(scale)))
	return binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b)), nil
}

func appendPart(b, part []byte) []byte {
	return append(binary.LittleEndian.AppendUint32(b, uint32(len(part))), part...)
}

// parts tells n-grams with characters of the East from others, and classes. Of
// the others the East has those that its n-grams are told by, too.
func parts(all []Gram) (west, east, classes []Gram) {
	others, has := map[string]Gram{}, map[string]bool{}
	for _, g := range all {
		switch {
		case g.Runes[len(g.Runes)-1] > utf8.MaxRune:
			classes = append(classes, g)
		case slices.ContainsFunc(g.Runes, eastern):
			east = append(east, g)
			has[string(g.Runes)] = true
		default:
			west = append(west, g)
			others[string(g.Runes)] = g
		}
	}
	for i := 0; i < len(east); i++ { // grows
		for _, need := range [][]rune{east[i].Runes[1:], east[i].Runes[:len(east[i].Runes)-1]} {
			if g, ok := others[string(need)]; ok && !has[string(need)] {
				east = append(east, g)
				has[string(need)] = true
			}
		}
	}
	return west, east, classes
}

// groupSize is the number of n-grams that a group of several letters has at most, or
// somewhat more if there were too many groups else.
const groupSize = 3000

// groupsOf gives the characters of contexts to groups.
func groupsOf(all []Gram) map[rune]uint8 {
	size := map[rune]int{}
	for _, g := range all {
		if len(g.Runes) == 2 {
			size[g.Runes[0]]++
		} else {
			size[g.Runes[1]]++
		}
	}
	for most := groupSize; ; most += most / 8 {
		if groups, ok := grouped(size, most); ok {
			return groups
		}
	}
}

// grouped gives characters that follow each other to one group, as long as that is not
// larger than most; false if the groups are too many.
func grouped(size map[rune]int, most int) (groups map[rune]uint8, ok bool) {
	groups, group, sum := map[rune]uint8{}, 0, 0
	for _, r := range slices.Sorted(maps.Keys(size)) {
		if sum > 0 && sum+size[r] > most {
			group, sum = group+1, 0
		}
		groups[r] = uint8(group)
		sum += size[r]
	}
	return groups, group < numGroups
}

// appendChars writes what the codes stand for and the characters.
func appendChars(b []byte, m *Model, t *Tables) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(len(m.chars)/256))
	for _, p := range append(t.LogP[:], t.Backoff[:]...) {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(p))
	}
	var low, high, class, member, backoff, group []byte
	for _, p := range m.page {
		low, high = append(low, byte(p)), append(high, byte(p>>8))
	}
	for _, c := range m.chars {
		class, member, backoff, group = append(class, c.class), append(member, c.member), append(backoff, c.backoff), append(group, c.group)
	}
	for _, part := range [][]byte{low, high, class, member, backoff, group} {
		b = appendBytes(b, part)
	}
	return b
}

func sixteenths(x float64) byte { return byte(math.Round(min(max(x*16, 0), 255))) }

// pages lists the chars of every 256 code points, equal pages once.
func pages(m *Model, of func(rune) (uint8, float64, float64), groups map[rune]uint8) {
	seen := map[[256]char]uint16{}
	for p := range numPages {
		var page [256]char
		for i := range page {
			r := rune(p<<8 | i)
			class, member, backoff := of(r)
			page[i] = char{class, sixteenths(-member), sixteenths(1 - backoff), groups[r]}
		}
		at, ok := seen[page]
		if !ok {
			at = uint16(len(seen))
			seen[page] = at
			m.chars = append(m.chars, page[:]...)
		}
		m.page = append(m.page, at)
	}
}
