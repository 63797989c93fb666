package render

import "bytes"

// blockMarker returns where in a line that begins with s a backslash keeps it
// from being read as a list item, heading, quote, rule, fence or table; -1 if
// it is plain. next is the byte that follows s, 0 at the end of the line.
func blockMarker(s []byte, next byte) int {
	c := s[0]
	switch {
	case c == '>':
		return 0
	case c == '#':
		n := runLength(s)
		if n <= 6 && endsWord(s, n, next) {
			return 0
		}
	case c == '+' || c == '-' || c == '*':
		if endsWord(s, 1, next) || next == 0 && isRule(s) {
			return 0
		}
		if c == '-' && next == 0 && isDelimiterRow(s) {
			return 0
		}
	case c == '_' || c == '=':
		if next == 0 && isRule(s) {
			return 0
		}
	case c == '~':
		if runLength(s) >= 3 {
			return 0
		}
	case c == '|' || c == ':':
		if next == 0 && isDelimiterRow(s) {
			return 0
		}
	case isDigit(c):
		n := 1
		for n < len(s) && isDigit(s[n]) {
			n++
		}
		if n <= 9 && n < len(s) && (s[n] == '.' || s[n] == ')') && endsWord(s, n+1, next) {
			return n
		}
	}
	return -1
}

// endsWord tells whether white space follows the first n bytes of s.
func endsWord(s []byte, n int, next byte) bool {
	if n == len(s) {
		return next == 0 || next == ' '
	}
	return s[n] == ' '
}

// isRule tells whether s would be a thematic break or underline a heading.
func isRule(s []byte) bool {
	for _, b := range s {
		if b != s[0] && b != ' ' {
			return false
		}
	}
	return true
}

// isDelimiterRow tells whether s would be the line under a table's header.
func isDelimiterRow(s []byte) bool {
	return len(bytes.Trim(s, "|:- ")) == 0 && bytes.IndexByte(s, '-') >= 0
}
