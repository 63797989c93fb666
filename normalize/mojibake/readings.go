package mojibake

// Bounds on the memory of readings.
const (
	minReadings  = 1 << 6
	maxReadings  = 1 << 11
	maxReading   = 64  // characters of one
	perReading   = 128 // bytes of text that one is kept for
	longReadings = 8   // of more characters: a text of one sign again and again has long doubts
)

// readings remembers how doubtful stretches were read: texts repeat themselves.
// It keeps no more than was seen lately.
type readings struct {
	sets [][2]remembered // by hash; the one used last is the first
	long [longReadings / 2][2]remembered
}

// remembered is how text was read after last.
type remembered struct {
	last   [clearAfter]rune
	text   []rune
	pieces []piece
	alts   []alternative
}

// newReadings returns room for the readings of a text of size bytes.
func newReadings(size int) readings {
	n := minReadings
	for n < maxReadings && n*perReading < size {
		n *= 2
	}
	return readings{sets: make([][2]remembered, n/2)}
}

// find returns how text was read after last.
func (k *readings) find(last [clearAfter]rune, text []rune) ([]piece, bool) {
	set := k.set(last, text)
	if set[1].is(last, text) {
		set[0], set[1] = set[1], set[0]
	}
	return set[0].pieces, set[0].is(last, text)
}

// add remembers that text was read as pieces after last.
func (k *readings) add(last [clearAfter]rune, text []rune, pieces []piece) {
	set := k.set(last, text)
	set[0], set[1] = set[1], set[0]
	e := &set[0]
	e.last = last
	e.text = append(e.text[:0], text...)
	e.pieces, e.alts = copyPieces(e.pieces[:0], e.alts[:0], pieces, 0)
}

func (k *readings) set(last [clearAfter]rune, text []rune) *[2]remembered {
	var h uint64
	for _, r := range last {
		h = (h ^ uint64(uint32(r))) * 0x9E37_79B9_7F4A_7C15
	}
	for _, r := range text {
		h = (h ^ h>>29 ^ uint64(uint32(r))) * 0x9E37_79B9_7F4A_7C15
	}
	sets := k.sets
	if len(text) > maxReading {
		sets = k.long[:]
	}
	return &sets[h>>40%uint64(len(sets))]
}

func (e *remembered) is(last [clearAfter]rune, text []rune) bool {
	if e.last != last || len(e.text) != len(text) {
		return false
	}
	for i, r := range text {
		if e.text[i] != r {
			return false
		}
	}
	return true
}

// copyPieces adds pieces, which begin at place start, to those of a longer text,
// whose alternatives are in alts.
func copyPieces(to []piece, alts []alternative, pieces []piece, start int) ([]piece, []alternative) {
	for _, p := range pieces {
		p.start += start
		p.end += start
		from := len(alts)
		for _, a := range p.alts {
			a.start += start
			a.end += start
			alts = append(alts, a)
		}
		p.alts = alts[from:len(alts):len(alts)]
		to = append(to, p)
	}
	return to, alts
}
