package charset

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Options tell what is known about the bytes. The zero value knows nothing.
type Options struct {
	Label string // declared outside the text, as in a Content-Type header
	Sure  bool   // the label is right, whatever the bytes look like, unless they have a byte order mark
	HTML  bool   // the text is a page, which may declare its encoding itself
}

// A Guess is an encoding and how sure it is, from 0 to 1.
type Guess struct {
	Encoding           string  // "" when the bytes are not text
	Confidence         float64 // that the text decodes as it was meant
	RunnerUp           string  // "" when nothing else was considered
	RunnerUpConfidence float64
	Source             string // "bom", "utf-8", "label", "meta", "shape", "model", "binary"
}

// ErrBinary reports bytes that are no text in any encoding.
var ErrBinary = errors.New("binary data, not text")

// Detect finds the encoding of b. It looks at a bounded sample of it, save for
// asking whether all of it is valid UTF-8. Bytes that are no text give a Guess
// without an encoding.
func Detect(b []byte, o Options) Guess {
	for _, m := range marks() {
		if strings.HasPrefix(string(b[:min(len(b), 4)]), m.bytes) {
			return Guess{Encoding: m.name, Confidence: 1, Source: "bom"}
		}
	}
	if _, name, err := lookup(o.Label); err == nil && o.Sure {
		return Guess{Encoding: name, Confidence: 1, Source: "label"}
	}
	if g, ok := shape(b); ok {
		return g
	}
	if utf8.Valid(b) {
		return Guess{Encoding: "utf-8", Confidence: 1, Source: "utf-8"}
	}
	if j := joined(b); len(j) < len(b) && utf8.Valid(j) {
		return Guess{Encoding: "utf-8", Confidence: 1, Source: "shape"}
	}
	g := byModel(b, declarations(b, o))
	if g.Encoding == "utf-8" {
		g.Confidence *= shareOfUTF8(b)
	}
	return g
}

// A declaration is an encoding that somebody named.
type declaration struct{ name, source string }

func declarations(b []byte, o Options) []declaration {
	var ds []declaration
	add := func(label, source string) {
		// A page that can be read as far as its declaration is not in UTF-16.
		if _, name, err := lookup(label); err == nil && !strings.HasPrefix(name, "utf-16") {
			ds = append(ds, declaration{name, source})
		}
	}
	add(o.Label, "label")
	if o.HTML {
		add(declared(b), "meta")
	}
	return ds
}

// Decode returns b as UTF-8, without a byte order mark. Where b is valid UTF-8
// without one it is returned itself. What the encoding cannot read becomes
// U+FFFD. The error is ErrBinary, wrapped.
func Decode(b []byte, o Options) (text []byte, g Guess, err error) {
	g = Detect(b, o)
	if g.Encoding == "" {
		return nil, g, fmt.Errorf("charset: %w", ErrBinary)
	}
	if g.Source == "utf-8" {
		return b, g, nil
	}
	for _, m := range marks() {
		if g.Source == "bom" && g.Encoding == m.name {
			b = bytes.TrimPrefix(b, []byte(m.bytes))
		}
	}
	if g.Encoding == "utf-8" {
		return bytes.ToValidUTF8(joined(b), []byte(string(utf8.RuneError))), g, nil
	}
	e, _, err := lookup(g.Encoding)
	if err != nil {
		return nil, g, err
	}
	return decode(b, e), g, nil
}

// joined returns b with the pairs of surrogates that CESU-8 has for characters
// beyond U+FFFF as these characters; b itself if there are none.
func joined(b []byte) []byte {
	var out []byte
	from := 0
	for i := 0; i+6 <= len(b); i++ {
		s := b[i : i+6]
		if s[0] != 0xED || s[1]&0xF0 != 0xA0 || s[3] != 0xED || s[4]&0xF0 != 0xB0 || s[2]&0xC0 != 0x80 || s[5]&0xC0 != 0x80 {
			continue
		}
		high, low := rune(s[1]&0x0F)<<6|rune(s[2]&0x3F), rune(s[4]&0x0F)<<6|rune(s[5]&0x3F)
		out = utf8.AppendRune(append(out, b[from:i]...), 0x10000+high<<10+low)
		from = i + 6
		i += 5
	}
	if from == 0 {
		return b
	}
	return append(out, b[from:]...)
}

// magics begin files that are never text.
func magics() []string {
	return []string{
		"\x1F\x8B", "PK\x03\x04", "\x89PNG", "\xFF\xD8\xFF", "GIF8", "%PDF-", "\x7FELF", "BZh9", "\xFD7zXZ", "\x28\xB5\x2F\xFD",
		"RIFF", "OggS", "wOFF", "wOF2", "\x00\x00\x01\x00",
	}
}

// shape decides what the bytes alone decide: wide encodings, escapes, binary data.
func shape(b []byte) (Guess, bool) {
	head := b[:min(len(b), 4096)]
	for _, m := range magics() {
		if bytes.HasPrefix(head, []byte(m)) {
			return Guess{Confidence: 1, Source: "binary"}, true
		}
	}
	if bytes.IndexByte(head, 0x1B) >= 0 && ascii(head) {
		for _, escape := range []string{"\x1B$B", "\x1B$@", "\x1B(J"} {
			if bytes.Contains(head, []byte(escape)) {
				return Guess{Encoding: "iso-2022-jp", Confidence: .99, Source: "shape"}, true
			}
		}
	}
	if bytes.IndexByte(head, 0) < 0 {
		return wideHan(head)
	}
	return wide(head), true
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}
