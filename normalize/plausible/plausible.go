// Package plausible tells how likely a text is, in any of the languages that
// people write, by one small embedded model of characters.
//
// The model mixes up to four characters of context: where it has not seen a
// character after three others it asks how likely it is after two, then one,
// then by classes of characters, which every character of Unicode has. The
// asset is unpacked when the model is first asked, and of its tables those that a text
// asks for. Package main in the folder train makes it; TRAINING.md says from what.
package plausible

import (
	_ "embed"
	"math"
	"sync"
	"unicode/utf8"
)

// A State is what the model remembers of the characters before: no more of them
// than can matter, so that equal States have equal futures. The zero State
// stands at the start of a line. States are comparable.
type State struct {
	last, before, third rune // the newest first
	kept                kept
}

// kept tells how many of before and third count, in the lowest bits, and above them,
// a byte each, what backing off from the one and the other costs, and the group of
// before. With four fields a State stays in registers.
type kept uint32

func (k kept) n() uint8      { return uint8(k) }
func (k kept) before() uint8 { return uint8(k>>8) % backoffs }
func (k kept) third() uint8  { return uint8(k>>16) % backoffs }
func (k kept) group() uint8  { return uint8(k >> 24) }

// A Model gives characters their likelihood. It is safe for concurrent use.
type Model struct {
	page    []uint16 // of a rune, by its upper bits
	chars   []char   // 256 for each page
	classes []uint8  // log P(class | class before) in sixteenths, numClasses in a row
	logP    [levels]float32
	backoff [backoffs]float32
	west    part // n-grams without characters of the East
	east    part

	followers func() *numbers // classes after a character
	words     func() lexicon
}

// A char is what the model knows about a character by itself: member is its log P among
// those of its class, in sixteenths.
// The group is that of the pairs that it begins, and of the longer n-grams of which it
// is the second character.
type char struct{ class, member, backoff, group uint8 }

//go:embed model.bin
var asset []byte

var load = sync.OnceValue(func() *Model { return parse(asset) })

// Default returns the embedded model.
func Default() *Model { return load() }

// Step returns the natural logarithm of the probability of r after s, and the
// state after r. A newline ends a line: the state after it is the zero State.
// What is not a Unicode code point counts as U+FFFD.
func (m *Model) Step(s State, r rune) (logP float32, next State) {
	if r >= firstAccent && r <= lastAccent {
		if logP, next, ok := m.composed(s, r); ok {
			return logP, next
		}
	}
	r, share := fold(r)
	was, is := m.char(s.last), m.char(r)
	next = State{last: r}

	t := &m.west
	if eastern(r) || eastern(s.last) {
		t = &m.east
	}
	key := lastKey(r) + firstKey(s.last)
	var code uint8
	ok := is.backoff != unseen // else a fingerprint could only match by accident
	if ok {
		tab := t.tables[pairs][was.group].Load()
		if tab == nil {
			tab = t.load(pairs, was.group)
		}
		code, ok = tab.find(key)
	}
	if !ok {
		logP = m.follow(s.last, was, is.class) + ofSixteenths(is.member) + byteBackoff(was.backoff)
		if s.kept.n() > 0 {
			logP += m.backoff[s.kept.before()]
		}
		if s.kept.n() > 1 {
			logP += m.backoff[s.kept.third()]
		}
		return logP + share, next.ended(r)
	}
	logP = m.logP[code/backoffs]
	if code%backoffs != leaf {
		next.before, next.kept = s.last, 1|kept(code)<<8|kept(was.group)<<24
	}
	if s.kept.n() == 0 {
		return logP + share, next.ended(r)
	}

	if eastern(s.before) {
		t = &m.east
	}
	key += secondKey(s.before)
	tab := t.tables[triples][was.group].Load()
	if tab == nil {
		tab = t.load(triples, was.group)
	}
	if code, ok = tab.find(key); !ok {
		logP += m.backoff[s.kept.before()]
		if s.kept.n() > 1 {
			logP += m.backoff[s.kept.third()]
		}
		return logP + share, next.ended(r)
	}
	logP = m.logP[code/backoffs]
	if code%backoffs != leaf && next.kept != 0 {
		next.third, next.kept = s.before, next.kept+1|kept(code)<<16
	}
	if s.kept.n() == 1 {
		return logP + share, next.ended(r)
	}

	if eastern(s.third) {
		t = &m.east
	}
	tab = t.tables[fours][s.kept.group()].Load()
	if tab == nil {
		tab = t.load(fours, s.kept.group())
	}
	if code, ok = tab.find(key + thirdKey(s.third)); ok {
		logP = m.logP[code/backoffs]
	} else {
		logP += m.backoff[s.kept.third()]
	}
	return logP + share, next.ended(r)
}

func (s State) ended(r rune) State {
	if r == '\n' {
		return State{}
	}
	return s
}

// Typeset is, in nats, how much seldomer the quotes and dots of print are than
// those of a typewriter, where both may stand.
const Typeset = 2

// Typewritten returns the sign of a typewriter for one of print, or 0.
func Typewritten(r rune) rune {
	switch r {
	case '‘', '’':
		return '\''
	case '“', '”':
		return '"'
	case '…':
		return '.'
	case '–', '—':
		return '-'
	}
	return 0
}

// Score returns how likely text is, in nats, and the number of characters in
// it. That is the sum of Step, but that a quote, dash or ellipsis of print is at
// least as likely as a typewriter's less a little: the texts that the model has
// seen have more of the latter. Invalid UTF-8 counts as U+FFFD.
func (m *Model) Score(text []byte) (logP float64, runes int) {
	var s State
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		var p float32
		p, s = m.StepTypeset(s, r)
		logP += float64(p)
		runes++
		text = text[size:]
	}
	return logP, runes
}

// StepTypeset is Step as Score takes it: signs of print may be a typewriter's.
func (m *Model) StepTypeset(s State, r rune) (logP float32, next State) {
	logP, next = m.Step(s, r)
	if plain := Typewritten(r); plain != 0 {
		if q, after := m.Step(s, plain); q-Typeset > logP {
			return q - Typeset, after
		}
	}
	return logP, next
}

// Pair is StepTypeset for a character of which only the one before is known, 0
// at the start of a line.
func (m *Model) Pair(last, r rune) (logP float32) {
	last, _ = fold(last)
	logP, _ = m.StepTypeset(State{last: last}.ended(last), r)
	if plain := Typewritten(last); plain != 0 {
		p, _ := m.StepTypeset(State{last: plain}, r)
		logP = max(logP, p)
	}
	return logP
}

// Word reports whether w, in any case, is one of the words that the model keeps
// because n-grams alone get them wrong when they lose a byte, and the log of its
// share of the words of its language. That a word is not kept says little unless
// another that may stand in its place is.
func (m *Model) Word(w []rune) (logP float32, ok bool) {
	x := m.words()
	code, ok := x.find(wordNumber(w, x.scale))
	return -float32(code) / 16, ok
}

// fold maps characters that behave alike to one, with its share of that one.
func fold(r rune) (rune, float32) {
	switch {
	case r >= '0' && r <= '9':
		return '0', -math.Ln10
	case r == '\r':
		return '\n', 0
	case r == '\t':
		return ' ', -4
	case r == 0:
		return 1, 0
	case r < 0 || r > utf8.MaxRune:
		return utf8.RuneError, 0
	}
	return r, 0
}

func (m *Model) char(r rune) char { return m.chars[int(m.page[r>>8])<<8|int(r&0xFF)] }

// ofSixteenths returns the log probability that sixteenths turns into n.
func ofSixteenths(n uint8) float32 { return -float32(n) / 16 }

// follow is the log probability of a class after a character: by the character
// where it has habits of its own, else by its class.
func (m *Model) follow(last rune, was char, class uint8) float32 {
	if was.backoff != unseen && eastern(last) {
		if code, ok := m.followers().find(followNumber(last, class)); ok {
			return m.logP[code/backoffs]
		}
	}
	return ofSixteenths(m.classes[int(was.class)*numClasses+int(class)])
}
