package charset_test

import (
	"testing"

	"github.com/clipmend/clipmend/normalize/charset"
)

// A zero or two that strayed into text make it no UTF-16; short UTF-16 stays so.
func TestStrayZeros(t *testing.T) {
	for _, test := range []struct{ bytes, want string }{
		{"abc\x00def", "utf-8"},
		{"hello wor\x00ld, this is text\n", "utf-8"},
		{"First line.\nSecond\x00 line of the note is here now.\n", "utf-8"},
		{"café au lait \x00 et croissant", "utf-8"},
		{"a\x00b\x00", "utf-16le"},
		{"\x00A\x00b", "utf-16be"},
		{"\x1f\x04@\x048\x042\x045\x04B\x04,\x00 \x00<\x048\x04@\x04!\x00", "utf-16le"}, // "Привет, мир!"
	} {
		got := charset.Detect([]byte(test.bytes), charset.Options{})
		if got.Encoding != test.want {
			t.Errorf("%q: %v, want %s", test.bytes, got, test.want)
		}
	}
}
