package plausible

import (
	"encoding/binary"
	"math/bits"
)

// An unpacker reads the parts of an asset one after another; after a failure all
// are empty.
type unpacker struct {
	b      []byte
	failed bool
}

func (u *unpacker) take(n uint64) []byte {
	if u.failed || n > uint64(len(u.b)) {
		u.failed, u.b = true, nil
		return nil
	}
	part := u.b[:n:n]
	u.b = u.b[n:]
	return part
}

func (u *unpacker) uint32() uint32 {
	if b := u.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

// stream reads bits, which have a length before them and slack behind.
func (u *unpacker) stream() (b []byte, end uint) {
	n := u.uint32()
	if n < slack {
		u.failed = true
		return nil, 0
	}
	b = u.take(uint64(n))
	return b, uint(max(len(b), slack)-slack) * 8
}

// lengths reads those of codes, two to a byte, and what decodes them.
func (u *unpacker) decoder() *decoder {
	var l lengths
	for i, b := range u.take(numSymbols / 2) {
		l[2*i], l[2*i+1] = b&15, b>>4
	}
	d, ok := l.decoder()
	if !ok {
		u.failed = true
	}
	return d
}

// bytes reads n bytes that were packed: a symbol above 255 repeats the byte
// before it.
func (u *unpacker) bytes(n int) []byte {
	d := u.decoder()
	b, end := u.stream()
	out := make([]byte, 0, n)
	for at := uint(0); !u.failed && len(out) < n; {
		c := d[peek(b, at)&(1<<maxLength-1)]
		at += c.length()
		if at > end || c == 0 {
			u.failed = true
			break
		}
		if c>>4 < 256 {
			out = append(out, c.symbol())
			continue
		}
		times := 1 << (c>>4 - 256)
		if len(out) == 0 || len(out)+times > n {
			u.failed = true
			break
		}
		for last := out[len(out)-1]; times > 0; times-- {
			out = append(out, last)
		}
	}
	if u.failed {
		return make([]byte, n)
	}
	return out
}

// A packedTable is a table of n-grams as an asset holds it.
type packedTable struct {
	buckets             uint64
	width               uint
	decoder             *decoder
	prints, codes       []byte
	endPrints, endCodes uint
}

// table takes a table from the asset.
func (u *unpacker) table() (p packedTable) {
	p.buckets, p.width = uint64(u.uint32()), uint(u.uint32())
	p.decoder = u.decoder()
	p.prints, p.endPrints = u.stream()
	p.codes, p.endCodes = u.stream()
	// Each bucket has four fingerprints of width-2 bits at least.
	if p.width < minWidth || p.width > 16 || p.buckets == 0 || p.buckets*4*uint64(p.width-2) > uint64(p.endPrints) {
		u.failed = true
	}
	return p
}

// unpack lays a table out so that find can search it.
func (p *packedTable) unpack() (t table, ok bool) {
	t = table{buckets: p.buckets, mask: 1<<p.width - 1, b: make([]byte, int(p.buckets)*bucketSize)}
	r, d := rice{low: p.width - 3, mask: 1<<(p.width-3) - 1}, p.decoder
	var at, from uint
	for i := 0; i < len(t.b); i += bucketSize {
		bucket := t.b[i:][:bucketSize:bucketSize]
		x := peek(p.prints, at)
		v0, n0 := r.next(x)
		v1, n1 := r.next(x >> (n0 & 63))
		at += n0 + n1
		x = peek(p.prints, at)
		v2, n2 := r.next(x)
		v3, n3 := r.next(x >> (n2 & 63))
		at += n2 + n3
		v1 += v0
		v2 += v1
		v3 += v2
		binary.LittleEndian.PutUint64(bucket, v0|v1<<16|v2<<32|v3<<48)
		x = peek(p.codes, from)
		if v0 != 0 { // a full bucket, as most are
			c0 := d[x&(1<<maxLength-1)]
			x >>= c0.length()
			c1 := d[x&(1<<maxLength-1)]
			x >>= c1.length()
			c2 := d[x&(1<<maxLength-1)]
			x >>= c2.length()
			c3 := d[x&(1<<maxLength-1)]
			from += c0.length() + c1.length() + c2.length() + c3.length()
			binary.LittleEndian.PutUint32(bucket[8:], uint32(c0.symbol())|uint32(c1.symbol())<<8|uint32(c2.symbol())<<16|uint32(c3.symbol())<<24)
		} else {
			for lane, v := range [4]uint64{v0, v1, v2, v3} {
				if v != 0 {
					c := d[x&(1<<maxLength-1)]
					bucket[8+lane] = c.symbol()
					x >>= c.length()
					from += c.length()
				}
			}
		}
		if at > p.endPrints || v3 > t.mask || from > p.endCodes {
			return table{}, false
		}
	}
	return t, true
}

// rice reads numbers of which the bits above the lowest are as many zeros and a
// one, then the lowest.
type rice struct {
	low  uint
	mask uint64
}

// next returns the number that x begins with, and how many bits it takes. One
// that is too large is so whatever its lowest bits are.
func (r rice) next(x uint64) (value uint64, n uint) {
	zeros := uint(bits.TrailingZeros64(x))
	return uint64(zeros)<<(r.low&63) | x>>((zeros+1)&63)&r.mask, zeros + 1 + r.low
}
