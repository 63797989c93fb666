package plausible

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
)

// The asset, little endian:
//
//	magic     8 bytes
//	pages     uint32, number of pages of chars
//	levels    float32s: log probabilities that a code stands for
//	backoffs  float32s: log backoff weights that a code stands for
//	page      of each 256 code points, the lower bytes, then the upper; packed
//	chars     of each character of the pages the class, then the member of each, then the backoff; packed
//	classes   numClasses² bytes: -log P(class | class before) in sixteenths; packed
//	n-grams   of two, three and four characters
//	follow    numbers: the classes behind a character, with a code for each
//	words     uint32, what their hashes are scaled to; then numbers, with sixteenths of -log of their shares
//	sum       uint32: CRC-32 of what is before it
//
// Packed bytes, n-grams and numbers are written in bits: first how long the code
// of each symbol is, four bits for each, then a stream, which is a uint32, so
// many bytes, the last of them unused. A code is levels × backoffs.
const (
	magic      = "clipmnd3"
	numClasses = 256
	levels     = 32
	backoffs   = 8
	leaf       = 0 // the backoff of n-grams that nothing continues
	numPages   = 0x1100
)

// The tables of a model.
const (
	pairs = iota
	triples
	fours
	followers // classes after a character
	lexicon
	numTables
)

// unseen is the backoff code of characters that no n-gram has.
const unseen = 255

// byteBackoff is the log backoff weight of a single character of context.
func byteBackoff(code uint8) float32 {
	if code == unseen {
		return 0
	}
	return 1 - float32(code)/16
}

// errAsset reports an asset that this package did not write.
var errAsset = errors.New("plausible: not a model")

// parse unpacks the embedded asset, which is tested, so that a broken one is a
// mistake of the build.
func parse(b []byte) *Model {
	m, err := Parse(b)
	if err != nil {
		panic(err)
	}
	return m
}

// Parse returns the model that an asset holds.
func Parse(b []byte) (*Model, error) {
	if len(b) < len(magic)+4 || string(b[:len(magic)]) != magic {
		return nil, errAsset
	}
	body := b[:len(b)-4]
	if crc32.ChecksumIEEE(body) != binary.LittleEndian.Uint32(b[len(body):]) {
		return nil, fmt.Errorf("%w: its checksum is wrong", errAsset)
	}
	m, ok := unpack(body[len(magic):])
	if !ok {
		return nil, fmt.Errorf("%w: %d bytes", errAsset, len(b))
	}
	return m, nil
}

// unpack reads what stands between magic and sum.
func unpack(b []byte) (m *Model, ok bool) {
	u := &unpacker{b: b}
	m = &Model{}
	pages := int(min(u.uint32(), numPages))
	for i := range m.logP {
		m.logP[i] = math.Float32frombits(u.uint32())
	}
	for i := range m.backoff {
		m.backoff[i] = math.Float32frombits(u.uint32())
	}
	low, high := u.bytes(numPages), u.bytes(numPages)
	m.page = make([]uint16, numPages)
	for i := range m.page {
		m.page[i] = uint16(low[i]) | uint16(high[i])<<8
		u.failed = u.failed || int(m.page[i]) >= pages
	}
	class, member, backoff := u.bytes(pages<<8), u.bytes(pages<<8), u.bytes(pages<<8)
	m.chars = make([]char, pages<<8)
	for i := range m.chars {
		m.chars[i] = char{class[i], member[i], backoff[i]}
	}
	m.classes = make([]float32, numClasses*numClasses)
	follow := u.bytes(len(m.classes))
	for i, c := range follow {
		m.classes[i] = -float32(c) / 16
	}
	for i := range m.lower {
		m.lower[i] = -float32(i) / 16
	}
	if u.failed {
		return nil, false
	}
	l := lettersOf(m, follow)
	u.grams(m, l)
	m.tables[followers] = u.numberTable(func(n uint64) uint64 {
		letter := min(n/numClasses, uint64(len(l.runes)))
		if letter == uint64(len(l.runes)) {
			u.failed = true
			return 0
		}
		return mix(uint64(ClassRune(uint8(n))), l.runes[letter])
	})
	m.words = uint64(u.uint32())
	m.tables[lexicon] = u.numberTable(numberHash)
	return m, !u.failed && len(u.b) == 0
}
