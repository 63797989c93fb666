package mojibake

// Bounds on the memory of expansions.
const (
	expansionSets = 1 << 10
	maxExpanded   = 1 << 14 // options of all, and characters of all
	hashedAhead   = 6       // characters by which an expansion is found: those of one or two in the right text
)

// expansions remembers the options of places. Where text was misread more than once, to
// find them costs far more than to compare what they hang on: the characters that an
// expander looked at. When there is no more room it forgets them all.
type expansions struct {
	sets    [expansionSets][2]expansion // by hash, the newest first
	turn    uint32                      // those of other turns are empty
	text    []rune
	options []option // whose ends count from their place
}

// An expansion is what was looked at and what was found.
type expansion struct {
	turn, hash  uint32
	start, end  int32 // of the characters
	first, last int32 // of the options
	beside      beside
	atEnd       bool // the end of the text was looked at too
}

// beside tells what stands before a place, as far as its options hang on it.
type beside struct {
	letter bool // one of ASCII
	ascii  bool // whatever blank is between, or nothing at all
}

// forget empties k in no time.
func (k *expansions) forget() {
	k.text, k.options = k.text[:0], k.options[:0]
	if k.turn++; k.turn == 0 {
		k.sets, k.turn = [expansionSets][2]expansion{}, 1
	}
}

// find returns the options at the start of text, which stands after b.
func (k *expansions) find(b beside, text []rune) ([]option, bool) {
	h := hashExpansion(b, text)
	set := &k.sets[h%expansionSets]
	for i := range set {
		e := &set[i]
		if e.turn != k.turn || e.hash != h || e.beside != b {
			continue
		}
		if seen := k.text[e.start:e.end]; hasPrefix(text, seen) && (!e.atEnd || len(text) == len(seen)) {
			return k.options[e.first:e.last], true
		}
	}
	return nil, false
}

// add remembers the options at place start, the start of text, which stands after b.
// Of text so many characters were looked at; if it has fewer, the end too.
func (k *expansions) add(b beside, text []rune, looked, start int, options []option) {
	if len(k.options)+len(options) > maxExpanded || len(k.text)+looked > maxExpanded {
		k.forget()
	}
	e := expansion{turn: k.turn, hash: hashExpansion(b, text), start: int32(len(k.text)), first: int32(len(k.options)), beside: b}
	e.atEnd = looked > len(text)
	k.text = append(k.text, text[:min(looked, len(text))]...)
	k.options = append(k.options, options...)
	shift(k.options[e.first:], -start)
	e.end, e.last = int32(len(k.text)), int32(len(k.options))
	set := &k.sets[e.hash%expansionSets]
	set[0], set[1] = e, set[0]
}

// shift moves the ends of options by n places.
func shift(options []option, n int) {
	for i := range options {
		options[i].end += int32(n)
	}
}

func hashExpansion(b beside, text []rune) uint32 {
	var h uint64
	if b.letter {
		h++
	}
	if b.ascii {
		h += 2
	}
	for _, r := range text[:min(hashedAhead, len(text))] {
		h = (h ^ h>>29 ^ uint64(uint32(r))) * 0x9E37_79B9_7F4A_7C15
	}
	return uint32(h >> 32)
}
