package plausible

import (
	"encoding/binary"
	"math/bits"
)

// A table is a cuckoo hash of n-grams: each is in one of two buckets, which hold
// four fingerprints of 16 bits, 0 for an empty place, then four codes.
type table []bucket

type bucket [12]byte

const lanes = 0x0001_0001_0001_0001

// newTable returns a table with room for n entries, three quarters of which they take
// if widened is 0, and less the more often it was found too narrow.
func newTable(n, widened int) *table {
	buckets := n/3 + 1
	t := make(table, buckets+buckets*widened/4)
	return &t
}

// A key is what an n-gram is told by: the sum of what its characters are worth in
// their places.
func lastKey(r rune) uint64   { return uint64(r) * 0xD6E8_FEB8_6659_FD93 }
func firstKey(r rune) uint64  { return uint64(r)*0xA076_1D64_78BD_642F + 0x9E37_79B9_7F4A_7C15 }
func secondKey(r rune) uint64 { return uint64(r)*0xE703_7ED1_A0B4_28DB + 0x8EBC_6AF0_9C88_C6E3 }
func thirdKey(r rune) uint64  { return uint64(r)*0x5899_65CC_7537_4CC3 + 0x1D8E_4E27_C47D_124F }

// hash tells where the n-gram of a key is.
func hash(key uint64) uint64 {
	h := (key ^ key>>29) * 0xBF58_476D_1CE4_E5B9
	return h ^ h>>32
}

// fingerprint is never 0.
func fingerprint(h uint64) uint64 { return max(1, h&0xFFFF) }

// place is a bucket of what has the hash.
func (t table) place(h uint64) uint64 { return h >> 32 * uint64(len(t)) >> 32 }

// other is the bucket, beside the one given, of what has the fingerprint.
func (t table) other(bucket, print uint64) uint64 {
	n := uint64(len(t))
	sum := print * n >> 16
	if sum < bucket {
		sum += n
	}
	return sum - bucket
}

// find looks an n-gram up by its key.
func (t table) find(key uint64) (code uint8, ok bool) {
	h := hash(key)
	print, at := fingerprint(h), t.place(h)
	b := &t[at]
	if zero := b.match(print); zero != 0 {
		return b.code(zero), true
	}
	if b.match(0) != 0 {
		return 0, false // nothing had to make room here
	}
	b = &t[t.other(at, print)]
	if zero := b.match(print); zero != 0 {
		return b.code(zero), true
	}
	return 0, false
}

// match sets the top bit of each 16 bits that hold a wanted fingerprint; only
// the lowest such bit is exact.
func (b *bucket) match(print uint64) uint64 {
	x := binary.LittleEndian.Uint64(b[:]) ^ print*lanes
	return (x - lanes) &^ x & (lanes << 15)
}

// lane is the lowest one that match found.
func lane(zero uint64) int { return bits.TrailingZeros64(zero) >> 4 & 3 }

func (b *bucket) code(zero uint64) uint8 { return b[8+lane(zero)] }

// insert adds an entry by its key and reports whether there was a place for it.
func (t table) insert(key uint64, code uint8) bool {
	h := hash(key)
	print, at := fingerprint(h), t.place(h)
	if t[at].put(print, code) {
		return true
	}
	for try := range 500 {
		at = t.other(at, print)
		b := &t[at]
		if b.put(print, code) {
			return true
		}
		print, code = b.swap(try*5>>2&3, print, code)
	}
	return false
}

// put adds an entry to a bucket if it has an empty place.
func (b *bucket) put(print uint64, code uint8) bool {
	zero := b.match(0)
	if zero == 0 {
		return false
	}
	b.swap(lane(zero), print, code)
	return true
}

// swap puts an entry to a lane and returns the one that was there.
func (b *bucket) swap(lane int, print uint64, code uint8) (wasPrint uint64, wasCode uint8) {
	prints, c := b[2*lane:], &b[8+lane]
	wasPrint, wasCode = uint64(binary.LittleEndian.Uint16(prints)), *c
	binary.LittleEndian.PutUint16(prints, uint16(print))
	*c = code
	return wasPrint, wasCode
}

// maxWidened bounds how often a table is widened: more than eight equal hashes have no
// room in any.
const maxWidened = 8

// tableOf returns the table of n entries that add inserts into it, the same ones
// whenever it is called, until one has no place; nil if there is none for all of them.
func tableOf(n int, add func(t *table) (fits bool)) *table {
	for widened := range maxWidened {
		if t := newTable(n, widened); add(t) {
			return t
		}
	}
	return nil
}
