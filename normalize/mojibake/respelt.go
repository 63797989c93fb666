package mojibake

import (
	"slices"
	"strings"
	"unicode"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// What a reading of Latin text must bring, in nats of all and for each character that
// it changes, which stand between letters that stay; and how fluent these must be, in
// mean nats. That the words are likelier is no proof: languages that the model does not
// know are written with other accents than those it does.
const (
	surelyLatin  = -4.5
	perSureLatin = 10
	wholeLatin   = 20
	sameLatin    = 26  // if they are one letter again and again
	strayLatin   = 13  // if most of them stand where no word has such
	perStray     = 5.5 // the same for each
)

// A respelling is what a reading of Latin text changes.
type respelling struct {
	n     int     // characters
	mean  float32 // nats of them
	stray int     // those that stood where no word has them
	worse int     // those that would
	cased bool    // the words look like words
	other int     // those that were letters of another script
	typed int     // those of them that are typed in Latin words
	kinds []rune  // the first two kinds of the others
}

// respells reports whether what e says was written, in which so many kinds of
// characters were misread, is text spelt so much better that no more need speak for it.
func (t transcoding) respells(m scorer, e explanation, kinds int) bool {
	r := e.respelt(m)
	n := float32(r.n)
	if r.other > 0 && (2*r.stray < r.n || 2*r.typed > r.other || len(r.kinds) < 2) {
		return false
	}
	if r.worse == 0 && r.mean >= surelyLatin && e.gain >= perSureLatin*n && e.gain >= wholeLatin && (kinds > 1 || e.gain >= sameLatin) {
		return true
	}
	clear := !t.partly && t.from.single && t.read.single && r.worse == 0 && r.cased
	return clear && 2*r.stray >= r.n && e.gain >= max(strayLatin, perStray*n)
}

// respelt compares what e says was written with what it was taken for. One byte a
// character is as many characters.
func (e explanation) respelt(m scorer) (r respelling) {
	meant := []rune(e.right)
	var sum float32
	var apart []rune // the windows of what was meant
	for _, u := range e.used {
		if len(meant) < len(u.runes) {
			return respelling{n: max(1, e.odd), mean: hopeless}
		}
		now := meant[:len(u.runes)]
		meant = meant[len(u.runes):]
		apart = append(append(apart, now...), ' ')
		var s plausible.State
		var w float32
		for i, was := range u.runes {
			w, s = m.Step(s, unicode.ToLower(now[i]))
			if now[i] == was {
				continue
			}
			sum += w
			r.n++
			if unicode.IsLetter(was) && !latin(was) {
				r.foreign(u.runes, i)
			}
			if misplaced(u.runes, i) {
				r.stray++
			}
			if misplaced(now, i) {
				r.worse++
			}
		}
	}
	r.mean, r.cased = sum/float32(max(1, r.n)), cased(string(apart))
	return r
}

// foreign counts the i-th character of text, a letter of another script.
func (r *respelling) foreign(text []rune, i int) {
	r.other++
	switch {
	case typedInLatin(text, i):
		r.typed++
	case len(r.kinds) < 2 && !slices.Contains(r.kinds, text[i]):
		r.kinds = append(r.kinds, text[i])
	}
}

// typedInLatin reports whether the i-th character of text, a letter of another script,
// is one that is typed in Latin words: for a letter that it looks like, or, as Greek is,
// for a sound or a quantity. Nobody types capitals of Greek in the midst of a word.
func typedInLatin(text []rune, i int) bool {
	r := text[i]
	if unicode.Is(unicode.Greek, r) {
		inside := i > 0 && i+1 < len(text) && unicode.IsLetter(text[i-1]) && unicode.IsLower(text[i+1])
		return !unicode.IsUpper(r) || !inside
	}
	return strings.ContainsRune("аеорсухіѕјһԁԛԝАВЕКМНОРСТУХІЅЈ", r)
}
