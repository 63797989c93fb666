// Package mangle breaks text as programs do, for tests and scores.
package mangle

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
)

// Pairs returns what a strict decoder of an encoding of two bytes makes of b: where two are no
// character it puts mark in the place of the first, and goes on with the second. So do those of
// Python and Java.
func Pairs(codec encoding.Encoding, b []byte, mark string) string {
	var out strings.Builder
	dec := codec.NewDecoder()
	for i := 0; i < len(b); {
		n := 1
		s, ok := character(dec, b[i:i+1])
		if !ok && i+1 < len(b) {
			n = 2
			s, ok = character(dec, b[i:i+2])
		}
		if !ok || b[i] == 0x80 {
			s, n = mark, 1
		}
		out.WriteString(s)
		i += n
	}
	return out.String()
}

// character returns the one character that b is.
func character(dec *encoding.Decoder, b []byte) (string, bool) {
	s, err := dec.Bytes(b)
	r, size := utf8.DecodeRune(s)
	return string(s), err == nil && size == len(s) && r != utf8.RuneError
}
