package mojibake

import (
	"slices"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// breakText misreads text the way a channel says, by the cheapest image of
// each byte.
func breakText(c *channel, text string) string {
	var out []rune
	for _, b := range []byte(text) {
		out = append(out, c.images[b][0].runes...)
	}
	return string(out)
}

func TestChannelImages(t *testing.T) {
	for _, c := range []struct {
		layers []Layer
		right  string
		broken string
	}{
		{[]Layer{{Encoding: "windows-1252"}}, "é", "Ã©"},
		{[]Layer{{Encoding: "windows-1252"}, {Encoding: "windows-1252"}}, "é", "ÃƒÂ©"},
		{[]Layer{{Encoding: "windows-1252"}, {Encoding: "macintosh"}}, "é", "√É¬©"},
		{[]Layer{{Encoding: "windows-1252", Lost: lostDropped}}, "と", "ã¨"},
		{[]Layer{{Encoding: "windows-1252", Lost: lostReplaced}}, "と", "ã\uFFFD¨"},
		{[]Layer{{Encoding: "windows-1252", Lost: lostQuestion}}, "と", "ã?¨"},
		{[]Layer{{Encoding: "windows-1252", Lost: lostKept}}, "と", "ã\u0081¨"},
		{[]Layer{{Encoding: "windows-1252", Case: "lower"}}, "é", "ã©"},
		{[]Layer{{Encoding: "windows-1254", Lost: lostDropped}}, "𝑀", "ğ‘€"},
	} {
		ch := newChannel(c.layers)
		if got := breakText(ch, c.right); got != c.broken {
			t.Errorf("%v: %q looks like %q, want %q", c.layers, c.right, got, c.broken)
		}
		if !ch.breaks(c.right, []rune(c.broken), false) {
			t.Errorf("%v: no certificate for %q behind %q", c.layers, c.right, c.broken)
		}
		if ch.breaks(c.right+"x", []rune(c.broken), false) {
			t.Errorf("%v: a certificate for too much", c.layers)
		}
	}
	if newChannel([]Layer{{Encoding: "klingon"}}) != nil {
		t.Error("a channel of an unknown encoding")
	}
}

func TestExpanderFindsEveryCharacter(t *testing.T) {
	for _, name := range []string{"windows-1252", "windows-1251", "windows-1253", "macintosh", "ibm437"} {
		for _, lost := range []string{lostKept, lostDropped, lostReplaced} {
			c := newChannel([]Layer{{Encoding: name, Lost: lost}})
			for _, r := range "éßЖאあ漢한“€𝑀😀" {
				broken := []rune(breakText(c, string(r)))
				x := expander{c: c, text: broken}
				found := false
				for _, o := range x.at(0) {
					found = found || o.r == r && int(o.end) == len(broken)
				}
				if !found {
					t.Errorf("%s %s: %q is no option behind %q", name, lost, r, string(broken))
				}
			}
		}
	}
}

func TestCESU8IsReadAsOneCharacter(t *testing.T) {
	c := newChannel([]Layer{{Encoding: "iso-8859-1"}})
	x := expander{c: c, text: []rune("\u00ed\u00a0\u00bd\u00ed\u00b8\u008d")}
	for _, o := range x.at(0) {
		if o.r == '😍' && o.end == 6 {
			return
		}
	}
	t.Error("a pair of surrogates is no option")
}

func TestCodepagesAreReversible(t *testing.T) {
	others := []*codepage{newCodepage("iso-8859-6", charmap.ISO8859_6, "c1", 5), newCodepage("iso-8859-8", charmap.ISO8859_8, "c1", 5)}
	for _, p := range slices.Concat(codepages(), others) {
		for b := 0x80; b < 256; b++ {
			if r := p.runes[b]; r != none && (p.byteOf(r) != byte(b) || !utf8.ValidRune(r)) {
				t.Errorf("%s: byte %#x is read as %q, which is byte %#x", p.name, b, r, p.byteOf(r))
			}
		}
	}
}

func TestCESU8HasACertificate(t *testing.T) {
	for r, want := range map[rune]string{'é': "é", '漢': "漢", '😍': "\xed\xa0\xbd\xed\xb8\x8d", '𑀠': "\xed\xa0\x84\xed\xb0\xa0"} {
		if got := cesu(r); got != want {
			t.Errorf("%q: %q, want %q", r, got, want)
		}
	}
	c := newChannel([]Layer{{Encoding: "iso-8859-1"}})
	broken := []rune("\u00ed\u00a0\u00bd\u00ed\u00b8\u008d")
	if !c.breaks(cesu('😍'), broken, false) || c.breaks(cesu('😎'), broken, false) || c.breaks("😍", broken, false) {
		t.Error("the certificate of a pair of surrogates")
	}
}
