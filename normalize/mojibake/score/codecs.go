package main

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// dosPages are encodings that the web does not name, or names otherwise.
var dosPages = map[string]*charmap.Charmap{
	"ibm437": charmap.CodePage437, "ibm850": charmap.CodePage850, "ibm852": charmap.CodePage852,
	"iso-8859-1": charmap.ISO8859_1, "iso-8859-9": charmap.ISO8859_9, "macintosh": charmap.Macintosh,
}

func encodingOf(name string) encoding.Encoding {
	if p := dosPages[name]; p != nil {
		return p
	}
	e, err := htmlindex.Get(name)
	if err != nil {
		return nil
	}
	return e
}

// encode returns s in an encoding, if it has all of s.
func encode(s, name string) ([]byte, bool) {
	if name == "utf-8" {
		return []byte(s), true
	}
	b, err := encodingOf(name).NewEncoder().Bytes([]byte(s))
	return b, err == nil
}

// decode reads b in an encoding. What becomes of bytes that it leaves undefined
// is said by lost: keep, drop or fffd; several bytes a character know only fffd.
func decode(b []byte, name, lost string) (string, bool) {
	e := encodingOf(name)
	page, single := e.(*charmap.Charmap)
	if !single {
		s, err := e.NewDecoder().Bytes(b)
		return string(s), err == nil
	}
	var out strings.Builder
	for _, x := range b {
		r := page.DecodeByte(x)
		switch hole := r == utf8.RuneError || x >= 0x80 && x < 0xA0 && r == rune(x) && strings.HasPrefix(name, "windows"); {
		case !hole:
			out.WriteRune(r)
		case lost == "keep":
			out.WriteRune(rune(x))
		case lost == "fffd":
			out.WriteRune(utf8.RuneError)
		}
	}
	return out.String(), true
}
