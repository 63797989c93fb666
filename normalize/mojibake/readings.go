package mojibake

import "slices"

// Bounds on the memory of readings.
const (
	maxReadings = 1 << 11
	maxRead     = 1 << 15 // characters of all
)

// readings remembers how doubtful stretches were read: texts repeat themselves. When
// there is no more room it forgets them all.
type readings struct {
	slots  [maxReadings]remembered // by hash
	turn   uint32                  // slots of other turns are empty
	runes  []rune
	pieces []piece
	alts   []alternative
}

// remembered is a stretch of the characters of all readings, with what stood before it,
// and the pieces that it was read as.
type remembered struct {
	turn, hash  uint32
	start, end  int32
	first, last int32
}

// forget empties k in no time.
func (k *readings) forget() {
	k.runes, k.pieces, k.alts = k.runes[:0], k.pieces[:0], k.alts[:0]
	if k.turn++; k.turn == 0 {
		k.slots, k.turn = [maxReadings]remembered{}, 1
	}
}

// find returns how text was read after last.
func (k *readings) find(last [clearAfter]rune, text []rune) ([]piece, bool) {
	h := hashReading(last, text)
	e := &k.slots[h%maxReadings]
	if e.turn != k.turn || e.hash != h {
		return nil, false
	}
	known := k.runes[e.start:e.end]
	if !slices.Equal(known[:clearAfter], last[:]) || !slices.Equal(known[clearAfter:], text) {
		return nil, false
	}
	return k.pieces[e.first:e.last], true
}

// add remembers that text was read as pieces after last.
func (k *readings) add(last [clearAfter]rune, text []rune, pieces []piece) {
	if len(k.runes)+clearAfter+len(text) > maxRead {
		k.forget()
	}
	e := remembered{turn: k.turn, hash: hashReading(last, text), start: int32(len(k.runes)), first: int32(len(k.pieces))}
	k.runes = append(append(k.runes, last[:]...), text...)
	k.pieces, k.alts = copyPieces(k.pieces, k.alts, pieces, 0)
	e.end, e.last = int32(len(k.runes)), int32(len(k.pieces))
	k.slots[e.hash%maxReadings] = e
}

func hashReading(last [clearAfter]rune, text []rune) uint32 {
	var h uint64
	for _, r := range last {
		h = (h ^ uint64(uint32(r))) * 0x9E37_79B9_7F4A_7C15
	}
	for _, r := range text {
		h = (h ^ h>>29 ^ uint64(uint32(r))) * 0x9E37_79B9_7F4A_7C15
	}
	return uint32(h >> 32)
}

// copyPieces adds pieces, which begin at place start, to those of a longer text,
// whose alternatives are in alts.
func copyPieces(to []piece, alts []alternative, pieces []piece, start int) ([]piece, []alternative) {
	from := len(to)
	to = append(to, pieces...)
	for i := range to[from:] {
		p := &to[from+i]
		p.start += start
		p.end += start
		if len(p.alts) == 0 {
			continue
		}
		first := len(alts)
		alts = append(alts, p.alts...)
		p.alts = alts[first:len(alts):len(alts)]
		for k := range p.alts {
			p.alts[k].end += start
		}
	}
	return to, alts
}
