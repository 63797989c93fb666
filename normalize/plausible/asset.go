package plausible

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"sync"
)

// The asset, little endian:
//
//	magic     8 bytes
//	pages     uint32, number of pages of chars
//	levels    float32s: log probabilities that a code stands for
//	backoffs  float32s: log backoff weights that a code stands for
//	page      of each 256 code points, the lower bytes, then the upper; packed
//	chars     of each character of the pages the class, then the member of each, then the backoff, then the group; packed
//	classes   numClasses² bytes: -log P(class | class before) in sixteenths; packed
//	west      part: n-grams of two, three and four characters, none of them of the East
//	east      part: n-grams with characters of the East, and what they are told by
//	followers part: numbers: the classes behind characters of the East, with a code for each
//	words     part: uint32, what their hashes are scaled to; then numbers, with sixteenths of -log of their shares
//	sum       uint32: CRC-32 of what is before it
//
// A part is a uint32 and so many bytes.
// Packed bytes, n-grams and numbers are written in bits: first how long the code
// of each symbol is, four bits for each, then streams. That of packed bytes is a
// uint32 and so many bytes; those of a part are all in a part. What is read behind
// them follows. A code is levels × backoffs.
const (
	magic      = "clipmnd4"
	numClasses = 256
	levels     = 32
	backoffs   = 8
	leaf       = 0 // the backoff of n-grams that nothing continues
	numPages   = 0x1100
)

// The orders of n-grams.
const (
	pairs = iota
	triples
	fours
	numOrders
)

// lastEastern is behind all characters of the East.
const lastEastern = 0x40000

// eastern reports whether r is of the scripts of the East, whose n-grams are many
// and seldom asked for where text is not of the East.
func eastern(r rune) bool {
	return r >= 0x2E80 && (r < 0xD7B0 || r >= 0xF900 && r < 0xFB00 || r >= 0xFE30 && r < 0xFE50 || r >= 0xFF00 && r <= 0xFFEF ||
		r >= 0x20000 && r < lastEastern)
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

// parse reads the embedded asset, which is tested, so that a broken one is a
// mistake of the build.
func parse(b []byte) *Model {
	m, ok := unpack(b[len(magic) : len(b)-sumSize])
	if !ok {
		panic(errAsset)
	}
	return m
}

const sumSize = 4

// Parse returns the model that an asset holds.
func Parse(b []byte) (*Model, error) {
	if len(b) < len(magic)+sumSize || string(b[:len(magic)]) != magic {
		return nil, errAsset
	}
	body := b[:len(b)-sumSize]
	if crc32.ChecksumIEEE(body) != binary.LittleEndian.Uint32(b[len(body):]) {
		return nil, fmt.Errorf("%w: its checksum is wrong", errAsset)
	}
	m, ok := unpack(body[len(magic):])
	if !ok || !m.sound() {
		return nil, fmt.Errorf("%w: %d bytes", errAsset, len(b))
	}
	return m, nil
}

// sound unpacks all of the model and reports whether it makes sense.
func (m *Model) sound() bool {
	return m.west.sound() && m.east.sound() && m.followers().sound() && m.words().sound()
}

// unpack reads what stands between magic and sum, but for the parts, of which it is
// unpacked what is asked.
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
	m.chars = u.chars(pages << 8)
	m.classes = u.bytes(numClasses * numClasses)
	west, east, followers, words := u.part(), u.part(), u.part(), u.part()
	if !u.done() {
		return nil, false
	}
	m.west.open = func() *grams { return west.grams(lettersOf(m, false)) }
	m.east.open = func() *grams { return east.grams(lettersOf(m, true)) }
	m.followers = sync.OnceValue(func() *numbers { return followers.numbers(chunkingOf(followScale)) })
	m.words = sync.OnceValue(words.lexicon)
	return m, true
}

// chars reads n chars, one property of all after another.
func (u *unpacker) chars(n int) []char {
	all := make([]char, n)
	classes, members, backoffs, groups := u.bytes(n), u.bytes(n), u.bytes(n), u.bytes(n)
	for i := range all {
		all[i] = char{class: classes[i], member: members[i], backoff: backoffs[i], group: groups[i]}
	}
	return all
}
