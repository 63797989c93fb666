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
	lows  = 0x7F7F7F7F7F7F7F7F
)

// oddBytes has the high bit set for each byte of x that is neither printable
// ASCII nor a newline nor a tab.
func oddBytes(x uint64) uint64 {
	low := x & lows
	control := ^(low + 0x60*ones)
	newline := ^((low ^ '\n'*ones) + lows)
	tab := ^((low ^ '\t'*ones) + lows)
	return (control&^(newline|tab) | (low + ones) | x) & highs
}

// plainBlocksGo is plainBlocks for machines that it is not written for.
func plainBlocksGo(b []byte) int {
	n := 0
	for ; n+64 <= len(b); n += 64 {
		var odd uint64
		for k := n; k < n+64; k += 8 {
			odd |= oddBytes(binary.LittleEndian.Uint64(b[k:]))
		}
		if odd != 0 {
			break
		}
	}
	return n
}

// look takes the survey of text.
func look(text []byte) survey {
	var s survey
	for i := 0; i < len(text); {
		i += plainBlocks(text[i:])
		var all byte
		for end := min(i+256, len(text)); i < end; i++ {
			b := text[i]
			all |= b
			if special[b] {
				s.note(text, i)
			}
		}
		s.wild = s.wild || all >= 0x80
	}
	return s
}

// special tells which bytes look looks at more closely.
var special = func() (special [256]bool) {
	for b := range 0x20 {
		special[b] = b != '\n' && b != '\t' && b != '\r' && b != '\f'
	}
	for _, b := range []byte{0x7F, 0xC2, 0xED, 0xE2, 0xD8, 0xE1, 0xEF, 0xF3} {
		special[b] = true
	}
	return special
}()

// note looks at text[i], which is special.
func (s *survey) note(text []byte, i int) {
	var second byte
	if i+1 < len(text) {
		second = text[i+1]
	}
	switch b := text[i]; b {
	case 0x1B:
		s.escape = true
	case 0xC2:
		s.c1 = s.c1 || second < 0xA0
	case 0xED:
		s.surrogate = s.surrogate || second >= 0xA0
	case 0xE2:
		s.invisible = s.invisible || second <= 0x81 && invisibleAt(text, i)
	case 0xD8:
		s.invisible = s.invisible || second == 0x9C
	case 0xE1, 0xF3:
		s.invisible = s.invisible || second == 0xA0 && invisibleAt(text, i)
	case 0xEF:
		s.invisible = s.invisible || second == 0xBB && invisibleAt(text, i)
	default:
		s.control = true
	}
}

func invisibleAt(text []byte, i int) bool {
	r, _ := utf8.DecodeRune(text[i:])
	return invisible(r)
}
