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

// lengths reads those of codes of n symbols, two to a byte.
func (u *unpacker) lengths(n int) lengths {
	l := make(lengths, n)
	for i, b := range u.take(uint64(n) / 2) {
		l[2*i], l[2*i+1] = b&15, b>>4
	}
	return l
}

// decoder reads the lengths of codes of n symbols, and fills in what decodes them.
func (u *unpacker) decoder(n int, d *decoder) {
	if !u.lengths(n).decoder(d) {
		u.failed = true
	}
}

// bytes reads n bytes that were packed.
func (u *unpacker) bytes(n int) []byte {
	out := make([]byte, n)
	u.fill(out)
	return out
}

// fill reads as many bytes that were packed: a symbol above 255 repeats the byte before
// it.
func (u *unpacker) fill(out []byte) {
	d := new(decoder)
	u.decoder(numSymbols, d)
	b, end := u.stream()
	i := 0
	for at := uint(0); !u.failed && i < len(out); {
		c := d.at(peek(b, at))
		at += c.length()
		if at > end || c == 0 {
			u.failed = true
			return
		}
		if c>>4 < 256 {
			out[i] = c.symbol()
			i++
			continue
		}
		times := 1 << (c>>4 - 256)
		if i == 0 || i+times > len(out) {
			u.failed = true
			return
		}
		last := out[i-1]
		run := out[i : i+times]
		for k := range run {
			run[k] = last
		}
		i += times
	}
}

// streams finds n streams: what appendStreams wrote.
func (u *unpacker) streams(n int) []stream {
	sizes, all := u.sizes(n), make([]stream, n)
	b := u.part().b
	for i, size := range sizes {
		things, bytes := uint64(size[0]), uint64(size[1])
		if len(b) < slack || bytes > uint64(len(b)-slack) || things > bytes*8/leastBits {
			u.failed = true
			return all
		}
		all[i] = stream{int(things), b[: bytes+slack : bytes+slack], uint(bytes) * 8}
		b = b[bytes:]
	}
	u.failed = u.failed || len(b) != slack
	return all
}

// leastBits is the number of bits that a thing takes at least: that of its gap and that
// of its symbol.
const leastBits = 2

// sizes reads those of n streams: first the lowest byte of the first number of each,
// then the next, up to the highest of the second.
func (u *unpacker) sizes(n int) [][2]uint32 {
	out := make([][2]uint32, n)
	for i, c := range u.bytes(8 * n) {
		plane := i / n
		out[i%n][plane/4] |= uint32(c) << (plane % 4 * 8)
	}
	return out
}
