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
