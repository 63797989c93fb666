package mojibake

import "unicode/utf8"

// A direct reads what a channel made of a character of which nothing was lost
// and nothing unusual happened, at no cost: all that most broken texts have.
type direct struct {
	whole  bool     // each byte looks one way, unlike all others, so that there is no other such reading
	rare   bool     // characters that few texts have are read too
	layers []*table // the first misreading first
	blocks *blockTables
}

// A table turns the bytes of one layer into characters and back.
type table struct {
	byteOf runeBytes
	runeOf [256]rune // of a byte; 0 for none
}

// newDirect returns the tables of layers.
func newDirect(layers []Layer) *direct {
	d := &direct{whole: true, blocks: blocks()}
	for i, l := range layers {
		if i > 0 && l == layers[i-1] {
			d.layers = append(d.layers, d.layers[i-1])
			continue
		}
		t, whole := newTable(l)
		d.layers = append(d.layers, t)
		d.whole = d.whole && whole
	}
	return d
}

// newTable returns the table of l, and whether it has every byte that leaves
// anything.
func newTable(l Layer) (*table, bool) {
	t := &table{}
	whole := l.Case == ""
	for b, ims := range singleImages(codepageByName(l.Encoding), l) {
		for _, im := range ims {
			if b < 0x80 || im.cost != 0 || im.lost || len(im.runes) != 1 {
				continue
			}
			r := im.runes[0]
			if t.byteOf.of(r) != 0 || t.runeOf[b] != 0 {
				whole = false
				continue
			}
			t.runeOf[b] = r
			t.byteOf.set(r, byte(b))
		}
	}
	return t, whole
}

// read returns the character whose bytes stand at text[i:], and where they end.
// It fails where they do not, or something unusual may be meant.
func (d *direct) read(text []rune, i int) (r rune, end int, ok bool) {
	r, end, ok = d.char(text, i, 0)
	return r, end, ok && d.takes(r)
}

// takes reports whether r is read without a doubt.
func (d *direct) takes(r rune) bool {
	w := d.blocks.rarity(r)
	return w <= 0 || d.rare && w < noCharacter
}

// reads reports whether all that text has outside ASCII is the bytes of characters
// that read returns, and how many there are.
func (d *direct) reads(text []rune) (n int, ok bool) {
	for i := 0; i < len(text); {
		if text[i] >= 0 && text[i] < 0x80 {
			i++
			continue
		}
		if _, i, ok = d.read(text, i); !ok || !d.whole {
			return n, false
		}
		n++
	}
	return n, true
}

// unread returns the number of characters outside ASCII that are no part of what
// read returns.
func (d *direct) unread(text []rune) (n int) {
	for i := 0; i < len(text); {
		if r := text[i]; r >= 0x80 {
			if _, end, ok := d.read(text, i); ok {
				i = end
				continue
			}
			n++
		}
		i++
	}
	return n
}

// agrees reports whether d and e read text alike.
func (d *direct) agrees(e *direct, text []rune) bool {
	if !d.whole || !e.whole {
		return false
	}
	for i := 0; i < len(text); {
		if text[i] >= 0 && text[i] < 0x80 {
			i++
			continue
		}
		r, end, ok := d.read(text, i)
		if s, also, known := e.read(text, i); r != s || end != also || !ok || !known {
			return false
		}
		i = end
	}
	return true
}

// char returns the character of a layer whose bytes stand at text[i:], and where
// they end.
func (d *direct) char(text []rune, i, layer int) (r rune, end int, ok bool) {
	if layer == len(d.layers)-1 {
		return d.layers[layer].char(text, i)
	}
	var b [utf8.UTFMax]byte
	size := 1
	for n := 0; n < size; n++ {
		if b[n], i = d.byteAt(text, i, layer); b[n] < 0x80 {
			return 0, 0, false
		}
		if n > 0 {
			continue
		}
		if !leads(b[0]) {
			return 0, 0, false
		}
		size = utf8Len(b[0])
	}
	r, n := utf8.DecodeRune(b[:size])
	return r, i, n == size
}

// char returns the character whose bytes are left as what stands at text[i:], and where
// that ends.
func (t *table) char(text []rune, i int) (r rune, end int, ok bool) {
	if i == len(text) {
		return 0, 0, false
	}
	lead := t.byteOf.of(text[i])
	if !leads(lead) {
		return 0, 0, false
	}
	size := utf8Len(lead)
	if end = i + size; end > len(text) {
		return 0, 0, false
	}
	r = rune(lead & (0x7F >> size))
	for _, c := range text[i+1 : end] {
		b := t.byteOf.of(c)
		if b&0xC0 != 0x80 {
			return 0, 0, false
		}
		r = r<<6 | rune(b&0x3F)
	}
	return r, end, size == 2 || utf8.RuneLen(r) == size
}

// byteAt returns the byte that stands at text[i:] in a layer, 0 if there is none,
// and where it ends.
func (d *direct) byteAt(text []rune, i, layer int) (b byte, end int) {
	if layer == len(d.layers)-1 {
		if i == len(text) {
			return 0, i
		}
		return d.layers[layer].byteOf.of(text[i]), i + 1
	}
	r, end, ok := d.char(text, i, layer+1)
	if !ok {
		return 0, i
	}
	return d.layers[layer].byteOf.of(r), end
}

// breaks reports whether r is left as broken: the certificate of a reading.
func (d *direct) breaks(r rune, broken []rune) bool {
	end, ok := d.leaves(r, broken, 0)
	return ok && end == len(broken)
}

// leaves reports whether broken begins with what r of a layer is left as, and
// where that ends.
func (d *direct) leaves(r rune, broken []rune, layer int) (end int, ok bool) {
	var b [utf8.UTFMax]byte
	for _, c := range b[:utf8.EncodeRune(b[:], r)] {
		look := d.layers[layer].runeOf[c]
		n := 1
		switch {
		case look == 0 || end == len(broken):
			return 0, false
		case layer < len(d.layers)-1:
			if n, ok = d.leaves(look, broken[end:], layer+1); !ok {
				return 0, false
			}
		case look != broken[end]:
			return 0, false
		}
		end += n
	}
	return end, true
}
