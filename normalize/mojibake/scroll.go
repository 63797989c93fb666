package mojibake

import (
	"strings"
	"unicode/utf8"
)

// scrollSize is the number of bytes after which a scroll goes on in another piece of
// memory.
const scrollSize = 4 << 10

// A scroll holds many short strings in few pieces of memory.
type scroll struct{ b strings.Builder }

// text returns b as a string.
func (s *scroll) text(b []byte) string {
	from := s.b.Len()
	if from >= scrollSize {
		s.b.Reset()
		from = 0
	}
	s.b.Write(b)
	return s.b.String()[from:]
}

// character returns r as a string.
func (s *scroll) character(r rune) string {
	var b [utf8.UTFMax]byte
	return s.text(utf8.AppendRune(b[:0], r))
}
