package charset

import (
	"sync/atomic"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A toneTable puts the letters of windows-1258 together with the marks that
// follow them, as all other encodings have them. It remembers what it was asked.
type toneTable [1 << 16]atomic.Int32

const noTone = -1

// put returns the character that two bytes are, or 0 if they are two.
func (t *toneTable) put(letter, mark byte, table *[256]rune) rune {
	if m := table[mark]; m < 0x300 || m >= 0x370 {
		return 0
	}
	slot := &t[int(letter)<<8|int(mark)]
	v := slot.Load()
	if v == 0 {
		text := norm.NFC.String(string([]rune{table[letter], table[mark]}))
		v = noTone
		if utf8.RuneCountInString(text) == 1 {
			v, _ = utf8.DecodeRuneInString(text)
		}
		slot.Store(v)
	}
	return max(v, 0)
}
