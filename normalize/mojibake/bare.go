package mojibake

import (
	"unicode"
	"unicode/utf8"

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

// barely reports whether p is a Latin letter, or the accent of one, that was read out of a
// capital behind a letter.
func barely(text []rune, p *piece) bool {
	return p.end == p.start+1 && p.start > 0 && (latin(p.r) || accent(p.r)) && unicode.IsUpper(text[p.start]) && unicode.IsLetter(text[p.start-1])
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

// inSmallWord reports whether a capital at text[at], behind which next stands, is in the
// midst of a word of small letters, the first of which may be a capital, or at its end.
func inSmallWord(text []byte, at int, next byte) bool {
	if at == 0 || next >= 'A' && next <= 'Z' {
		return false
	}
	if small(text[at-1]) {
		return true
	}
	return asciiLetter(rune(text[at-1])) && small(next) && (at == 1 || !asciiLetter(rune(text[at-2])) && text[at-2] < utf8.RuneSelf)
}

func small(b byte) bool { return b >= 'a' && b <= 'z' }
