package plausible

import (
	"encoding/binary"
	"math/bits"
)

func appendStream(b []byte, w *bitWriter) []byte {
	stream := w.bytes()
	return append(binary.LittleEndian.AppendUint32(b, uint32(len(stream))), stream...)
}

// appendStreams writes streams, one after another, with how many things and bytes each
// has before them.
func appendStreams(b []byte, sizes [][2]uint32, streams []byte) []byte {
	var planes []byte
	for plane := range 8 {
		for _, size := range sizes {
			planes = append(planes, byte(size[plane/4]>>(plane%4*8)))
		}
	}
	return appendPart(appendBytes(b, planes), append(streams, make([]byte, slack)...))
}

func appendLengths(b []byte, l lengths) []byte {
	for i := 0; i < len(l); i += 2 {
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

func coded(symbols []uint16) (lengths, *bitWriter) {
	count := make([]int, numSymbols)
	for _, s := range symbols {
		count[s]++
	}
	l := codeLengths(count)
	codes, w := l.codes(), new(bitWriter)
	for _, s := range symbols {
		w.put(uint64(codes[s]), uint(l[s]))
	}
	return l, w
}
