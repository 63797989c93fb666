// Package charset turns bytes into text: it finds the encoding by byte order
// mark, declared label and likelihood, and decodes.
//
// Names of encodings are those of the WHATWG, in lower case, as
// golang.org/x/text/encoding/htmlindex gives them; utf-32le, utf-32be and the
// code pages of DOS, which the WHATWG does not name, keep their usual names.
package charset
