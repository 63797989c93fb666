package mojibake

import (
	"encoding/binary"
	"unicode/utf8"
)

// A survey tells which rules have anything to look at in a text. It is taken
// in one pass, so that clean text costs no more than that.
type survey struct {
	wild      bool // characters outside ASCII, or bytes that are no UTF-8
	control   bool
	escape    bool
	c1        bool
	surrogate bool
	invisible bool
}

// Masks for eight bytes at once.
const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// plainWord reports whether the eight bytes of x are printable ASCII.
func plainWord(x uint64) bool {
	top := x & (0x60 * ones)    // zero in a control character
	del := x ^ (0x7F * ones)    // zero in a delete character
	zero := (top - ones) &^ top // its high bit is set at a zero byte
	zero |= (del - ones) &^ del // and at those above it, which does no harm
	return (zero|x)&highs == 0
}

// look takes the survey of text.
func look(text []byte) survey {
	var s survey
	for i := 0; i < len(text); {
		for i+8 <= len(text) && plainWord(binary.LittleEndian.Uint64(text[i:])) {
			i += 8
		}
		for end := min(i+8, len(text)); i < end; i++ {
			switch b := text[i]; special[b] {
			case plain:
			case foreign:
				s.wild = true
			default:
				s.note(text, i)
			}
		}
	}
	return s
}

// What look does with a byte.
const (
	plain   = iota // nothing
	foreign        // it is outside ASCII, and that is all
	noted          // it takes a closer look
)

// special says what look does with each byte.
var special = func() (kinds [256]uint8) {
	for b := range kinds {
		switch {
		case b >= 0x80:
			kinds[b] = foreign
		case b < 0x20 && b != '\n' && b != '\t' && b != '\r' && b != '\f' || b == 0x7F:
			kinds[b] = noted
		}
	}
	for _, b := range []byte{0xC2, 0xED, 0xE2, 0xD8, 0xE1, 0xEF, 0xF3} {
		kinds[b] = noted
	}
	return kinds
}()

// note looks at text[i], which is not printable ASCII.
func (s *survey) note(text []byte, i int) {
	var second byte
	if i+1 < len(text) {
		second = text[i+1]
	}
	switch b := text[i]; b {
	case 0x1B:
		s.escape = true
	case 0xC2:
		s.wild = true
		s.c1 = s.c1 || second < 0xA0
	case 0xED:
		s.wild = true
		s.surrogate = s.surrogate || second >= 0xA0
	case 0xE2:
		s.wild = true
		s.invisible = s.invisible || second <= 0x81 && invisibleAt(text, i)
	case 0xD8, 0xE1, 0xEF, 0xF3:
		s.wild = true
		s.invisible = s.invisible || invisibleAt(text, i)
	default:
		s.wild = s.wild || b >= 0x80
		s.control = s.control || b < 0x80
	}
}

func invisibleAt(text []byte, i int) bool {
	r, _ := utf8.DecodeRune(text[i:])
	return invisible(r)
}
