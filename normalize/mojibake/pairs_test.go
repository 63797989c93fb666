package mojibake

import (
	"bytes"
	"testing"
)

// Each character and each pair of bytes is as the codec has it if that gives it
// back, but for private characters, and the same when it is asked again.
func TestPairsAreTheCodecs(t *testing.T) {
	for _, m := range multibytes() {
		p := newPairs(m)
		enc, dec := m.codec.NewEncoder(), m.codec.NewDecoder()
		for r := range rune(0x11000) {
			if _, own := sjisByte(r); own && p.sjis || r >= 0xD800 && r < 0xF900 {
				continue
			}
			want, err := enc.Bytes([]byte(string(r)))
			back, wrong := dec.Bytes(want)
			fine := err == nil && wrong == nil && string(back) == string(r) && r != replacement
			for range 2 {
				if got, ok := p.encode(nil, []rune{r}); ok != fine || ok && !bytes.Equal(got, want) {
					t.Fatalf("%s: %q is % x, %v; want % x, %v", m.name, r, got, ok, want, fine)
				}
			}
		}
		for a := 0x80; a < 0x100; a++ {
			for b := range 0x100 {
				pair := []byte{byte(a), byte(b)}
				if _, own := privateRune(pair[0], pair[1]); p.gb && own || p.sjis && (sjisSingles[pair[0]] != 0 || sjisSingles[pair[1]] != 0) {
					continue
				}
				want, err := dec.Bytes(pair)
				back, wrong := enc.Bytes(want)
				fine := err == nil && wrong == nil && bytes.Equal(back, pair) && !bytes.ContainsRune(want, replacement)
				for range 2 {
					if got, ok := p.decode(nil, pair); ok != fine || ok && string(got) != string(want) {
						t.Fatalf("%s: % x is %q, %v; want %q, %v", m.name, pair, got, ok, want, fine)
					}
				}
			}
		}
	}
}

// What is no UTF-8 is no character.
func TestPairsRefuse(t *testing.T) {
	p := newPairs(multibytes()[0])
	for _, s := range []string{"\xff", "中\xd0", "\uE865"} {
		if got, ok := p.encode(nil, appendCharacters(nil, []byte(s))); ok {
			t.Errorf("encode(%q) = % x", s, got)
		}
	}
	for _, b := range []string{"\x81", "\x81\x30\x81", "\xd6\xd0\xff"} {
		if got, ok := p.decode(nil, []byte(b)); ok {
			t.Errorf("decode(% x) = %q", b, got)
		}
	}
}
