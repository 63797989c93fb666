package mojibake

// A reading is a byte with one of its images.
type reading struct {
	b       byte
	lost    int8 // 1 if the byte is one that was lost
	blank   int8 // 1 if the image is a blank or nothing
	atBlank bool
	cost    float32
}

func newReading(b byte, im image) reading {
	r := reading{b: b, atBlank: im.atBlank, cost: im.cost}
	if im.lost {
		r.lost = 1
	}
	if len(im.runes) == 0 || len(im.runes) == 1 && isBlank(im.runes[0]) {
		r.blank = 1
	}
	return r
}

// leads reports whether b begins a character of several bytes.
func leads(b byte) bool { return b >= 0xC2 && b <= 0xF4 }

// A branch is what images have in common up to one of their characters: a tree
// by which the bytes that may stand at a place are found character by character.
type branch struct {
	leads []reading // lead bytes whose images end here
	conts []reading // continuation bytes, and the surrogates' lead
	begun bool      // whether images of lead bytes end or go on here
	next  map[rune]*branch
	may   [16]uint64 // a bit for the last ten bits of each character in next
	dense []*branch  // of next, by place: those of most encodings
}

// densePlace returns the place in dense of a character that images are often made of: letters, and
// the signs of print.
func densePlace(r rune) (place int, ok bool) {
	switch {
	case r >= 0 && r < endLetters:
		return int(r), true
	case r >= firstSign && r < endSigns:
		return int(r) - firstSign + endLetters, true
	}
	return 0, false
}

const (
	endLetters  = 0x180
	firstSign   = 0x2010
	endSigns    = 0x2040
	densePlaces = endLetters + endSigns - firstSign
)

// add enters r, whose image is runes.
func (b *branch) add(runes []rune, r reading) {
	b.begun = b.begun || leads(r.b)
	if len(runes) == 0 {
		if leads(r.b) {
			b.leads = append(b.leads, r)
		}
		if r.b < 0xC0 || r.b == 0xED {
			b.conts = append(b.conts, r)
		}
		return
	}
	to := b.to(runes[0])
	if to == nil {
		to = &branch{}
		if b.next == nil {
			b.next = make(map[rune]*branch)
		}
		if place, ok := densePlace(runes[0]); ok {
			if b.dense == nil {
				b.dense = make([]*branch, densePlaces)
			}
			b.dense[place] = to
		}
		b.next[runes[0]] = to
		b.may[runes[0]>>6&15] |= 1 << (runes[0] & 63)
	}
	to.add(runes[1:], r)
}

// to returns the branch that goes on with r, nil if none does.
func (b *branch) to(r rune) *branch {
	if place, ok := densePlace(r); ok {
		if b.dense == nil {
			return nil
		}
		return b.dense[place]
	}
	if b.may[r>>6&15]>>(r&63)&1 == 0 {
		return nil
	}
	return b.next[r]
}
