package plausible

import (
	"math/bits"
	"slices"
)

// N-grams are packed by what the model knows of shorter ones. Each list of the
// characters that follow a context is written as gaps: how many of those that
// might follow are passed over. After one character all letters might; after
// more, those that follow the context without its oldest character, the
// likeliest first. A trainer that prunes keeps the context and the end of each
// n-gram that it keeps, so that none is missing. The idea of coding the children
// of a node by those of its suffix is that of Pibiri and Venturini, "Efficient
// Data Structures for Massive N-Gram Datasets" (2017).
//
// Contexts are parted into groups by their first or only character, or by their second
// of three; each group of each order has a stream of its own.
//
// A gap below gapsAsTheyAre is a symbol; of a longer one the symbol has the three highest
// bits, and the others follow it. After the gap comes the level of the
// probability, then the backoff, each with a code for what it is likely to be.
const (
	gapsAsTheyAre = 24
	numGaps       = 74
	noMore        = numGaps - 1 // the symbol that ends a list
)

// gapSymbol returns the symbol of a gap and how many of its lowest bits follow.
func gapSymbol(gap int) (symbol int, low uint) {
	if gap < gapsAsTheyAre {
		return gap, 0
	}
	low = uint(bits.Len(uint(gap))) - 3
	return gapsAsTheyAre + int(low-2)*4 + gap>>low&3, low
}

// gapOf undoes gapSymbol, but for the lowest bits.
func gapOf(symbol int) (gap int, low uint) {
	if symbol < gapsAsTheyAre {
		return symbol, 0
	}
	symbol -= gapsAsTheyAre
	low = uint(symbol/4 + 2)
	return (4 + symbol&3) << low, low
}

// The codes that n-grams are written with. Each order has its own.
const (
	numGapCodes   = 12 * 4 // by how many may follow, and how likely the first of them is
	numLevelCodes = levels / 4
	numBackCodes  = backoffs
	numPairGaps   = 4 // by whether the context is of a large script, and whether it is the first gap
)

// codeSets are the number of codes of an order, for gaps, levels and backoffs.
var codeSets = [numOrders][3]int{
	pairs:   {numPairGaps, numExpected, numLevelCodes},
	triples: {numGapCodes, numLevelCodes, numBackCodes},
	fours:   {numGapCodes, numLevelCodes, 0},
}

// codeSizes are the number of symbols of a code for gaps, levels and backoffs.
var codeSizes = [3]int{numGaps, levels, backoffs}

const (
	gapCodes = iota
	levelCodes
	backCodes
)

// gapCode tells which code a gap has in a list of which room characters may
// still follow, the first of them with the level given.
func gapCode(room int, level uint8) int {
	return min(bits.Len(uint(room)), 11)*4 + int(level)/(levels/4)
}

// pairGapCode is gapCode where all letters may follow.
func (l *letters) pairGapCode(before int, first bool) int {
	code := 0
	if before >= l.wide {
		code = 2
	}
	if first {
		code++
	}
	return code
}

// levelCode tells which code the level has of an n-gram that has the level given
// without its oldest character; backCode is so for its backoff. That of a pair
// goes by its own level.
func levelCode(shorter uint8) int { return int(shorter) / (levels / numLevelCodes) }

func backCode(shorter uint8) int { return int(shorter) }

func pairBackCode(level uint8) int { return int(level) / (levels / numLevelCodes) }

// lists are what follows each of some contexts: those of context i are at the
// places [spans[i].from, spans[i].to).
type lists struct {
	spans []span
	kids  []kid
	room  []kid // to sort in
}

// A span has the complement of its end if its n-grams are not sorted yet.
type span struct{ from, to int32 }

func (s span) end() int32 { return max(s.to, ^s.to) }

// A kid is an n-gram of a list.
type kid struct {
	shorter     int32  // the n-gram without its oldest character; of a pair where it is among the arrivals
	last        uint16 // its last letter
	level, back uint8
}

// newLists has room for n n-grams.
func newLists(contexts, n int) *lists {
	return &lists{spans: make([]span, contexts), kids: make([]kid, n)}
}

// listOf returns what follows a context, the likeliest first.
func (l *lists) listOf(context int32) []kid {
	s := &l.spans[context]
	if s.to < 0 {
		s.to = s.end()
		list := l.kids[s.from:s.to]
		l.room = append(l.room[:0], list...)
		likeliestFirst(list, l.room)
	}
	return l.kids[s.from:s.to]
}

// end returns where the n-grams from a place on are to be appended to.
func (l *lists) end(place int32) []kid { return l.kids[place:place] }

// append takes the n-grams of a context that were appended to end, and returns the place
// after them. They are sorted when they are first asked for, as most of them never are.
func (l *lists) append(context, from int32, all []kid) (to int32) {
	to = from + int32(len(all))
	l.spans[context] = span{from, to}
	if len(all) > 1 {
		l.spans[context].to = ^to
	}
	return to
}

// set writes the n-grams of a context to the places from on, the likeliest
// first, and returns the place after them.
func (l *lists) set(context, from int32, all []kid) (to int32) {
	to = from + int32(len(all))
	l.spans[context] = span{from, to}
	likeliestFirst(l.kids[from:to], all)
	return to
}

// likeliestFirst copies from by level and leaves equal ones as they are.
func likeliestFirst(list, from []kid) {
	const short = 12
	if len(list) > short {
		byCounting(list, from)
		return
	}
	for i, k := range from {
		for ; i > 0 && list[i-1].level < k.level; i-- {
			list[i] = list[i-1]
		}
		list[i] = k
	}
}

func byCounting(list, from []kid) {
	var at [levels + 1]int // where the next of each level goes, the highest first
	for _, k := range from {
		at[levels-k.level]++
	}
	for i := 1; i < len(at); i++ {
		at[i] += at[i-1]
	}
	for _, k := range from {
		p := &at[levels-1-k.level]
		list[*p] = k
		*p++
	}
}

// An arrival is a pair by its second letter: its place, its first letter and
// its backoff.
type arrival struct {
	place  int32
	letter uint16
	back   uint8
}

// arrivals are the pairs that end with each letter, those of letter i from
// first[i] to first[i+1]. Longer n-grams are read by their second letter, so that
// what they may end with is at hand for all that have it.
func (l *lists) arrivals() (first []int32, all []arrival) {
	first, all = make([]int32, len(l.spans)+1), make([]arrival, len(l.kids))
	for _, k := range l.kids {
		first[k.last+1]++
	}
	for i := 1; i < len(first); i++ {
		first[i] += first[i-1]
	}
	next := slices.Clone(first)
	for a, s := range l.spans {
		for place := s.from; place < s.end(); place++ {
			p := &next[l.kids[place].last]
			all[*p] = arrival{place, uint16(a), l.kids[place].back}
			l.kids[place].shorter = *p
			*p++
		}
	}
	return first, all
}
