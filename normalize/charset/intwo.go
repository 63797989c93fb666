package charset

import "unicode/utf8"

// surelyTwo is by how many nats a text must read better as two encodings than as
// one of several bytes a character, in which hardly anything is a mistake.
const surelyTwo = 20

// inTwo reports whether b is likelier UTF-8 where it can be and in an encoding of
// single bytes in the rest than in the encoding of several bytes that won.
func inTwo(b, rest []byte, ds []declaration, won *rival) bool {
	f := fields.Get().(*field)
	defer fields.Put(f)
	live, _ := f.decide(rest, ds, firstLook)
	if len(live) == 0 || live[0].candidate.table == nil {
		return false
	}
	two := live[0].candidate.foreign(rest) + foreignUTF8(b)
	return two > won.candidate.foreign(b)+surelyTwo
}

// apart returns b without what is UTF-8 in it, and how many characters that is. A
// blank stands in the place of each run of them.
func apart(b []byte) (rest []byte, n int) {
	for i := 0; i < len(b); {
		size := utf8Size(b[i:])
		switch {
		case size == 1:
			rest = append(rest, b[i])
		case len(rest) == 0 || rest[len(rest)-1] != ' ':
			rest = append(rest, ' ')
		}
		if size > 1 {
			n++
		}
		i += size
	}
	return rest, n
}

// foreign is how likely the characters beyond ASCII of b are in the encoding, each
// after the one before.
func (c *candidate) foreign(b []byte) float64 {
	r, sum := rival{candidate: c}, 0.0
	for {
		next, ok := r.next(b, true)
		if !ok {
			return sum
		}
		if next >= utf8.RuneSelf {
			sum += pairsSeen.score(r.last, next)
		}
		r.last = next
	}
}

// foreignUTF8 is foreign for what is UTF-8 in b.
func foreignUTF8(b []byte) float64 {
	sum, last := 0.0, ' '
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			r = ' '
		}
		if size > 1 {
			sum += pairsSeen.score(last, r)
		}
		last = r
		i += size
	}
	return sum
}
