package mojibake

import (
	"math"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// The letters outside ASCII with which languages are written in Latin script, in small
// letters.
const alphabets = "áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž ąćęłńóśźż áéíóöőúüű ăâîșțşţ čćđšž ąčęėįšųūž āčēģīķļņšūž äõöšüž " +
	"âçğıîöşûü çəğıöşü äöüß àâæçéèêëîïôœùûüÿ áéíñóúü àáâãçéêíóôõúü àèéìíîòóùú àçèéíïòóúü áéëïíóöúüèê åäöé æøåéó áðéíóúýþæö " +
	"àèìòù âêîôûŵŷ ĉĝĥĵŝŭ àċġħżèìòù çë çêîşû " +
	"àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"

// Bounds on what tells how a document is written.
const (
	alphabetBytes = 1 << 14 // of it that are looked at
	alphabetLeast = 6       // letters
	alphabetShare = .9      // of them that an alphabet has
	alphabetSlack = .02     // by which another may have fewer
)

// What speaks against a letter that lost bytes, in nats.
const (
	costUnwritten = -5 // the alphabet of the document has none such; and more, the less of it has others
	mostUnwritten = -12
	costUpended   = -3 // it has the wrong case in its word
)

// firstLatin is the first of the letters of Latin outside ASCII, lastLatin the last.
const (
	firstLatin = 0xC0
	lastLatin  = 0x1EFF
)

// alphabetList has them one by one.
var alphabetList = sync.OnceValue(func() []string { return strings.Fields(alphabets) })

// What a character is, besides the alphabets that it is in.
const (
	isLetter   = 1 << 31
	isLatin    = 1 << 30
	inAlphabet = isLatin - 1
)

// alphabetBits tells of each character from firstLatin to lastLatin what it is and the
// alphabets that it is in, or its small letter is, a bit for each.
var alphabetBits = sync.OnceValue(func() *[lastLatin - firstLatin + 1]uint32 {
	all := new([lastLatin - firstLatin + 1]uint32)
	in := make(map[rune]uint32)
	for i, a := range alphabetList() {
		for _, r := range a {
			in[r] |= 1 << i
		}
	}
	for i := range all {
		r := firstLatin + rune(i)
		if unicode.IsLetter(r) {
			all[i] |= isLetter
		}
		if unicode.Is(unicode.Latin, r) {
			all[i] |= isLatin
		}
		all[i] |= in[unicode.ToLower(r)]
	}
	return all
})

// alphabetsOf returns the bits of r, none if it is beyond those that have any.
func alphabetsOf(r rune) uint32 {
	if r < firstLatin || r > lastLatin {
		return 0
	}
	return alphabetBits()[r-firstLatin]
}

// An orthography is how a document is written, as its letters show of which nothing was lost.
type orthography struct {
	known     bool
	english   bool    // it has no letters outside ASCII
	alphabets uint32  // that it may be written in; none if they do not tell
	cost      float32 // of a letter that these have not
}

// orthography returns how the document is written.
func (u *undoer) orthography(text []byte) orthography {
	if !u.written.known {
		u.written = u.spelt(text)
	}
	return u.written
}

func (u *undoer) spelt(text []byte) (s orthography) {
	s.known = true
	text = text[:min(len(text), alphabetBytes)]
	var counts [32]int
	total := 0
	s.english = true
	for i := indexWild(text, 0); i >= 0 && i < len(text); i = indexWild(text, i) {
		r, end, ok := u.c.direct.readAt(text, i)
		if !ok {
			_, size := utf8.DecodeRune(text[i:])
			i += size
			continue
		}
		i = end
		s.english = s.english && !unicode.IsLetter(r)
		all := alphabetsOf(r)
		if all&isLetter == 0 {
			continue
		}
		total++
		for in := all & inAlphabet; in != 0; in &= in - 1 {
			counts[bits.TrailingZeros32(in)]++
		}
	}
	best := 0
	for _, n := range counts {
		best = max(best, n)
	}
	if total < alphabetLeast || float32(best) < alphabetShare*float32(total) {
		return s
	}
	for k, n := range counts {
		if float32(best-n) <= alphabetSlack*float32(total) {
			s.alphabets |= 1 << k
		}
	}
	s.cost = max(mostUnwritten, costUnwritten+float32(math.Log(float64(total-best+1)/float64(total))))
	return s
}

// unseen is how likely a letter of the document's alphabet is where the model does not
// expect it.
const unseen = .002

// native adds to the readings of p, if the likeliest is a letter that the document is not
// written with, those letters that it is written with.
func (u *undoer) native(text []byte, p *piece, all []alternative) []alternative {
	if alphabetsOf(p.r)&isLatin == 0 {
		return all
	}
	s := u.orthography(text)
	if s.alphabets == 0 || s.has(p.r) {
		return all
	}
	broken := u.runes[p.start:p.end]
	for i, alphabet := range alphabetList() {
		if s.alphabets>>i&1 == 0 {
			continue
		}
		for _, small := range alphabet {
			for _, r := range [2]rune{small, unicode.ToUpper(small)} {
				known := slices.ContainsFunc(all, func(a alternative) bool { return a.r == r })
				if !known && u.c.breaks(string(r), broken, false) {
					all = append(all, alternative{r: r, end: p.end, decoded: true, p: unseen, model: unseen})
				}
			}
		}
	}
	return all
}

// has reports whether r is a letter of the alphabets.
func (s orthography) has(r rune) bool { return alphabetsOf(r)&s.alphabets != 0 }

// letter returns what the alphabet of the document and the letters on both sides of a
// place of the answer speak for r.
func (u *undoer) letter(text []byte, r rune, at int) (bonus float32) {
	if alphabetsOf(r)&isLatin == 0 {
		return 0
	}
	if s := u.orthography(text); s.alphabets != 0 && !s.has(r) {
		bonus += s.cost
	}
	if misplaced(u.answer.runes, at) {
		bonus += costUpended
	}
	return bonus
}
