package charset

import (
	"testing"
	"unicode/utf8"
)

// With a byte or two beyond ASCII and nothing declared, the web's default wins
// unless it gives nonsense. A file of the one byte é was read as koi8-r.
func TestFewBytes(t *testing.T) {
	for in, want := range map[string]string{
		"\xE9": "windows-1252", "\xE0": "windows-1252", "\xA3": "windows-1252", "\xB0": "windows-1252", "\x80": "windows-1252",
		"\xDF\n": "windows-1252", "10 \x80": "windows-1252", "\xA35": "windows-1252", "1\xBD": "windows-1252", "\xC0": "windows-1252",
		"na\xEFve": "windows-1252", "na\xE9": "windows-1252", "\xFA": "windows-1252", "x\xB2": "windows-1252",
		"w\xB3a": "windows-1250", "\xCD\xE5\xF2": "windows-1251", "\xD6\xD0": "gb18030", "\xC0\xCC": "euc-kr",
	} {
		if g := Detect([]byte(in), Options{}); g.Encoding != want {
			t.Errorf("%q: %+v, want %s", in, g, want)
		}
	}
	if g := Detect([]byte("\xE9"), Options{Label: "koi8-r"}); g.Encoding != "koi8-r" {
		t.Errorf("declared koi8-r: %+v", g)
	}
}

// No encoding has these; an answer comes all the same.
func TestWhatNoEncodingHas(t *testing.T) {
	for in, want := range map[string]string{
		"caf\xc3\xa9 Hello \xed\xa0\xbd\xed\xb8\x80 friend\n": "café Hello 😀 friend\n",
		"Hello \xed\xa0\xbd\xed\xb8\x80 friend\n":             "Hello 😀 friend\n",
		"\xa0vu \x1b$B\xc3\xa9 \xc3\xc3\xa0 \xc3 ":            "",
		"\xc3\xa9j\xc3\xa0 vu \xc3\xa9 \xc3\xfe\xff\xa0 \xc3": "",
	} {
		got, g, err := Decode([]byte(in), Options{})
		if err != nil || !utf8.Valid(got) || want != "" && string(got) != want {
			t.Errorf("%q: %q, %+v, %v", in, got, g, err)
		}
	}
}
