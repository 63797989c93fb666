package plausible

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
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

// A chunking parts the numbers below scale into n ranges.
type chunking struct {
	n     int
	scale uint64
}

// whole is one chunk.
var whole = chunking{1, 1 << 62}

// of is the chunk of a number.
func (c chunking) of(number uint64) int { return int(number * uint64(c.n) / max(1, c.scale)) }

// start is the first number of a chunk.
func (c chunking) start(chunk int) uint64 {
	return (uint64(chunk)*c.scale + uint64(c.n) - 1) / uint64(c.n)
}

// appendNumbers writes numbers, of equal ones the first.
func appendNumbers(b []byte, all []numbered, c chunking) []byte {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(x, y numbered) int { return cmp.Compare(x.number, y.number) })
	all = slices.CompactFunc(all, func(x, y numbered) bool { return x.number == y.number })
	low := uint(0)
	if len(all) > 0 {
		low = uint(max(1, bits.Len64(all[len(all)-1].number/uint64(len(all)))) - 1)
	}
	count := make([]int, numSymbols)
	for _, x := range all {
		count[x.symbol]++
	}
	l := codeLengths(count)
	codes := l.codes()
	b = appendLengths(append(b, byte(low)), l)
	var sizes [][2]uint32
	var streams []byte
	for chunk := range c.n {
		w, next, n := new(bitWriter), c.start(chunk), 0
		for ; len(all) > 0 && c.of(all[0].number) == chunk; all = all[1:] {
			gap := all[0].number - next
			for range gap >> low {
				w.put(0, 1)
			}
			w.put(1, 1)
			w.put(gap&(1<<low-1), low)
			w.put(uint64(codes[all[0].symbol]), uint(l[all[0].symbol]))
			next = all[0].number + 1
			n++
		}
		sizes = append(sizes, [2]uint32{uint32(n), uint32(len(w.whole()))})
		streams = append(streams, w.whole()...)
	}
	return appendStreams(b, sizes, streams)
}

// numbers are what appendNumbers wrote.
type numbers struct {
	chunking
	low    uint
	d      decoder
	chunks []stream
}

// numbers reads what is before the chunks.
func (u *unpacker) numbers(c chunking) *numbers {
	n := &numbers{chunking: c}
	if b := u.take(1); b != nil {
		n.low = uint(b[0])
	}
	u.decoder(numSymbols, &n.d)
	u.failed = u.failed || n.low > 32
	n.chunks = u.streams(c.n)
	return n
}

// table lays a chunk out by the keys of its numbers; nil if it makes no sense.
func (n *numbers) table(chunk int, key func(number uint64) uint64) *table {
	ok := true
	t := tableOf(n.chunks[chunk].grams, func(t *table) (fits bool) {
		fits = true
		ok = n.read(chunk, func(x numbered) { fits = fits && t.insert(key(x.number), x.symbol) })
		return fits || !ok
	})
	if !ok {
		return nil
	}
	return t
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

// classKey is the key of a class behind a letter by its number; it is 0 for a letter
// that there is none of.
func (l *letters) classKey(n uint64) uint64 {
	if n/numClasses >= uint64(len(l.runes)) {
		return 0
	}
	return followKey(l.runes[n/numClasses], uint8(n))
}

func followKey(last rune, class uint8) uint64 { return lastKey(ClassRune(class)) + firstKey(last) }

// numbers are those of the classes that follow letters.
func (l *letters) numbers(grams []Gram) (out []numbered, err error) {
	at := map[rune]int{}
	for i, r := range l.runes {
		at[r] = i
	}
	for _, g := range grams {
		class := g.Runes[len(g.Runes)-1] - ClassRune(0)
		letter, ok := at[g.Runes[0]]
		if !ok {
			return nil, fmt.Errorf("%w: %q", errOpen, g.Runes)
		}
		out = append(out, numbered{uint64(letter*numClasses + int(class)), g.Code})
	}
	return out, nil
}
