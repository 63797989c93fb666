package charset

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// wide tells UTF-16 and UTF-32 from binary data by where the zeros are.
func wide(b []byte) Guess {
	if bytes.Count(b, []byte{0}) == len(b) {
		return Guess{Confidence: 1, Source: "binary"}
	}
	var zeros [4]int
	for i, c := range b {
		if c == 0 {
			zeros[i%4]++
		}
	}
	n := float64(len(b) / 4)
	share := func(i int) float64 { return float64(zeros[i]) / max(n, 1) }
	guess := func(name string) Guess { return Guess{Encoding: name, Confidence: .99, Source: "shape"} }
	switch {
	case len(b)%4 == 0 && share(3) == 1 && share(2) > .8:
		return guess("utf-32le")
	case len(b)%4 == 0 && share(0) == 1 && share(1) > .8:
		return guess("utf-32be")
	}
	odd, even := zeros[1]+zeros[3], zeros[0]+zeros[2]
	if utf8.Valid(b[:len(b)-len(b)%4]) && odd+even <= max(1, len(b)/fewZeros) && printable(b) {
		return Guess{Encoding: "utf-8", Confidence: .9, Source: "shape"}
	}
	written := func(name string, zeros int) bool {
		return readable(b, name) && (zeros > len(b)/4 || likely(b, name)) // few zeros are in binary data too
	}
	if g := guess("utf-16le"); odd > 4*even && written(g.Encoding, odd) {
		return g
	}
	if g := guess("utf-16be"); even > 4*odd && written(g.Encoding, even) {
		return g
	}
	if g, ok := wideHan(b); ok {
		return g
	}
	return Guess{Confidence: .9, Source: "binary"}
}

// fewZeros says that one byte of so many may be a zero that strayed into text.
const fewZeros = 8

// printable reports whether b has hardly a control character but zeros and blanks.
// UTF-16 of Cyrillic, Greek and the like has one in every other byte.
func printable(b []byte) bool {
	controls := 0
	for _, c := range b {
		if c < ' ' && c != 0 && (c < '\t' || c > '\r') {
			controls++
		}
	}
	return controls <= len(b)/64
}

// wideHan finds UTF-16 with few zeros or none, as of Han and kana.
func wideHan(b []byte) (Guess, bool) {
	if len(b) < 16 || bytes.IndexByte(b, 0) < 0 && utf8.Valid(b) {
		return Guess{}, false
	}
	b = b[:len(b)&^1] // the end may be cut
	for _, name := range []string{"utf-16le", "utf-16be"} {
		if readable(b, name) && likely(b, name) {
			return Guess{Encoding: name, Confidence: .9, Source: "shape"}, true
		}
	}
	return Guess{}, false
}

// wideRune reads one character of UTF-16. A lone surrogate is U+FFFD.
func wideRune(b []byte, name string) (r rune, size int) {
	unit := func(i int) rune {
		if name == "utf-16le" {
			return rune(b[i]) | rune(b[i+1])<<8
		}
		return rune(b[i])<<8 | rune(b[i+1])
	}
	r = unit(0)
	if !utf16.IsSurrogate(r) {
		return r, 2
	}
	if len(b) >= 4 {
		if pair := utf16.DecodeRune(r, unit(2)); pair != utf8.RuneError {
			return pair, 4
		}
	}
	return utf8.RuneError, 2
}

// readable tells whether b decodes into characters that texts have.
func readable(b []byte, name string) bool {
	b = b[:len(b)&^1]
	bad, n, most := 0, 0, len(b)/2
	for len(b) > 0 && bad*50 <= most {
		r, size := wideRune(b, name)
		b = b[size:]
		n++
		if r == utf8.RuneError || r < ' ' && r != '\n' && r != '\r' && r != '\t' || r >= 0xE000 && r < 0xF900 || r == 0xFFFE || r == 0xFFFF {
			bad++
		}
	}
	return n > 0 && bad*50 <= n
}

// Text is likelier by the character than leastLikely, in nats. Text that is not
// is known by its first characters: it falls behind by more than doubt.
const (
	leastLikely = -9
	doubt       = 30
)

// likely tells whether b, as UTF-16, is a text that somebody wrote.
func likely(b []byte, name string) bool {
	m, ahead := model(), 0.0
	for s := (plausible.State{}); len(b) > 1 && ahead > -doubt; {
		r, size := wideRune(b, name)
		p, next := m.StepTypeset(s, r)
		ahead += float64(p) - leastLikely
		b, s = b[size:], next
	}
	return ahead > 0
}
