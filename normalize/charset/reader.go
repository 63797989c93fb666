package charset

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// readerSample is how much of a stream NewReader looks at before it decides.
const readerSample = 1 << 20

// NewReader returns a reader of r's text as UTF-8, decided on its first bytes.
// The error is ErrBinary, wrapped, or one of reading.
func NewReader(r io.Reader, o Options) (io.Reader, Guess, error) {
	head := make([]byte, readerSample)
	n, err := io.ReadFull(r, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, Guess{}, fmt.Errorf("charset: %w", err)
	}
	head = head[:n]
	g := Detect(whole(head), o)
	if g.Encoding == "" {
		return nil, g, fmt.Errorf("charset: %w", ErrBinary)
	}
	all := io.MultiReader(bytes.NewReader(head), r)
	if g.Source == "bom" {
		for _, m := range marks() {
			if m.name == g.Encoding {
				if _, err := io.CopyN(io.Discard, all, int64(len(m.bytes))); err != nil {
					return nil, g, fmt.Errorf("charset: %w", err)
				}
			}
		}
	}
	if g.Encoding == "utf-8" {
		return transform.NewReader(all, unicode.UTF8.NewDecoder()), g, nil
	}
	e, _, err := lookup(g.Encoding)
	if err != nil {
		return nil, g, err
	}
	return transform.NewReader(all, e.NewDecoder()), g, nil
}

// whole drops a UTF-8 character that the end of a sample cuts.
func whole(b []byte) []byte {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if c := b[len(b)-i]; utf8.RuneStart(c) {
			if c >= 0x80 && !utf8.FullRune(b[len(b)-i:]) {
				return b[:len(b)-i]
			}
			break
		}
	}
	return b
}
