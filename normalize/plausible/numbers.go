package plausible

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"
)

// Numbers stand for words, by their hashes, and for the classes that follow a
// character. They are written in order: how many, the number of bits of a
// remainder, the lengths of the codes of their symbols, a stream of the gaps
// between them and a stream of the symbols. Of a gap the bits above the
// remainder are as many zeros and a one.

// A numbered is a number with its symbol.
type numbered struct {
	number uint64
	symbol uint8
}

// appendNumbers writes numbers, of equal ones the first.
func appendNumbers(b []byte, all []numbered) []byte {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(x, y numbered) int { return cmp.Compare(x.number, y.number) })
	all = slices.CompactFunc(all, func(x, y numbered) bool { return x.number == y.number })
	low := uint(0)
	if len(all) > 0 {
		low = uint(max(1, bits.Len64(all[len(all)-1].number/uint64(len(all)))) - 1)
	}
	gaps, next := new(bitWriter), uint64(0)
	var symbols []uint16
	for _, x := range all {
		gap := x.number - next
		for range gap >> low {
			gaps.put(0, 1)
		}
		gaps.put(1, 1)
		gaps.put(gap&(1<<low-1), low)
		symbols = append(symbols, uint16(x.symbol))
		next = x.number + 1
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(len(all)))
	b = append(b, byte(low))
	l, w := coded(symbols)
	return appendStream(appendStream(appendLengths(b, l), gaps), w)
}

// numbers gives what appendNumbers wrote to add, after how many there are to start.
func (u *unpacker) numbers(start func(n int), add func(x numbered)) {
	count, low := uint64(u.uint32()), uint(0)
	if b := u.take(1); b != nil {
		low = uint(b[0])
	}
	d := new(decoder)
	u.decoder(numSymbols, d)
	gaps, endGaps := u.stream()
	symbols, endSymbols := u.stream()
	if u.failed || count > uint64(endGaps) || low > 32 {
		u.failed = true
		return
	}
	start(int(count))
	next := uint64(0)
	var at, from uint
	for range count {
		x := peek(gaps, at)
		for x&(1<<32-1) == 0 && at+32 <= endGaps {
			next += 32 << low
			at += 32
			x = peek(gaps, at)
		}
		zeros := uint(bits.TrailingZeros64(x | 1<<32))
		at += zeros + 1
		c := d.at(peek(symbols, from))
		from += c.length()
		if at > endGaps || from > endSymbols || c == 0 {
			u.failed = true
			return
		}
		next += uint64(zeros)<<low | peek(gaps, at)&(1<<low-1)
		at += low
		add(numbered{next, c.symbol()})
		next++
	}
}

// wordBits tell words that the model keeps from others, of which one in so many
// powers of two is taken for one.
const wordBits = 10

// wordNumber scales the hash of a word.
func wordNumber(w []rune, words uint64) uint64 {
	high, _ := bits.Mul64(wordHash(w), words)
	return high
}

func wordNumbers(all []Word, words uint64) (out []numbered) {
	for _, w := range all {
		out = append(out, numbered{wordNumber([]rune(w.Text), words), sixteenths(-w.LogP)})
	}
	slices.SortStableFunc(out, func(x, y numbered) int { return cmp.Compare(x.symbol, y.symbol) })
	return out
}

// A lexicon holds words by their numbers.
type lexicon struct {
	table
	scale uint64 // of hashes
}

// classHash is the hash of a class behind a letter by its number; it is 0 for a
// letter that there is none of.
func (l *letters) classHash(n uint64) uint64 {
	if n/numClasses >= uint64(len(l.runes)) {
		return 0
	}
	return mix(uint64(ClassRune(uint8(n))), l.runes[n/numClasses])
}

// numberHash is the hash that a number has in a table.
func numberHash(n uint64) uint64 { return mix(n, 0) }

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

// numberTable lays out numbers by their hashes.
func (u *unpacker) numberTable(hash func(n uint64) uint64) (t table) {
	f := new(filler)
	u.numbers(func(n int) { f.start(n, 1) }, func(x numbered) { f.add(hash(x.number), x.symbol) })
	if !u.failed {
		t, u.failed = fill([]*filler{f})
	}
	return t
}
