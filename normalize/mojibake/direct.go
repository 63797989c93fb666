package mojibake

import "unicode/utf8"

// A direct table reads the bytes that a channel leaves as one character each,
// at no cost: all that most broken texts have.
type direct struct {
	whole  bool           // nothing is left as several characters, so that the table is all there is
	byteOf [gateSize]byte // of a character; 0 for none or for several
	runeOf [256]rune      // of a byte; 0 for none
}

// newDirect returns the table of c.
func (c *channel) newDirect() *direct {
	d := &direct{whole: !c.mute && !c.lowered}
	for b := 0x80; b < 256; b++ {
		for _, im := range c.images[b] {
			switch {
			case im.cost != 0 || im.lost || len(im.runes) == 0:
				continue
			case len(im.runes) > 1 || im.runes[0] >= gateSize:
				d.whole = false
				continue
			}
			r := im.runes[0]
			if d.byteOf[r] != 0 || d.runeOf[b] != 0 {
				d.whole = false
				d.byteOf[r] = 0
				continue
			}
			d.byteOf[r], d.runeOf[b] = byte(b), r
		}
	}
	return d
}

func (d *direct) at(text []rune, i int) byte {
	if i < len(text) && uint32(text[i]) < gateSize {
		return d.byteOf[text[i]]
	}
	return 0
}

// read returns the character whose bytes stand at text[i:], and where they end.
// It fails where they do not, or something unusual may be meant.
func (d *direct) read(text []rune, i int) (r rune, end int, ok bool) {
	lead := d.at(text, i)
	if lead < 0xC2 || lead > 0xF4 {
		return 0, 0, false
	}
	var b [utf8.UTFMax]byte
	size := utf8Len(lead)
	b[0] = lead
	for n := 1; n < size; n++ {
		if b[n] = d.at(text, i+n); b[n]&0xC0 != 0x80 {
			return 0, 0, false
		}
	}
	r, n := utf8.DecodeRune(b[:size])
	return r, i + size, n == size && rarity(r) == 0
}

// breaks reports whether r is left as broken: the certificate of a reading.
func (d *direct) breaks(r rune, broken []rune) bool {
	var b [utf8.UTFMax]byte
	if utf8.EncodeRune(b[:], r) != len(broken) {
		return false
	}
	for i, was := range broken {
		if d.runeOf[b[i]] != was {
			return false
		}
	}
	return true
}
