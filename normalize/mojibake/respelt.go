package mojibake

import (
	"strings"
	"unicode"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// What a reading of Latin text must bring, in nats of all and for each character that
// it changes, which stand between letters that stay; and how fluent these must be, in
// mean nats. Measured on half a million right lines in 140 languages: the first that
// each lets through are in languages that the model does not know.
const (
	surelyLatin  = -4.5
	perSureLatin = 10
	wholeLatin   = 20
	sameLatin    = 26   // if they are one letter again and again
	strayLatin   = 13   // if most of them stand where no word has such
	perStray     = 5.5  // the same for each
	oneLatin     = 23   // if there is but one
	oneFluent    = 18.5 // the same if it is surely fluent
	variedLatin  = 26   // if they are of several kinds
	perVaried    = 9
	variedFluent = 20 // the same if they are fluent
	perFluent    = 8
	fluentLatin  = -7
	fluentSame   = -5.6
	fluentVaried = -5
)

// A respelling is what a reading of Latin text changes.
type respelling struct {
	n     int     // characters
	mean  float32 // nats of them
	stray int     // those that stood where no word has them
	worse int     // those that would
	lone  int     // signs by themselves that would be letters
	cased bool    // the words look like words
	other int     // those that were letters of another script
	typed int     // those of them that are typed in Latin words
}

// respells reports whether what e says was written, in which so many kinds of
// characters were misread, is text spelt so much better that no more need speak for it.
func (t transcoding) respells(m scorer, e explanation, kinds int) bool {
	r := e.respelt(m)
	n := float32(r.n)
	if 2*r.other >= r.n && (2*r.stray < r.n || kinds == 1 && r.typed > 0) {
		return false
	}
	if r.worse == 0 && r.mean >= surelyLatin && e.gain >= perSureLatin*n && e.gain >= wholeLatin && (kinds > 1 || e.gain >= sameLatin) {
		return true
	}
	switch {
	case t.partly || !t.from.single || !t.read.single || r.worse > 0 || !r.cased:
		return false
	case 2*r.stray >= r.n:
		return e.gain >= max(strayLatin, perStray*n)
	case r.lone > 0:
		return false
	case r.n == 1:
		return e.gain >= oneLatin && r.mean >= fluentLatin || e.gain >= oneFluent && r.mean >= surelyLatin
	case kinds == 1:
		return e.gain >= max(sameLatin, perVaried*n) && r.mean >= fluentSame
	}
	return e.gain >= max(variedLatin, perVaried*n) && r.mean >= fluentLatin || e.gain >= max(variedFluent, perFluent*n) && r.mean >= fluentVaried
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
				r.other++
			}
			if typedInLatin(was) {
				r.typed++
			}
			switch {
			case misplaced(u.runes, i):
				r.stray++
			case unicode.IsLetter(now[i]) && !unicode.IsLetter(was) && standsAlone(u.runes, i):
				r.lone++
			}
			if misplaced(now, i) {
				r.worse++
			}
		}
	}
	r.mean, r.cased = sum/float32(max(1, r.n)), cased(string(apart))
	return r
}

// typedInLatin reports whether r, a letter of another script, is typed in Latin words:
// for a letter that it looks like, or, as Greek is, for a sound or a quantity.
func typedInLatin(r rune) bool {
	return unicode.Is(unicode.Greek, r) || strings.ContainsRune("аеорсухіѕјһԁԛԝАВЕКМНОРСТУХІЅЈ", r)
}
