package mojibake

import (
	"strings"
	"unicode"
)

// How fluent a reading must be, in mean nats for each of its characters outside
// ASCII, to be what was meant whatever it was taken for, and the nats that each
// misread character must bring. Measured on three million right lines in 200
// languages: what chance makes of them is well below.
const (
	surelyHan    = -9
	surelyMoved  = -6.8 // of the East taken for the East, where any bytes are characters
	surelyHangul = -10.5
	surelyLetter = -6.5 // of a script that is neither
	perSureHan   = 5
	perSure      = 3.2
	sureKinds    = 3 // kinds of misread characters
	longList     = 6 // characters; so many in a row, each once, are seldom fluent by chance
	longListed   = -5.2
	partKinds    = 6  // the same if the rest of the text was not misread so
	partGain     = 40 // nats of all then
)

// convincing reports whether what e says was written, which is made up like r and
// in which so many kinds of characters were misread, is so fluent that no more
// need speak for it.
func (t transcoding) convincing(m scorer, e explanation, r makeup, kinds int) bool {
	mean, each := r.sum/float32(max(1, r.n)), e.gain/float32(max(1, e.odd))
	if t.partly && (kinds < partKinds || e.gain < partGain) {
		return false
	}
	if 2*r.latins > r.n {
		return t.met() && t.respells(m, e, kinds)
	}
	if kinds < sureKinds || each < perSure || 4*r.half > r.n || drawn(e.used) {
		return false
	}
	switch {
	case 2*(r.han+r.hangul) > r.n && !t.read.single:
		return mean >= surelyMoved
	case 2*r.hangul > r.n:
		return mean >= surelyHangul
	case 2*(r.han+r.hangul) > r.n:
		return mean >= surelyHan && each >= perSureHan
	}
	floor := float32(surelyLetter)
	if kinds == e.odd && lettersOnly(e.used) {
		floor = listedLetter
		if e.odd >= longList {
			floor = longListed
		}
	}
	return 2*r.others > r.n && e.odd >= transcodeOdd && mean >= floor && cased(e.right)
}

// lettersOnly reports whether all that the sample has outside ASCII are
// letters, which may be a list of those that a language has.
func lettersOnly(sample []oddWindow) bool {
	letters, signs := 0, 0
	for _, w := range sample {
		for _, r := range w.runes {
			switch {
			case r < 0x80:
			case unicode.In(r, unicode.L, unicode.M):
				letters++
			default:
				signs++
			}
		}
	}
	return signs == 0
}

// Bounds on what box drawings must be like to have been letters.
const (
	boxKinds = 5
	boxList  = 16  // so many, each once, are a list of them
	boxTwice = .15 // share of them that stand beside their like, as lines do
)

// drawn reports whether the sample is made of box drawings that may be meant as
// drawings.
func drawn(sample []oddWindow) bool {
	kinds := make(map[rune]bool)
	boxes, twice, others := 0, 0, 0
	for _, w := range sample {
		last := ' '
		for _, r := range w.runes {
			switch {
			case boxed(r):
				kinds[r] = true
				boxes++
				if r == last {
					twice++
				}
			case r >= 0x80:
				others++
			}
			last = r
		}
	}
	listed := boxes >= boxList && len(kinds) == boxes
	return boxes > 3*others && (listed || len(kinds) < boxKinds || float32(twice) > boxTwice*float32(boxes))
}

// met reports whether files in the one encoding are met by programs that expect
// the other: those of Windows meet all others, which seldom meet each other.
func (t transcoding) met() bool { return t.from.windows() || t.read.windows() }

func (c charset) windows() bool { return strings.HasPrefix(c.name, "windows-") }
