package mojibake

// Windows takes the bytes that Shift_JIS leaves undefined for characters all the same, which
// x/text's codec does not give back.
var sjisSingles = map[byte]rune{0x80: 0x80, 0xA0: 0xF8F0, 0xFD: 0xF8F1, 0xFE: 0xF8F2, 0xFF: 0xF8F3}

// sjisByte returns the byte that r is one of those characters for.
func sjisByte(r rune) (byte, bool) {
	for b, s := range sjisSingles {
		if s == r {
			return b, true
		}
	}
	return 0, false
}
