package charset

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// ErrUnknown reports a name that is no encoding.
var ErrUnknown = errors.New("unknown encoding")

// lookup finds an encoding and its name by one of its labels.
func lookup(label string) (encoding.Encoding, string, error) {
	label = strings.ToLower(strings.TrimSpace(label))
	switch label {
	case "cp437", "ibm437":
		return charmap.CodePage437, "cp437", nil
	case "cp850", "ibm850":
		return charmap.CodePage850, "cp850", nil
	case "cp852", "ibm852":
		return charmap.CodePage852, "cp852", nil
	case "utf-32", "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), "utf-32le", nil
	case "utf-32be":
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), "utf-32be", nil
	case "utf-16le", "utf-16":
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16le", nil
	case "utf-16be":
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "utf-16be", nil
	case "hz-gb-2312":
		label = "gb18030"
	}
	e, err := htmlindex.Get(label)
	if err != nil {
		return nil, "", fmt.Errorf("charset: %q: %w", label, ErrUnknown)
	}
	name, err := htmlindex.Name(e)
	if err != nil || name == "replacement" || name == "x-user-defined" {
		return nil, "", fmt.Errorf("charset: %q: %w", label, ErrUnknown)
	}
	return e, name, nil
}

// Encode returns the text in the named encoding. It fails on a character that
// the encoding does not have. UTF-8 returns the text itself.
func Encode(text []byte, name string) ([]byte, error) {
	e, name, err := lookup(name)
	if err != nil {
		return nil, err
	}
	if name == "utf-8" {
		return text, nil
	}
	out, err := e.NewEncoder().Bytes(text)
	if err != nil {
		return nil, fmt.Errorf("charset: encode %s: %w", name, err)
	}
	return out, nil
}

// decode never fails: what the encoding cannot read becomes U+FFFD.
func decode(b []byte, e encoding.Encoding) []byte {
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return bytes.ToValidUTF8(b, []byte(string(utf8.RuneError)))
	}
	return out
}

// A mark is a byte order mark.
type mark struct{ bytes, name string }

// marks has UTF-32 first, since its little-endian mark begins with that of
// UTF-16.
func marks() []mark {
	return []mark{
		{"\xFF\xFE\x00\x00", "utf-32le"},
		{"\x00\x00\xFE\xFF", "utf-32be"},
		{"\xEF\xBB\xBF", "utf-8"},
		{"\xFF\xFE", "utf-16le"},
		{"\xFE\xFF", "utf-16be"},
	}
}

// EncodeAs returns the text as bytes that were detected as g are: in its
// encoding, with a byte order mark if they had one. An error names the first
// character that the encoding does not have, and its line.
func EncodeAs(text []byte, g Guess) ([]byte, error) {
	out, err := Encode(text, g.Encoding)
	if err != nil {
		return nil, missing(text, g.Encoding, err)
	}
	if g.Source == "bom" {
		for _, m := range marks() {
			if m.name == g.Encoding {
				return append([]byte(m.bytes), out...), nil
			}
		}
	}
	return out, nil
}

// missing says which character of text the encoding does not have.
func missing(text []byte, name string, why error) error {
	e, name, err := lookup(name)
	if err != nil {
		return err
	}
	line, enc := 1, e.NewEncoder()
	for _, r := range string(text) {
		if r == '\n' {
			line++
		}
		if r < utf8.RuneSelf {
			continue
		}
		if _, err := enc.String(string(r)); err != nil {
			return fmt.Errorf("charset: line %d: %s has no %q (%U)", line, name, r, r)
		}
	}
	return why
}
