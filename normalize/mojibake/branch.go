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
	low   []*branch  // of next, by character: small ones are asked for most
}

// lowBranches bounds the characters in low.
const lowBranches = 0x180

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
		if c := runes[0]; c >= 0 && c < lowBranches {
			if b.low == nil {
				b.low = make([]*branch, lowBranches)
			}
			b.low[c] = to
		}
		b.next[runes[0]] = to
		b.may[runes[0]>>6&15] |= 1 << (runes[0] & 63)
	}
	to.add(runes[1:], r)
}

// to returns the branch that goes on with r, nil if none does.
func (b *branch) to(r rune) *branch {
	if r >= 0 && r < lowBranches {
		if b.low == nil {
			return nil
		}
		return b.low[r]
	}
	if b.may[r>>6&15]>>(r&63)&1 == 0 {
		return nil
	}
	return b.next[r]
}
