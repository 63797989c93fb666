package mojibake

import (
	"unicode"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// A capital in the midst of a word may be all that is left of a letter whose other byte
// was lost (raÄun for račun), or begin the second half of a name (letzteÄnderung).
const (
	costCamel  = 2 // nats, of such a name
	camelReach = 4 // letters by which the second half is known
)

// bare reports whether r is a Latin capital that p has for the first of two bytes of
// which the other may have been lost.
func (p *codepage) bare(r rune) bool {
	b := p.byteOf(r)
	return b >= 0xC2 && b < 0xE0 && p.holes && latin(r) && unicode.IsUpper(r)
}

// barely reports whether p is a Latin letter that was read out of a capital behind a small
// one.
func barely(text []rune, p *piece) bool {
	return p.end == p.start+1 && p.start > 0 && latin(p.r) && unicode.IsUpper(text[p.start]) && unicode.IsLower(text[p.start-1])
}

// named returns how much likelier, in nats, the capital of x that p was read out of is
// as the beginning of a word in a name than in the midst of one.
func (r *reader) named(x *excerpt, p *piece) float32 {
	if !barely(x.text, p) {
		return 0
	}
	more := float32(-costCamel)
	_, s := r.m.Step(plausible.State{}, ' ')
	for i := p.start; i < min(len(x.text), p.start+camelReach) && unicode.IsLetter(x.text[i]); i++ {
		var w float32
		w, s = r.m.Step(s, x.text[i])
		more += w - x.steps[i]
	}
	return max(0, more)
}

// behindSmall reports whether a capital at text[at], behind which next stands, is in the
// midst of a word, or at its end.
func behindSmall(text []byte, at int, next byte) bool {
	return at > 0 && text[at-1] >= 'a' && text[at-1] <= 'z' && (next < 'A' || next > 'Z')
}
