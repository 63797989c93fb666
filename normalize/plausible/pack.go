package plausible

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
)

func appendStream(b []byte, w *bitWriter) []byte {
	stream := w.bytes()
	return append(binary.LittleEndian.AppendUint32(b, uint32(len(stream))), stream...)
}

func appendLengths(b []byte, l *lengths) []byte {
	for i := 0; i < numSymbols; i += 2 {
		b = append(b, l[i]|l[i+1]<<4)
	}
	return b
}

// appendBytes packs bytes: runs become symbols above 255, each of which repeats
// the byte before it a power of two times.
func appendBytes(b, data []byte) []byte {
	var symbols []uint16
	for i := 0; i < len(data); {
		n := 1
		for i+n < len(data) && data[i+n] == data[i] {
			n++
		}
		symbols = append(symbols, uint16(data[i]))
		for left := n - 1; left > 0; {
			power := min(7, bits.Len(uint(left))-1)
			symbols = append(symbols, uint16(256+power))
			left -= 1 << power
		}
		i += n
	}
	return appendSymbols(b, symbols)
}

func appendSymbols(b []byte, symbols []uint16) []byte {
	l, w := coded(symbols)
	return appendStream(appendLengths(b, l), w)
}

func coded(symbols []uint16) (*lengths, *bitWriter) {
	var count [numSymbols]int
	for _, s := range symbols {
		count[s]++
	}
	l := codeLengths(&count)
	codes, w := l.codes(), new(bitWriter)
	for _, s := range symbols {
		w.put(uint64(codes[s]), uint(l[s]))
	}
	return &l, w
}

// appendTable packs buckets of entries. In a bucket the fingerprints are in
// order, so that their differences are small: the bits above the lowest width-3
// as so many zeros and a one, then the lowest.
func appendTable(b []byte, buckets [][]entry, width uint) []byte {
	prints, k := new(bitWriter), width-3
	var codes []uint16
	mask := uint64(1)<<width - 1
	for _, bucket := range buckets {
		slices.SortStableFunc(bucket, func(x, y entry) int {
			return cmp.Compare(fingerprint(x.hash, mask), fingerprint(y.hash, mask))
		})
		last := uint64(0)
		put := func(print uint64) {
			d := print - last
			prints.put(1<<(d>>k), uint(d>>k)+1)
			prints.put(d&(1<<k-1), k)
			last = print
		}
		for range 4 - len(bucket) {
			put(0)
		}
		for _, e := range bucket {
			put(fingerprint(e.hash, mask))
			codes = append(codes, uint16(e.code))
		}
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(len(buckets)))
	b = binary.LittleEndian.AppendUint32(b, uint32(width))
	l, w := coded(codes)
	return appendStream(appendStream(appendLengths(b, l), prints), w)
}
