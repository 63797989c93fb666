package plausible

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// errOpen reports n-grams that are kept without what tells them.
var errOpen = errors.New("plausible: the n-gram lacks its context, or its end")

// A step is what is written at once: a symbol by one of the codes for gaps,
// levels or backoffs, and low bits.
type step struct {
	set, code, symbol int
	low               uint64
	n                 uint
}

// A gramWriter writes a stream of n-grams.
type gramWriter struct {
	order int
	steps []step
	grams int
}

func (w *gramWriter) put(set, code int, symbol uint8) {
	w.steps = append(w.steps, step{set: set, code: code, symbol: int(symbol)})
}

func (w *gramWriter) gap(code, gap int) {
	symbol, low := gapSymbol(gap)
	w.steps = append(w.steps, step{gapCodes, code, symbol, uint64(gap) & (1<<low - 1), low})
	w.grams++
}

// context is up to three letters, the oldest first, with none before them.
type context [3]int32

const none = -1

// A packer has the n-grams by their contexts.
type packer struct {
	l     *letters
	kids  map[context][]kid
	found int
	two   *lists
	three *lists
	first []int32 // arrivals of each letter
	all   []arrival
}

// packGrams writes n-grams whose characters are among the letters.
func packGrams(grams []Gram, l *letters) ([]byte, error) {
	p, err := newPacker(grams, l)
	if err != nil {
		return nil, err
	}
	writers, err := p.pack(l.members(), len(grams))
	if err != nil {
		return nil, err
	}
	return appendGrams(nil, writers), nil
}

func newPacker(grams []Gram, l *letters) (*packer, error) {
	p := &packer{l: l, kids: map[context][]kid{}}
	at := map[rune]int32{}
	for i, r := range l.runes {
		at[r] = int32(i)
	}
	for _, g := range grams {
		c, last := context{none, none, none}, len(g.Runes)-1
		for i, r := range g.Runes {
			letter, ok := at[r]
			if !ok {
				return nil, fmt.Errorf("%w: %q", errOpen, g.Runes)
			}
			if i < last {
				c[3-last+i] = letter
				continue
			}
			p.kids[c] = append(p.kids[c], kid{letter, uint16(letter), g.Code / backoffs, g.Code % backoffs})
		}
	}
	for _, k := range p.kids {
		slices.SortFunc(k, func(x, y kid) int { return cmp.Compare(x.last, y.last) })
	}
	return p, nil
}

// take returns what follows a context.
func (p *packer) take(c context) []kid {
	p.found += len(p.kids[c])
	return p.kids[c]
}

// pack writes all n-grams, in the order of their streams.
func (p *packer) pack(members [][]uint16, total int) (all []*gramWriter, err error) {
	all = append(all, p.pairs(members)...)
	p.first, p.all = p.two.arrivals()
	p.three = newLists(len(p.two.kids), total)
	end := int32(0)
	for _, group := range members {
		w := &gramWriter{order: triples}
		for _, b := range group {
			end = p.triples(w, int32(b), end)
		}
		all = append(all, w)
	}
	for _, group := range members {
		w := &gramWriter{order: fours}
		for _, b := range group {
			p.fours(w, int32(b))
		}
		all = append(all, w)
	}
	if p.found != total {
		return nil, fmt.Errorf("%w: %d of %d", errOpen, total-p.found, total)
	}
	return all, nil
}

func (p *packer) pairs(members [][]uint16) (all []*gramWriter) {
	n := 0
	for a := range len(p.l.runes) {
		n += len(p.kids[context{none, none, int32(a)}])
	}
	p.two = newLists(len(p.l.runes), n)
	end := int32(0)
	for _, group := range members {
		w := &gramWriter{order: pairs}
		for _, a := range group {
			end = p.pairsOf(w, int32(a), end)
		}
		all = append(all, w)
	}
	return all
}

// pairsOf writes those that the letter a begins, and lists them from the place end on.
func (p *packer) pairsOf(w *gramWriter, a, end int32) int32 {
	next := 0
	all := p.take(context{none, none, a})
	for _, k := range all {
		letter := int(k.last)
		w.gap(p.l.pairGapCode(int(a), next == 0), letter-next)
		w.put(levelCodes, p.l.expectedAfter(int(a)).of(p.l.chars[letter]), k.level)
		w.put(backCodes, pairBackCode(k.level), k.back)
		next = letter + 1
	}
	w.put(gapCodes, p.l.pairGapCode(int(a), next == 0), noMore)
	return p.two.set(a, end, all)
}

// triples writes those whose second letter is b, and lists them from the place end on.
func (p *packer) triples(w *gramWriter, b, end int32) int32 {
	for _, a := range p.all[p.first[b]:p.first[b+1]] {
		var all []kid
		if a.back != leaf {
			all = p.list(w, p.take(context{none, int32(a.letter), b}), p.two, b)
		}
		end = p.three.set(a.place, end, all)
	}
	return end
}

func (p *packer) fours(w *gramWriter, b int32) {
	for _, a := range p.all[p.first[b]:p.first[b+1]] {
		for _, k := range p.three.listOf(a.place) {
			if k.back != leaf {
				p.list(w, p.take(context{int32(a.letter), b, int32(k.last)}), p.three, k.shorter)
			}
		}
	}
}

// list writes which of the shorter n-grams of a context have the kids as their
// last letters, and returns the kids with the places of those. What none has is
// not found.
func (p *packer) list(w *gramWriter, kids []kid, shorter *lists, of int32) (all []kid) {
	byLetter := map[uint16]kid{}
	for _, k := range kids {
		byLetter[k.last] = k
	}
	next, to := shorter.spans[of].from, shorter.spans[of].to
	for i := next; i < to; i++ {
		k, ok := byLetter[shorter.kids[i].last]
		if !ok {
			continue
		}
		w.gap(gapCode(int(to-next), shorter.kids[next].level), int(i-next))
		w.put(levelCodes, levelCode(shorter.kids[i].level), k.level)
		if w.order < fours {
			w.put(backCodes, backCode(shorter.kids[i].back), k.back)
		}
		all = append(all, kid{i, k.last, k.level, k.back})
		next = i + 1
	}
	p.found -= len(kids) - len(all)
	if next < to {
		w.put(gapCodes, gapCode(int(to-next), shorter.kids[next].level), noMore)
	}
	return all
}

// countSymbols tells how often each symbol comes, by order, set and code.
func countSymbols(all []*gramWriter) (counts [numOrders][3][][]int) {
	for order, sets := range codeSets {
		for set, n := range sets {
			for range n {
				counts[order][set] = append(counts[order][set], make([]int, codeSizes[set]))
			}
		}
	}
	for _, w := range all {
		for _, s := range w.steps {
			counts[w.order][s.set][s.code][s.symbol]++
		}
	}
	return counts
}

// appendGrams writes the lengths of the codes of each order, how many n-grams and bytes
// each stream has, and the streams.
func appendGrams(b []byte, all []*gramWriter) []byte {
	var known [numOrders][3][]lengths
	var codes [numOrders][3][][]uint16
	for order, sets := range countSymbols(all) {
		for set, codesOf := range sets {
			for _, count := range codesOf {
				l := codeLengths(count)
				known[order][set], codes[order][set] = append(known[order][set], l), append(codes[order][set], l.codes())
				b = appendLengths(b, l)
			}
		}
	}
	var sizes [][2]uint32
	var streams []byte
	for _, w := range all {
		out := new(bitWriter)
		for _, s := range w.steps {
			out.put(uint64(codes[w.order][s.set][s.code][s.symbol]), uint(known[w.order][s.set][s.code][s.symbol]))
			out.put(s.low, s.n)
		}
		sizes = append(sizes, [2]uint32{uint32(w.grams), uint32(len(out.whole()))})
		streams = append(streams, out.whole()...)
	}
	return appendStreams(b, sizes, streams)
}
