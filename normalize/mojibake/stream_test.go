package mojibake

import (
	"math/rand/v2"
	"testing"
	"unicode/utf8"
)

var directChains = [][]Layer{
	{{Encoding: "iso-8859-1", Lost: lostKept}},
	{{Encoding: "windows-1252", Lost: lostDropped}},
	{{Encoding: "ibm437", Lost: lostKept}},
	{{Encoding: "macintosh", Lost: lostKept}},
	{{Encoding: "windows-1252", Lost: lostKept}, {Encoding: "windows-1252", Lost: lostDropped}},
	{{Encoding: "windows-1252", Lost: lostKept}, {Encoding: "iso-8859-1"}, {Encoding: "windows-1251", Lost: lostReplaced}},
}

// What is read from bytes is what is read from characters, and is left as what
// stands there: runs are mended without asking for that proof.
func TestReadAt(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	read := 0
	for _, layers := range directChains {
		c := channelOf(layers)
		for range 3000 {
			text := []byte(breakText(c, string([]rune{'é', 'ж', '天', '😀', 'À', '’', rune(rng.IntN(0x3000)), 'a'}[rng.IntN(7):])))
			if rng.IntN(2) == 0 {
				text[rng.IntN(len(text))] = byte(rng.IntN(256))
			}
			runes, starts := characters(text, nil, nil)
			for i := range runes {
				r, end, ok := c.direct.read(runes, i)
				gotR, gotEnd, got := c.direct.readAt(text, starts[i])
				if got != ok || ok && (gotR != r || gotEnd != starts[end]) {
					t.Fatalf("%v: %q at %d: %q, %d, %v; want %q, %d, %v", layers, text, starts[i], gotR, gotEnd, got, r, starts[end], ok)
				}
				if !ok || !c.direct.whole {
					continue
				}
				read++
				if !c.direct.breaks(r, runes[i:end]) {
					t.Fatalf("%v: %q is not left as %q", layers, r, string(runes[i:end]))
				}
			}
		}
	}
	if read < 1000 {
		t.Errorf("%d characters were read", read)
	}
}

// decode is utf8.DecodeRune.
func TestDecode(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	bytes := []byte("a\x80\x8F\x90\x9F\xA0\xBF\xC1\xC2\xDF\xE0\xE1\xED\xEF\xF0\xF4\xF5\xFF")
	for range 100_000 {
		var text [4]byte
		for i := range text {
			text[i] = bytes[rng.IntN(len(bytes))]
		}
		for _, b := range [][]byte{text[:], text[:3], text[:2], text[:1]} {
			r, size := decode(b, 0)
			if want, n := utf8.DecodeRune(b); r != want || size != n {
				t.Fatalf("%x: %q of %d, want %q of %d", b, r, size, want, n)
			}
		}
	}
}
