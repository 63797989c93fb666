package plausible

import (
	"encoding/binary"
	"math/bits"
	"sync"
	"unicode"
)

// A table is a cuckoo hash of n-grams: each is in one of two buckets, which hold
// four fingerprints of 16 bits, 0 for an empty place, then four codes. Both
// buckets are in one block, so that a table can be filled block by block, each
// of which fits the nearest cache.
type table struct {
	b      []byte
	blocks uint64
}

const (
	bucketSize = 12
	blockBits  = 11 // of the number of a bucket in its block
	blockSize  = bucketSize << blockBits
	blockLoad  = 4 << blockBits * 9 / 10 // with which few have to make room for others
	lanes      = 0x0001_0001_0001_0001
)

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
func fingerprint(h uint64) uint64 { return max(1, h&0xFFFF) }

// place is a bucket of what has the hash.
func place(h uint64) uint64 { return h >> 16 & (1<<blockBits - 1) }

// other is the bucket, beside the one given, of what has the fingerprint.
func other(bucket, print uint64) uint64 {
	return bucket ^ (print*0x9E37_79B1>>8|1)&(1<<blockBits-1)
}

// block returns the number of the block of what has the hash.
func (t *table) block(h uint64) uint64 { return h >> 32 * t.blocks >> 32 }

// find looks an n-gram up by its hash.
func (t *table) find(h uint64) (code uint8, ok bool) {
	block := t.b[t.block(h)*blockSize:][:blockSize]
	print, at := fingerprint(h), place(h)
	b := block[at*bucketSize:][:bucketSize]
	if zero := match(b, print*lanes); zero != 0 {
		return b[8+bits.TrailingZeros64(zero)>>4], true
	}
	if match(b, 0) != 0 {
		return 0, false // nothing had to make room here
	}
	b = block[other(at, print)*bucketSize:][:bucketSize]
	if zero := match(b, print*lanes); zero != 0 {
		return b[8+bits.TrailingZeros64(zero)>>4], true
	}
	return 0, false
}

// match sets the top bit of each 16 bits that hold a wanted fingerprint; only
// the lowest such bit is exact.
func match(bucket []byte, want uint64) uint64 {
	x := binary.LittleEndian.Uint64(bucket) ^ want
	return (x - lanes) &^ x & (lanes << 15)
}

// A filler gathers what goes into a table, by blocks.
type filler struct {
	blocks [][]uint64 // the lower bits of hashes, above codes
}

// start empties f for its part of a table of n entries.
func (f *filler) start(n, parts int) {
	blocks := n/blockLoad + 1
	for len(f.blocks) < blocks {
		f.blocks = append(f.blocks, make([]uint64, 0, min(n, blockLoad/parts*17/16)))
	}
	f.blocks = f.blocks[:blocks]
	for i := range f.blocks {
		f.blocks[i] = f.blocks[i][:0]
	}
}

func (f *filler) add(h uint64, code uint8) {
	block := &f.blocks[h>>32*uint64(len(f.blocks))>>32]
	*block = append(*block, h<<8|uint64(code))
}

// fill lays out what the fillers of a table have gathered; it fails if there is no
// room for all.
func fill(parts []*filler) (t table, failed bool) {
	n := len(parts[0].blocks)
	t = table{make([]byte, n*blockSize), uint64(n)}
	var wg sync.WaitGroup
	var full [2]bool
	for half := range full {
		wg.Go(func() {
			for i := half; i < n; i += len(full) {
				block := (*[blockSize]byte)(t.b[i*blockSize:])
				for _, f := range parts {
					for _, x := range f.blocks[i] {
						if !insert(block, x>>8, uint8(x)) {
							full[half] = true
						}
					}
				}
			}
		})
	}
	wg.Wait()
	return t, full[0] || full[1]
}

// insert adds an entry to a block and reports whether there was a place for it.
func insert(block *[blockSize]byte, h uint64, code uint8) bool {
	print, at := fingerprint(h), place(h)
	if put(block, at, print, code) {
		return true
	}
	for try := range 500 {
		at = other(at, print)
		if put(block, at, print, code) {
			return true
		}
		b, lane := block[at*bucketSize:][:bucketSize], try*5>>2&3
		was, wasCode := uint64(binary.LittleEndian.Uint16(b[2*lane:])), b[8+lane]
		binary.LittleEndian.PutUint16(b[2*lane:], uint16(print))
		b[8+lane] = code
		print, code = was, wasCode
	}
	return false
}

// put adds an entry to a bucket if it has an empty place.
func put(block *[blockSize]byte, bucket, print uint64, code uint8) bool {
	b := block[bucket*bucketSize:][:bucketSize]
	zero := match(b, 0)
	if zero == 0 {
		return false
	}
	lane := bits.TrailingZeros64(zero) >> 4
	binary.LittleEndian.PutUint16(b[2*lane:], uint16(print))
	b[8+lane] = code
	return true
}
