package plausible

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"unicode"
)

// The asset, little endian:
//
//	magic     8 bytes
//	pages     uint32, number of pages of chars
//	buckets   uint32, number of buckets of n-grams
//	levels    float32s: log probabilities that a code stands for
//	backoffs  float32s: log backoff weights that a code stands for
//	page      uint16s: the page of each 256 code points
//	chars     for each page 256 times class, member, backoff: one byte each
//	classes   numClasses² bytes: -log P(class | class before) in sixteenths
//	grams     for each bucket four fingerprints of 16 bits, then four codes
//
// A code is levels × backoffs, of a word sixteenths of its -log P. The table of n-grams is a cuckoo hash: an n-gram
// is in one of two buckets; a fingerprint of 0 is an empty place.
const (
	magic      = "clipmnd1"
	numClasses = 256
	levels     = 32
	backoffs   = 8
	leaf       = 0 // the backoff of n-grams that nothing continues
	numPages   = 0x1100
	bucketSize = 12
	headerSize = 8 + 4 + 4 + 4*(levels+backoffs) + 2*numPages

	lanes = 0x0001_0001_0001_0001
)

// mix adds a character of context to the hash of what follows it.
func mix(h uint64, context rune) uint64 {
	h = (h ^ uint64(context)<<24 ^ 0x9E37_79B9_7F4A_7C15) * 0xFF51_AFD7_ED55_8CCD
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
func fingerprint(h uint64) uint64 { return max(1, h&0xFFFF) }

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

// parse lays the tables over the asset. The embedded asset is tested, so that a
// broken one is a mistake of the build.
func parse(b []byte) *Model {
	m, err := Parse(b)
	if err != nil {
		panic(err)
	}
	return m
}

// Parse returns the model that an asset holds. It keeps b.
func Parse(b []byte) (*Model, error) {
	if len(b) < headerSize || string(b[:8]) != magic {
		return nil, errAsset
	}
	pages, buckets := int(binary.LittleEndian.Uint32(b[8:])), int(binary.LittleEndian.Uint32(b[12:]))
	if pages < 1 || buckets < 1 || len(b) != headerSize+pages*256*3+numClasses*numClasses+buckets*bucketSize {
		return nil, fmt.Errorf("%w: %d bytes", errAsset, len(b))
	}
	m := &Model{buckets: uint64(buckets), page: make([]uint16, numPages), chars: make([]char, pages<<8)}
	at := 16
	float := func() float32 {
		at += 4
		return math.Float32frombits(binary.LittleEndian.Uint32(b[at-4:]))
	}
	for i := range m.logP {
		m.logP[i] = float()
	}
	for i := range m.backoff {
		m.backoff[i] = float()
	}
	for i := range m.page {
		if m.page[i] = binary.LittleEndian.Uint16(b[at:]); int(m.page[i]) >= pages {
			return nil, fmt.Errorf("%w: page %d of %d", errAsset, m.page[i], pages)
		}
		at += 2
	}
	for i := range m.chars {
		m.chars[i] = char{b[at], b[at+1], b[at+2]}
		at += 3
	}
	m.classes = make([]float32, numClasses*numClasses)
	for i := range m.classes {
		m.classes[i] = -float32(b[at]) / 16
		at++
	}
	for i := range m.lower {
		m.lower[i] = -float32(i) / 16
	}
	m.grams = b[at:]
	return m, nil
}
