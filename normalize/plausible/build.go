package plausible

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
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

// errFull reports n-grams that found no place.
var errFull = errors.New("plausible: too many n-grams for the buckets")

// widths are the bits of a fingerprint in each table. Longer n-grams are asked
// for only where the model has the shorter ones, so that false ones are seldom.
var widths = [numTables]uint{pairs: 16, triples: 13, fours: 12, followers: 12, lexicon: 13}

// Build writes the tables as an asset, the same bytes for the same tables.
func Build(t *Tables) ([]byte, error) {
	index, chars := pages(t.Chars)
	b := binary.LittleEndian.AppendUint32([]byte(magic), uint32(len(chars[0])/256))
	for _, p := range append(t.LogP[:], t.Backoff[:]...) {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(p))
	}
	var low, high []byte
	for _, p := range index {
		low, high = append(low, byte(p)), append(high, byte(p>>8))
	}
	b = appendBytes(appendBytes(b, low), high)
	for _, part := range chars {
		b = appendBytes(b, part)
	}
	var classes []byte
	for _, row := range t.Classes {
		for _, p := range row {
			classes = append(classes, sixteenths(-p))
		}
	}
	b = appendBytes(b, classes)
	for i, all := range entries(t) {
		buckets, err := hash(all)
		if err != nil {
			return nil, err
		}
		b = appendTable(b, buckets, widths[i])
	}
	return binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b)), nil
}

func sixteenths(x float64) byte { return byte(math.Round(min(max(x*16, 0), 255))) }

// pages lists the chars of every 256 code points, equal pages once: classes,
// members and backoffs.
func pages(of func(rune) (uint8, float64, float64)) (index []uint16, chars [3][]byte) {
	seen := map[[3][256]byte]uint16{}
	for p := range numPages {
		var page [3][256]byte
		for i := range 256 {
			class, member, backoff := of(rune(p<<8 | i))
			page[0][i], page[1][i], page[2][i] = class, sixteenths(-member), sixteenths(1-backoff)
		}
		at, ok := seen[page]
		if !ok {
			at = uint16(len(seen))
			seen[page] = at
			for i := range chars {
				chars[i] = append(chars[i], page[i][:]...)
			}
		}
		index = append(index, at)
	}
	return index, chars
}

// An entry is what the hash table holds: an n-gram or a word.
type entry struct {
	hash uint64
	code uint8
}

func entries(t *Tables) (out [numTables][]entry) {
	for _, g := range t.Grams {
		last := len(g.Runes) - 1
		h := uint64(g.Runes[last])
		for j := last - 1; j >= 0; j-- {
			h = mix(h, g.Runes[j])
		}
		in := last - 1
		if g.Runes[last] > utf8.MaxRune {
			in = followers
		}
		out[in] = append(out[in], entry{h, g.Code})
	}
	for _, w := range t.Words {
		out[lexicon] = append(out[lexicon], entry{wordHash([]rune(w.Text)), sixteenths(-w.LogP)})
	}
	return out
}

// hash lays the entries into buckets, moving those that have another place.
func hash(all []entry) ([][]entry, error) {
	buckets := uint64(len(all)*100/94/4 + 3) // a few more, since small tables fill less evenly
	slots := make([]int32, 4*buckets)        // index in all, plus one
	turn := uint64(1)
	for i := range all {
		hand := int32(i + 1)
		for try := 0; hand != 0; try++ {
			if try == 5000 {
				return nil, fmt.Errorf("%w: %d in %d", errFull, len(all), buckets)
			}
			h := all[hand-1].hash
			where := [2]uint64{firstPlace(h, buckets), secondPlace(h, buckets)}
			if put(slots, where[0], hand) || put(slots, where[1], hand) {
				break
			}
			turn = turn*6364136223846793005 + 1442695040888963407
			at := 4*where[turn>>40&1] + turn>>50&3
			hand, slots[at] = slots[at], hand
		}
	}
	out := make([][]entry, buckets)
	for i, s := range slots {
		if s != 0 {
			out[i/4] = append(out[i/4], all[s-1])
		}
	}
	return out, nil
}

func put(slots []int32, bucket uint64, g int32) bool {
	for i := range slots[4*bucket:][:4] {
		if slots[4*bucket+uint64(i)] == 0 {
			slots[4*bucket+uint64(i)] = g
			return true
		}
	}
	return false
}
