package mojibake

// runeBytes has a byte for each of some characters, 0 for all others. Most of those
// that code pages have are small, and found by a look.
type runeBytes struct {
	near        [gateSize]byte
	beyond      []runeByte // characters from gateSize on
	least, most rune       // of those
}

type runeByte struct {
	r rune
	b byte
}

// of returns the byte of r.
func (t *runeBytes) of(r rune) byte {
	if uint32(r) < gateSize {
		return t.near[r]
	}
	if r < t.least || r > t.most {
		return 0
	}
	for _, e := range t.beyond {
		if e.r == r {
			return e.b
		}
	}
	return 0
}

// set gives r, which is a character, the byte b.
func (t *runeBytes) set(r rune, b byte) {
	if r < gateSize {
		t.near[r] = b
		return
	}
	for i := range t.beyond {
		if t.beyond[i].r == r {
			t.beyond[i].b = b
			return
		}
	}
	if len(t.beyond) == 0 {
		t.least = r
	}
	t.least, t.most = min(t.least, r), max(t.most, r)
	t.beyond = append(t.beyond, runeByte{r, b})
}
