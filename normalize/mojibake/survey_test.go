package mojibake

import (
	"bytes"
	"testing"
)

func TestPlainBlocks(t *testing.T) {
	for b := range 256 {
		for _, at := range []int{0, 7, 63, 64, 127} {
			text := bytes.Repeat([]byte("a"), 160)
			text[at] = byte(b)
			want := 128
			if b < 0x20 && b != '\n' && b != '\t' || b >= 0x7F {
				want = at / 64 * 64
			}
			if got, slow := plainBlocks(text), plainBlocksGo(text); got != want || slow != want {
				t.Errorf("%#x at %d: %d and %d, want %d", b, at, got, slow, want)
			}
		}
	}
	for n := range 70 {
		if got := plainBlocks(make([]byte, n)); got != 0 {
			t.Errorf("%d zeros: %d", n, got)
		}
		if got := plainBlocks(bytes.Repeat([]byte{' '}, n)); got != n/64*64 {
			t.Errorf("%d spaces: %d", n, got)
		}
	}
}

// The survey sees every byte, wherever it stands.
func TestLookSeesEverything(t *testing.T) {
	for _, at := range []int{0, 1, 63, 64, 70, 250, 255, 256, 300, 511} {
		for what, want := range map[string]survey{
			"\x00": {control: true}, "\x7f": {control: true}, "\x1b": {escape: true}, "é": {wild: true},
			"\u0085": {wild: true, c1: true}, "\u200b": {wild: true, invisible: true}, "\xed\xa0\x80": {wild: true, surrogate: true},
		} {
			text := append(bytes.Repeat([]byte("a\n"), at/2+300)[:at], what...)
			if got := look(append(text, "some more text"...)); got != want {
				t.Errorf("%q at %d: %+v", what, at, got)
			}
		}
	}
}

// Both ways to find pairs find the same, and none that the survey has to see is
// passed over.
func TestPairBlocks(t *testing.T) {
	for a := range 256 {
		for b := range 256 {
			for _, at := range []int{0, 14, 15, 16, 31, 40} {
				text := bytes.Repeat([]byte("a"), 70)
				text[at], text[at+1] = byte(a), byte(b)
				n, wild := pairBlocks(text)
				slow, slowWild := pairBlocksGo(text)
				more := (a == 0xE3 || a == 0xF1) && b == 0xA0 // which share their halves with E1 A0 and F3 A0
				if n != slow && !more || n == slow && wild != slowWild {
					t.Fatalf("%#x %#x at %d: %d, %v and %d, %v", a, b, at, n, wild, slow, slowWild)
				}
				if odd := firsts[a]&seconds[b] != 0; odd && n > at {
					t.Fatalf("%#x %#x at %d: %d", a, b, at, n)
				}
			}
		}
	}
	for n := range 40 {
		if got, _ := pairBlocks(make([]byte, n)[:0]); got != 0 {
			t.Errorf("none of %d: %d", n, got)
		}
		if got, _ := pairBlocks(bytes.Repeat([]byte{' '}, n)); got != max(0, n-1)/16*16 {
			t.Errorf("%d spaces: %d", n, got)
		}
	}
}
