package mojibake

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// A capital in the midst of a word may be all that is left of a letter whose other byte
// was lost (raÄun for račun), or begin the second half of a name (letzteÄnderung).
const (
	costCamel = 2 // nats, of such a name
	costLast  = 6 // the same if its second half is one letter
	costFirst = 4 // of a capital that begins a word, as they do
	// Text may be put in small letters by what knows those of ASCII only (kÄyttÄjÄ).
	costUnlowered = 4
	camelReach    = 4 // letters by which the second half is known
)

// bare reports whether r is a Latin capital that p has for the first of two bytes of
// which the other may have been lost, or stripped, or what quotes leave that were stripped of
// two bytes.
func (p *codepage) bare(r rune) bool {
	switch b := p.byteOf(r); {
	case p.name == latin1:
		return r == strippedQuote || b >= 0xC3 && b <= 0xC5 // of the letters that most languages have
	default:
		return b >= 0xC3 && b < 0xE0 && p.holes && latin(r) && unicode.IsUpper(r)
	}
}

// strippedQuote is what is left of quotes, dashes and the ellipsis where ISO 8859-1 was stripped
// of control characters.
const strippedQuote = 'â'

// named returns what speaks, in nats, for that a capital by itself, which p was read out of, is
// meant: by how much likelier it is, in the midst of a word, as the beginning of one in a name,
// or as its small letter.
func (r *reader) named(x *excerpt, p *piece) float32 {
	lead := x.text[p.start]
	if p.end != p.start+1 || !unicode.IsUpper(lead) || !latin(p.r) && !accent(p.r) {
		return 0
	}
	if p.start == 0 || !unicode.IsLetter(x.text[p.start-1]) {
		if lead == 'Ã' || p.end == len(x.text) || !unicode.IsLower(x.text[p.end]) { // Ã begins no words
			return 0
		}
		return costFirst
	}
	name := float32(-costCamel)
	if p.end == len(x.text) || !unicode.IsLetter(x.text[p.end]) {
		name = -costLast
	}
	_, start := r.m.Step(plausible.State{}, ' ')
	name += r.likelier(x, p.start, start, lead)
	if lead == 'Ã' { // which à leaves most often
		return max(0, name)
	}
	small := r.likelier(x, p.start, x.states[p.start-1], unicode.ToLower(lead)) - costUnlowered
	return max(0, name, small)
}

// likelier returns by how many nats the letters of x from place i on are likelier after s, with
// first in the place of the first of them, than as they stand.
func (r *reader) likelier(x *excerpt, i int, s plausible.State, first rune) (more float32) {
	for k := i; k < min(len(x.text), i+camelReach) && unicode.IsLetter(x.text[k]); k++ {
		c := x.text[k]
		if k == i {
			c = first
		}
		var w float32
		w, s = r.m.Step(s, c)
		more += w - x.steps[k]
	}
	return more
}

// inSmallWord reports whether a capital at text[at], behind which next stands, is in the
// midst of a word of small letters, or begins or ends one; the first letter of the word may be
// a capital. What is left of a quote may stand anywhere.
func inSmallWord(text []byte, at int, next byte) bool {
	if r, _ := decode(text, at); r == strippedQuote || at == 0 {
		return r == strippedQuote || asciiLower(rune(next))
	}
	before := rune(text[at-1])
	if asciiLower(rune(next)) {
		return asciiLower(before) || opensWord(text, at) || asciiLetter(before) && opensWord(text, at-1)
	}
	return asciiLower(before) && !asciiLetter(rune(next))
}

// opensWord reports whether no letter stands before text[at].
func opensWord(text []byte, at int) bool {
	return at == 0 || text[at-1] < utf8.RuneSelf && !asciiLetter(rune(text[at-1]))
}

// blindShare is the number of characters, for each letter that is not Latin and lost bytes, of
// which a stripped text needs more: where half of the bytes are lost, such letters are no more
// than guesses.
const blindShare = 4

// quoted reports whether what is left of a quote stands at text[i] where no word has that letter:
// before a capital, behind what ends a sentence, or in an English contraction. Many names have it
// elsewhere (Allâh, Lâhore).
func quoted(text []rune, i int) bool {
	if text[i] != strippedQuote {
		return false
	}
	before, after := runeAt(text, i-1), runeAt(text, i+1)
	switch {
	case !unicode.IsLetter(before) && unicode.IsUpper(after):
		return true
	case before == '.' || before == ',' || before == '?' || before == '!':
		return isBlank(after)
	}
	return contracted(text, i)
}

// contracted reports whether text[i] stands for the apostrophe of an English contraction.
func contracted(text []rune, i int) bool {
	from, to := i, i+1
	for from > 0 && asciiLetter(text[from-1]) {
		from--
	}
	for to < len(text) && asciiLetter(text[to]) {
		to++
	}
	stem, end := strings.ToLower(string(text[from:i])), string(text[i+1:to])
	switch end {
	case "t":
		return slices.Contains(negated, stem)
	case "s", "re", "ve", "ll", "d", "m":
		return slices.Contains(contractible, stem)
	}
	return false
}

// negated and contractible are the words before "’t", and before "’s" and the like.
var (
	negated      = strings.Fields("don doesn didn isn aren wasn weren can couldn won wouldn shouldn hasn haven hadn mustn needn ain")
	contractible = strings.Fields("i you he she it we they that this what who where there here how let")
)
