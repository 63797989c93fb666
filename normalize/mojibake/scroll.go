package mojibake

import (
	"strings"
	"unicode/utf8"
)

// Bounds of a piece of memory of a scroll. Each is twice as large as the one before.
const (
	firstScroll = 1 << 6
	lastScroll  = 4 << 10
)

// A scroll holds many short strings in few pieces of memory.
type scroll struct {
	b    strings.Builder
	size int // of the piece at hand
}

// text returns b as a string.
func (s *scroll) text(b []byte) string {
	if s.b.Len()+len(b) > s.b.Cap() { // without a copy of what is held
		s.size = min(max(2*s.size, firstScroll), lastScroll)
		s.b = strings.Builder{}
		s.b.Grow(max(s.size, len(b)))
	}
	from := s.b.Len()
	s.b.Write(b)
	return s.b.String()[from:]
}

// character returns r as a string.
func (s *scroll) character(r rune) string {
	var b [utf8.UTFMax]byte
	return s.text(utf8.AppendRune(b[:0], r))
}
