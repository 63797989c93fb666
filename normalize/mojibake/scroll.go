package mojibake

import "strings"

// scrollSize is the number of bytes after which a scroll goes on in another piece of
// memory.
const scrollSize = 4 << 10

// A scroll holds many short strings in few pieces of memory.
type scroll struct {
	b    strings.Builder
	from int // where the string begins that is written
}

// open reports whether something was written since the last cut.
func (s *scroll) open() bool { return s.b.Len() > s.from }

// cut returns what was written since the last cut.
func (s *scroll) cut() string {
	now := s.b.String()[s.from:]
	if s.from = s.b.Len(); s.from >= scrollSize {
		s.b.Reset()
		s.from = 0
	}
	return now
}

// character returns r as a string; nothing must be open.
func (s *scroll) character(r rune) string {
	s.b.WriteRune(r)
	return s.cut()
}
