package mojibake

import (
	"slices"
	"unicode"
)

// What a chain must show before it is believed, in nats.
const (
	needGain   = 3  // by which a chain must explain the sample better
	needSingle = 4  // more if a single character shows it
	needBlank  = 4  // more if all of them show it by a blank that was NBSP's byte
	needStray  = 17 // more if others stand beside that one unbroken
	needBoxed  = 25 // more for each odd letter read out of box drawings
	needLower  = 15 // more if the text was put in lower case
	needEach   = 5  // for each character that was read out of several
	needAmong  = 14 // for each, if as many others stand unbroken as half of them
	needRow    = 8  // for each, if tellingRow of them stand side by side
	tellingRow = 3
	fewWalled  = 4  // characters, of which those between others that stay are meant
	unlikely   = 15 // more if a letter of another script would stand within a word
	maxSame    = 3  // times that the same character counts
	mismatch   = 8  // more if a letter has the wrong case, or a sign may be meant
)

// enough reports whether g's gain is beyond chance.
func (g guess) enough() bool {
	need := float32(needGain)
	if g.plain == 0 {
		need += needBlank
	}
	if g.kinds == 1 {
		need += needSingle + g.oddity
		if g.kept > 0 && !g.known {
			need += needStray + max(0, -g.oddity)
			if g.script && !g.within {
				need += unlikely // two capitals of that script, perhaps
			}
		}
	}
	if g.c != nil && g.c.lowered {
		need += needLower
	}
	if g.boxed && 2*g.rare > g.count {
		need += needBoxed * float32(g.rare)
	}
	if g.kinds > 1 {
		each := float32(needEach)
		switch {
		case 2*g.kept <= g.count || g.known:
		case g.row >= tellingRow:
			each = needRow
		default:
			each = needAmong
		}
		need = max(need, each*float32(g.count))
	}
	if g.count <= fewWalled {
		need += unlikely * float32(g.walled)
	}
	return g.count > 0 && g.shown() >= need
}

// shown returns the gain that counts: what comes again and again says little
// more than the first time if it is the same each time.
func (g guess) shown() float32 {
	times := maxSame
	if g.c.lowered {
		times = 1 // small letters before a sign are common
	}
	if g.kinds > 1 || g.count <= times {
		return g.gain
	}
	var most float32
	for _, a := range g.accounts {
		most = max(most, a.gain/float32(max(1, a.count)))
	}
	return min(g.gain, float32(times)*most-g.c.prior)
}

// certain reports whether g explains so much so well that nothing else need be
// asked.
func (g guess) certain() bool {
	return g.enough() && g.kinds > 1 && 4*g.kept < g.count && g.gain >= needAmong*float32(g.count)
}

// oddity returns how much more, in nats, p needs to be believed if nothing else
// speaks for c; less than nothing if it belongs between its neighbours, and
// what it was taken for does not.
func oddity(c *channel, w []rune, p piece) float32 {
	from := w[p.start:p.end]
	if slices.Contains(from, replacement) {
		return -needSingle // text does not come with these
	}
	a := surroundings(w, p)
	switch {
	case a.unit(from, p.r):
		return unlikely // with a sign behind it
	case accent(p.r) && latin(a.before):
		return latinOddity(c, a, from, unicode.ToLower(a.before))
	case !unicode.IsLetter(p.r):
		return signOddity(c, a, from, p.r)
	case !unicode.Is(unicode.Latin, p.r):
		return foreignOddity(a, from, p.r)
	case rarity(p.r) > 0:
		return 5
	}
	return latinOddity(c, a, from, p.r)
}

// accent reports whether r is an accent of the letter before it.
func accent(r rune) bool { return r >= 0x300 && unicode.Is(unicode.Mn, r) }

// stranded reports whether r is what p makes of the byte that begins most
// letters of Latin-1: left alone, it speaks for no other kind of text.
func stranded(p *codepage, r rune) bool { return r == p.runes[0xC2] || r == p.runes[0xC3] }

// begins reports whether w[i] is a capital by itself, before a blank, that p has
// for a byte that begins letters: the blank may be what is left of the other
// byte, so that it does not show that anything is right.
func (p *codepage) begins(w []rune, i int) bool {
	b := p.byteOf(w[i])
	return b >= 0xC2 && b < 0xE0 && unicode.IsUpper(w[i]) && i+1 < len(w) && isBlank(w[i+1]) && (i == 0 || !unicode.IsLetter(w[i-1]))
}

// around are the characters about a piece, 0 where the window ends.
type around struct{ earlier, before, after rune }

func surroundings(w []rune, p piece) (a around) {
	if p.start > 0 {
		a.before = w[p.start-1]
	}
	if p.start > 1 {
		a.earlier = w[p.start-2]
	}
	if p.end < len(w) {
		a.after = w[p.end]
	}
	return a
}

// measures reports whether what stands between these is written like a unit: after
// a number, and before no letter.
func (a around) measures() bool {
	return (unicode.IsDigit(a.before) || a.before == ' ' && unicode.IsDigit(a.earlier)) && !unicode.IsLetter(a.after)
}

// unit reports whether from, which r was read out of, begins with what may be a unit
// between these.
func (a around) unit(from []rune, r rune) bool {
	return a.measures() && unicode.IsUpper(from[0]) && !unicode.Is(unicode.Mn, r)
}

// within reports whether p is a Latin letter beside others.
func within(w []rune, p piece) bool {
	a := surroundings(w, p)
	return unicode.Is(unicode.Latin, p.r) && (asciiLetter(a.before) || asciiLetter(a.after))
}

func latin(r rune) bool { return r > 0 && unicode.Is(unicode.Latin, r) }

// signOddity is the oddity of a sign r that from was read out of.
func signOddity(c *channel, a around, from []rune, r rune) float32 {
	switch {
	case len(from) == 1 && from[0] == strippedQuote && r == '’' && asciiLetter(a.before) && asciiLetter(a.after):
		return 0 // an apostrophe
	case len(from) > 2 && !unicode.IsLetter(a.before) && unicode.IsLetter(from[0]) && !unicode.IsLetter(from[2]):
		return -needSingle // a letter alone, with signs behind it
	case len(from) > 2 && unicode.IsLetter(from[0]) && !unicode.IsLetter(from[1]) && !unicode.IsLetter(from[2]):
		return -needSingle / 2 // a letter with two signs behind it
	case len(from) > 2:
		return 0
	case (r == '¿' || r == '¡') && latin(a.after) && !unicode.IsLetter(a.before):
		return 0 // where they belong
	case len(from) == 2 && unicode.IsUpper(from[0]) && hangsOn(from[1]) && !unicode.IsLetter(a.before) && !unicode.IsLetter(a.after):
		return -needSingle / 4 // a letter alone, with a sign that follows none
	case unicode.In(r, unicode.Pi, unicode.Pf, unicode.Ps, unicode.Pe):
		return 2*c.prior + mismatch // they come in pairs
	}
	return 2 * c.prior
}

// foreignOddity is the oddity of a letter that is not Latin.
func foreignOddity(a around, from []rune, r rune) float32 {
	lead, last := from[0], from[len(from)-1]
	switch touching := latin(a.before) || latin(a.after); {
	case touching && unicode.Is(unicode.Greek, r) && latin(a.before) && latin(a.after) &&
		unicode.IsUpper(lead) && !unicode.IsLetter(last):
		return -needSingle - 4 // as in the names of genes
	case touching, unicode.IsDigit(a.after), unicode.IsDigit(a.before), ofOneScript(r, a.before), ofOneScript(r, a.after):
		return unlikely // letters of its script would have been misread like it, and touch no digit
	case !unicode.IsLetter(lead), unicode.IsLower(lead) && endsWord(last):
		return mismatch // a word of one letter, perhaps
	}
	return 0
}

// firstForeign is the first character of the scripts that scriptOf knows.
const firstForeign = 0x370

var foreignScripts = []*unicode.RangeTable{unicode.Cyrillic, unicode.Greek, unicode.Arabic, unicode.Hebrew, unicode.Armenian, unicode.Thai}

// scriptOf returns the script of the letter r, nil if it is Latin or one that legacy
// encodings of single bytes seldom write.
func scriptOf(r rune) *unicode.RangeTable {
	if r < firstForeign {
		return nil
	}
	for _, script := range foreignScripts {
		if unicode.Is(script, r) {
			return script
		}
	}
	return nil
}

// ofOneScript reports whether a and b are letters of the same script, which is
// not Latin.
func ofOneScript(a, b rune) bool {
	script := scriptOf(a)
	return script != nil && isOf(script, b)
}

// isOf reports whether r is of a script that scriptOf returned.
func isOf(script *unicode.RangeTable, r rune) bool { return r >= firstForeign && unicode.Is(script, r) }

// latinOddity is the oddity of a Latin letter.
func latinOddity(c *channel, a around, from []rune, r rune) float32 {
	lead, last := from[0], from[len(from)-1]
	if !asciiLetter(a.before) && !asciiLetter(a.after) {
		if !unicode.IsLetter(lead) {
			return mismatch + 2
		}
		return 0
	}
	if unicode.IsUpper(r) != a.upper() && !(unicode.IsUpper(r) && a.beginsWord() && !endsWord(last)) {
		return mismatch - 2
	}
	if !unicode.IsLetter(a.after) {
		switch capitals := unicode.IsUpper(lead) && unicode.IsUpper(a.before); {
		case capitals && last == '?':
			return mismatch // a question
		case capitals && endsWord(last):
			return mismatch / 2 // a trademark
		case endsWord(last):
			return mismatch/2 - 2
		}
	}
	if c.lowered && asciiLetter(a.after) && (asciiLetter(a.before) || !unicode.IsLetter(a.before)) && isSign(last) {
		return -needLower // no word has a sign in its midst
	}
	if len(c.layers) > 1 || !unicode.IsUpper(lead) {
		return 0
	}
	switch inside := unicode.IsLower(a.before); {
	case len(from) == 1 && inside:
		return -needSingle
	case len(from) == 1 && !unicode.IsLetter(a.before):
		return -needSingle - needBlank
	case inside && isBlank(last):
		return -needSingle - needBlank // a capital does not end a word
	}
	if !unicode.IsLetter(last) && (asciiLetter(a.before) || from[1] < 0x2000) {
		return -needSingle
	}
	return 0
}

// upper reports whether a letter between these should be a capital.
func (a around) upper() bool {
	switch {
	case unicode.IsLower(a.after):
		return false
	case unicode.IsUpper(a.after):
		return !unicode.IsLower(a.before)
	}
	return unicode.IsUpper(a.before) && (unicode.IsUpper(a.earlier) || !unicode.IsLetter(a.earlier))
}

// beginsWord reports whether a letter between these begins a word in small
// letters, as a capital may.
func (a around) beginsWord() bool { return !unicode.IsLetter(a.before) && unicode.IsLower(a.after) }

// endsWord reports whether the sign r is often written right after a word.
func endsWord(r rune) bool {
	switch r {
	case '™', '®', '©', '…', '’', '”', '»', '“', '\u00b9', '\u00b2', '\u00b3':
		return true
	}
	return false
}

// hangsOn reports whether r is a sign that stands for itself, or before what it
// belongs to, and so never right after a letter.
func hangsOn(r rune) bool {
	switch r {
	case '¶', '§', '¤', '¦', '¬', '±', '¨', '¯', '¸', '¿', '¡', '«':
		return true
	}
	return false
}

// isSign reports whether r is a sign, even if it is made of a letter, that can
// be seen.
func isSign(r rune) bool {
	return r == 'ª' || r == 'º' || r == 'µ' || !unicode.IsLetter(r) && !isBlank(r) && r != softHyphen
}

func asciiLetter(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' }
