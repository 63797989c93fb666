package mojibake

import "encoding/binary"

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

// scanned is the number of bytes after which a scan for pairs tries whether all
// that follows is ASCII, which is known sooner.
const scanned = 1 << 10

// nextOdd16 returns the start of the first 16 bytes of text at or after byte from
// that the survey has to look at, or the end of text, and whether what lies before
// has characters outside ASCII.
func nextOdd16(text []byte, from int) (at int, wild bool) {
	for at = from; at < len(text); {
		at += plainBlocks(text[at:])
		end := min(len(text), at+scanned+1)
		n, w := pairBlocks(text[at:end])
		wild = wild || w
		if at += n; n < scanned {
			break
		}
	}
	return at, wild
}

// look takes the survey of text.
func look(text []byte) survey {
	var s survey
	asked := uint8(0xFF) // the kinds of pairs that tell more
	for i := 0; i < len(text); {
		var wild bool
		i, wild = nextOdd16(text, i)
		s.wild = s.wild || wild
		var all byte
		for end := min(i+16, len(text)); i < end; i++ {
			b := text[i]
			all |= b
			if first := firsts[b] & asked; first != 0 && first&seconds[following(text, i)] != 0 {
				if s.note(text, i); s.c1 { // of which a text that was misread has many
					asked &^= pairOfC1
				}
			}
		}
		s.wild = s.wild || all >= 0x80
	}
	return s
}

// pairBlocksGo is pairBlocks for machines that it is not written for.
func pairBlocksGo(b []byte) (n int, wild bool) {
	var all byte
	for ; n+16 < len(b); n += 16 {
		var kinds uint8
		block := all
		for k := n; k < n+16; k++ {
			kinds |= firsts[b[k]] & seconds[b[k+1]]
			block |= b[k]
		}
		if kinds != 0 {
			break
		}
		all = block
	}
	return n, all >= 0x80
}

// pairOfC1 is the kind of pair that is a C1 control character.
const pairOfC1 = 1 << 0

// What look looks at more closely, by its first byte and the one after it: each
// bit is one kind.
var firsts, seconds = func() (firsts, seconds [256]uint8) {
	for kind, k := range []struct{ firsts, lo, hi string }{
		{"\xC2", "\x00", "\x9F"},
		{"\xED", "\xA0", "\xFF"},
		{"\xE2", "\x80", "\x81"},
		{"\xD8", "\x9C", "\x9C"},
		{"\xE1\xF3", "\xA0", "\xA0"},
		{"\xEF", "\xBB", "\xBB"},
		{"\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0B\x0E\x0F\x10\x11\x12\x13\x14\x15\x16\x17" +
			"\x18\x19\x1A\x1B\x1C\x1D\x1E\x1F\x7F", "\x00", "\xFF"},
	} {
		for _, b := range []byte(k.firsts) {
			firsts[b] |= 1 << kind
		}
		for b := int(k.lo[0]); b <= int(k.hi[0]); b++ {
			seconds[b] |= 1 << kind
		}
	}
	return firsts, seconds
}()

// note looks at text[i].
func (s *survey) note(text []byte, i int) {
	switch text[i] {
	case 0x1B:
		s.escape = true
	case 0xC2:
		s.c1 = true
	case 0xED:
		s.surrogate = true
	case 0xE2, 0xD8, 0xE1, 0xF3, 0xEF:
		s.invisible = s.invisible || invisibleAt(text, i)
	default:
		s.control = true
	}
}

// following returns the byte after text[i], 0 at the end.
func following(text []byte, i int) byte {
	if i+1 < len(text) {
		return text[i+1]
	}
	return 0
}

func invisibleAt(text []byte, i int) bool {
	r, _ := decode(text, i)
	return invisible(r)
}
