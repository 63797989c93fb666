package plausible

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
	"sync"
	"unicode"
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
//	tables    of pairs of characters, of three, of four, of characters and the class behind, of words
//	sum       uint32: CRC-32 of what is before it
//
// Packed bytes, and the codes of a table, are written in bits: first how long
// the code of each symbol is, four bits for each, then a stream, which is a
// uint32, so many bytes, the last eight of them unused. A table is
//
//	buckets   uint32
//	width     uint32, bits of a fingerprint
//	lengths   of the symbols for codes
//	prints    stream: four fingerprints of each bucket, rising, by their differences
//	codes     stream: the code of each fingerprint that is not 0
//
// A code is levels × backoffs, of a word sixteenths of its -log P. A table is a
// cuckoo hash: an n-gram is in one of two buckets; a fingerprint of 0 is an
// empty place. It is unpacked into bucketSize bytes for each bucket: four
// fingerprints of 16 bits, then four codes.
const (
	magic      = "clipmnd2"
	numClasses = 256
	levels     = 32
	backoffs   = 8
	leaf       = 0 // the backoff of n-grams that nothing continues
	numPages   = 0x1100
	minWidth   = 8
	bucketSize = 12

	lanes = 0x0001_0001_0001_0001
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

// A table holds n-grams, a bucket after the other.
type table struct {
	b       []byte
	buckets uint64
	mask    uint64 // of the bits of a fingerprint
}

// mix adds a character of context to the hash of what follows it.
func mix(h uint64, context rune) uint64 {
	h = (h ^ uint64(context)<<24 ^ 0x9E37_79B9_7F4A_7C15) * 0xD6E8_FEB8_6659_FD93
	return h ^ h>>32
}

// wordHash is that of a word, whatever its case.
func wordHash(w []rune) uint64 {
	h := uint64(len(w)) << 40
	for _, r := range w {
		h = mix(h, unicode.ToLower(r))
	}
	return h
}

// fingerprint is never 0.
func fingerprint(h, mask uint64) uint64 { return max(1, h&mask) }

// An n-gram is in one of two buckets.
func firstPlace(h, buckets uint64) uint64 { return h >> 32 * buckets >> 32 }

func secondPlace(h, buckets uint64) uint64 {
	return (h * 0xC2B2_AE3D_27D4_EB4F) >> 32 * buckets >> 32
}

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
	for i, c := range u.bytes(len(m.classes)) {
		m.classes[i] = -float32(c) / 16
	}
	for i := range m.lower {
		m.lower[i] = -float32(i) / 16
	}
	var packed [numTables]packedTable
	for i := range packed {
		packed[i] = u.table()
	}
	if u.failed || len(u.b) > 0 {
		return nil, false
	}
	var wg sync.WaitGroup
	var good [numTables]bool
	for i := range packed {
		wg.Go(func() { m.tables[i], good[i] = packed[i].unpack() })
	}
	wg.Wait()
	return m, !slices.Contains(good[:], false)
}
