package charset

import (
	"sync"
	"unicode/utf8"
)

// A field is the memory of one competition.
type field struct {
	rivals []rival
	live   []*rival
	sample []byte    // room for it
	text   []byte    // what is read of the sample
	plain  []float64 // how likely the pairs of ASCII in so many bytes of the text are
	near   []int32   // where the others end
}

var fields = sync.Pool{New: func() any { return new(field) }}

// reset has all candidates for b begin anew.
func (f *field) reset(b []byte, ds []declaration) {
	f.text, f.plain, f.near = b, append(f.plain[:0], 0), f.near[:0]
	f.rivals, f.live = enter(f.rivals[:0], b, ds), f.live[:0]
	for i := range f.rivals {
		f.live = append(f.live, &f.rivals[i])
	}
}

// singles is byPairs for an encoding of single bytes. Pairs of ASCII are alike in
// all of these and are scored once.
func (f *field) singles(r *rival, b []byte) {
	f.readASCII(len(b))
	table, sum := r.candidate.table, f.plain[len(b)]-f.plain[r.at]
	for r.at = len(b); r.near < len(f.near) && int(f.near[r.near]) < len(b); r.near++ {
		i := f.near[r.near]
		c, was := table[b[i]], rune(0)
		if i > 0 {
			was = table[b[i-1]]
		}
		if c == utf8.RuneError {
			r.bad++
		}
		sum += pairsSeen.score(was, c)
	}
	r.logP += sum
	r.last = table[b[len(b)-1]]
}

// before is the character before the last of b, 0 if there is none.
func (r *rival) before(b []byte) rune {
	if len(b) < 2 {
		return 0
	}
	return r.candidate.table[b[len(b)-2]]
}

// readASCII scores the pairs of ASCII in the text up to end, and finds the
// other ones.
func (f *field) readASCII(end int) {
	for i := len(f.plain) - 1; i < end; i++ {
		was := byte(0)
		if i > 0 {
			was = f.text[i-1]
		}
		sum := f.plain[i]
		if was < utf8.RuneSelf && f.text[i] < utf8.RuneSelf {
			sum += pairsSeen.score(rune(was), rune(f.text[i]))
		} else {
			f.near = append(f.near, int32(i))
		}
		f.plain = append(f.plain, sum)
	}
}
