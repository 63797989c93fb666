package mojibake

// A partial is what is known of an option: the first n of its size bytes.
type partial struct {
	lead, second byte
	n, size      int8
	lost         int8 // bytes restored
	blind        int8 // bytes that leave nothing or a blank
	high         rune // a high surrogate
	r            rune // the bits of the bytes, less those of the high surrogate
	cost         float32
}

// utf8Len returns the length of the sequence that lead begins.
func utf8Len(lead byte) int {
	switch {
	case lead < 0xE0:
		return 2
	case lead < 0xF0:
		return 3
	}
	return 4
}

// rare reports whether p is one of four bytes, and of those that are known there
// is no block of characters that many texts have: two lost bytes are too many
// for a guess.
func (p *partial) rare() bool {
	switch {
	case p.size != 4 || p.n == 1 && p.lead == 0xF0:
		return false
	case p.lead == 0xF0:
		return p.second != 0x9D && p.second != 0x9F && (p.second < 0xA0 || p.second > 0xB2)
	}
	return true
}

// punctuation reports whether p is all but the last byte of a quote, a dash or the like.
func (p *partial) punctuation() bool { return p.n == 2 && p.lead == 0xE2 && p.second == 0x80 }

// last reports whether p lacks but one byte: with two of three, it may be a surrogate.
func (p *partial) last() bool { return p.n+1 == p.size && (p.n > 1 || p.size == 2) }

// with returns p with the byte of r.
func (x *expander) with(p *partial, r *reading) *partial {
	q := &x.parts[p.n+1]
	*q = *p
	q.n++
	q.r = q.r<<6 | rune(r.b&0x3F)
	switch {
	case p.n == 1:
		if q.second = r.b; p.lead == 0xED && r.b >= 0xA0 {
			q.size = 6 // a high surrogate asks for a low one
		}
	case p.n == 3 && p.size == 6:
		q.high, q.r = p.r, rune(r.b&0x0F)
	}
	q.lost += r.lost
	q.blind += r.blank
	q.cost += r.cost
	return q
}

// follows returns the bytes that may follow those of p.
func (p *partial) follows() (lo, hi byte) {
	switch {
	case p.n == 1 && p.lead == 0xE0:
		return 0xA0, 0xBF
	case p.n == 1 && p.lead == 0xED:
		return 0x80, 0xAF
	case p.n == 1 && p.lead == 0xF0:
		return 0x90, 0xBF
	case p.n == 1 && p.lead == 0xF4:
		return 0x80, 0x8F
	case p.n == 3 && p.size == 6:
		return 0xED, 0xED
	case p.n == 4:
		return 0xB0, 0xBF
	}
	return 0x80, 0xBF
}
