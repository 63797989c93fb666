package plausible

import "encoding/binary"

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

// part takes a part of the asset.
func (u *unpacker) part() *unpacker {
	return &unpacker{b: u.take(uint64(u.uint32())), failed: u.failed}
}

// done reports whether all of u was read and made sense.
func (u *unpacker) done() bool { return !u.failed && len(u.b) == 0 }

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

// decoder reads the lengths of codes of n symbols, two to a byte, and fills in
// what decodes them.
func (u *unpacker) decoder(n int, d *decoder) {
	l := make(lengths, n)
	for i, b := range u.take(uint64(n) / 2) {
		l[2*i], l[2*i+1] = b&15, b>>4
	}
	if !l.decoder(d) {
		u.failed = true
	}
}

// bytes reads n bytes that were packed: a symbol above 255 repeats the byte
// before it.
func (u *unpacker) bytes(n int) []byte {
	d := new(decoder)
	u.decoder(numSymbols, d)
	b, end := u.stream()
	out := make([]byte, 0, n)
	for at := uint(0); !u.failed && len(out) < n; {
		c := d.at(peek(b, at))
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
