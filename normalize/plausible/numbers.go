package plausible

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"sync"
	"sync/atomic"
)

// Numbers stand for words, by their hashes, and for the classes that follow a
// character. They are written in order, in chunks of equal ranges, each of which can
// be unpacked by itself: the number of bits of a remainder, the lengths of the codes
// of their symbols, for each chunk how many there are and how many bytes, and a stream
// of the gaps between them with the symbols. Of a gap the bits above the remainder are
// as many zeros and a one.

// A numbered is a number with its symbol.
type numbered struct {
	number uint64
	symbol uint8
}

// numChunks is the number of chunks, of which not all are used where numbers are few.
const numChunks = 256

// A chunking tells how many of the lowest bits numbers have in common with no other of
// their chunk.
type chunking uint

// chunkingOf parts the numbers below scale.
func chunkingOf(scale uint64) chunking {
	return chunking(max(bits.Len64(max(scale, 1)-1), bits.Len(numChunks-1)) - bits.Len(numChunks-1))
}

// of is the chunk of a number.
func (c chunking) of(number uint64) int { return int(number >> c) }

// start is the first number of a chunk.
func (c chunking) start(chunk int) uint64 { return uint64(chunk) << c }

// appendNumbers writes numbers, of equal ones the first.
func appendNumbers(b []byte, all []numbered, c chunking) []byte {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(x, y numbered) int { return cmp.Compare(x.number, y.number) })
	all = slices.CompactFunc(all, func(x, y numbered) bool { return x.number == y.number })
	gaps, count := make([]uint64, len(all)), make([]int, numSymbols)
	for i, x := range all {
		gaps[i] = x.number - c.start(c.of(x.number))
		if i > 0 && c.of(all[i-1].number) == c.of(x.number) {
			gaps[i] = x.number - all[i-1].number - 1
		}
		count[x.symbol]++
	}
	low, l := remainder(gaps), codeLengths(count)
	codes := l.codes()
	b = appendLengths(append(b, byte(low)), l)
	var sizes [][2]uint32
	var streams []byte
	for chunk, i := 0, 0; chunk < numChunks; chunk++ {
		w, first := new(bitWriter), i
		for ; i < len(all) && c.of(all[i].number) == chunk; i++ {
			for range gaps[i] >> low {
				w.put(0, 1)
			}
			w.put(1, 1)
			w.put(gaps[i]&(1<<low-1), low)
			w.put(uint64(codes[all[i].symbol]), uint(l[all[i].symbol]))
		}
		sizes = append(sizes, [2]uint32{uint32(i - first), uint32(len(w.whole()))})
		streams = append(streams, w.whole()...)
	}
	return appendStreams(b, sizes, streams)
}

// remainder returns the number of bits of a remainder with which gaps take fewest.
func remainder(gaps []uint64) (low uint) {
	least := uint64(math.MaxUint64)
	for n := range uint(maxRemainder + 1) {
		var sum uint64
		for _, gap := range gaps {
			sum += gap>>n + uint64(n)
		}
		if sum < least {
			low, least = n, sum
		}
	}
	return low
}

// maxRemainder is the most bits that are read at once beside a code.
const maxRemainder = 32

// numbers are what appendNumbers wrote. Each chunk is unpacked when it is first asked.
type numbers struct {
	chunking
	low    uint
	d      decoder
	chunks []stream

	mu     sync.Mutex
	tables [numChunks]atomic.Pointer[table]
}

// numbers reads what is before the chunks; nil if it makes no sense, or if more follows.
func (u *unpacker) numbers(c chunking) *numbers {
	n := &numbers{chunking: c}
	if b := u.take(1); b != nil {
		n.low = uint(b[0])
	}
	u.decoder(numSymbols, &n.d)
	n.chunks = u.streams(numChunks)
	if !u.done() || n.low > maxRemainder {
		return nil
	}
	return n
}

// find returns the symbol of a number.
func (n *numbers) find(number uint64) (symbol uint8, ok bool) {
	chunk := n.of(number)
	t := n.tables[chunk].Load()
	if t == nil {
		if t = n.table(chunk); t == nil {
			panic(errAsset)
		}
	}
	return t.find(number)
}

// table returns the table of a chunk, nil if it makes no sense.
func (n *numbers) table(chunk int) *table {
	n.mu.Lock()
	defer n.mu.Unlock()
	if t := n.tables[chunk].Load(); t != nil {
		return t
	}
	ok := true
	t := tableOf(n.chunks[chunk].grams, func(t *table) (fits bool) {
		fits = true
		ok = n.read(chunk, func(x numbered) { fits = fits && t.insert(x.number, x.symbol) })
		return fits || !ok
	})
	if !ok {
		return nil
	}
	n.tables[chunk].Store(t)
	return t
}

// sound unpacks all chunks and reports whether they make sense, as what is nil does not.
func (n *numbers) sound() bool {
	if n == nil {
		return false
	}
	for chunk := range numChunks {
		if n.table(chunk) == nil {
			return false
		}
	}
	return true
}

// read gives the numbers of a chunk to add, and reports whether they make sense.
func (n *numbers) read(chunk int, add func(x numbered)) (ok bool) {
	s, next := &n.chunks[chunk], n.start(chunk)
	at := uint(0)
	for range s.grams {
		x := peek(s.b, at)
		for x&(1<<32-1) == 0 && at+32 <= s.end {
			next += 32 << n.low
			at += 32
			x = peek(s.b, at)
		}
		zeros := uint(bits.TrailingZeros64(x | 1<<32))
		at += zeros + 1
		if at > s.end {
			return false
		}
		x = peek(s.b, at)
		next += uint64(zeros)<<n.low | x&(1<<n.low-1)
		c := n.d.at(x >> n.low)
		at += n.low + c.length()
		if at > s.end || c == 0 {
			return false
		}
		add(numbered{next, c.symbol()})
		next++
	}
	return s.end-at < 8
}
