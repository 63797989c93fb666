package charset_test

import (
	"bytes"
	"testing"

	"github.com/clipmend/clipmend/normalize/charset"
)

// What is hardly text has a clear answer too.
func TestHardlyText(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "utf-8"},
		{"gzip", "\x1F\x8B\x08\x00\x00\x00\x00\x00", ""},
		{"NULs", string(make([]byte, 100)), ""},
		{"few bytes of many values", "a\x00\x01\x02\x03\x04\x05b\xFF", ""},
		{"a NUL in a long text", string(bytes.Repeat([]byte("some text "), 100)) + "\x00", "utf-8"},
	} {
		if g := charset.Detect([]byte(c.text), charset.Options{}); g.Encoding != c.want {
			t.Errorf("%s: %+v, want %q", c.name, g, c.want)
		}
	}
}
