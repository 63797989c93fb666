package render

import (
	"bytes"
	"unicode/utf8"
)

// text writes s so that it is read as text; next is the byte that follows it,
// 0 at the end of a line.
func (w *writer) text(s []byte, next byte) {
	if len(s) == 0 {
		return
	}
	r := w.r
	if w.after == rawItem {
		s = w.afterRaw(s)
	}
	if !w.p.special {
		r.out = append(r.out, s...)
		return
	}
	marker := -1
	if w.lineStart && w.place == atLineStart {
		marker = blockMarker(s, next)
	}
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if charClass[c] != specialChar {
			i++
			continue
		}
		if i == marker {
			r.out = append(append(r.out, s[from:i]...), '\\', c)
			i++
			from = i
			continue
		}
		n, esc := w.decide(s, i, next)
		if esc != "" {
			r.out = append(r.out, s[from:i]...)
			for range n {
				r.out = append(r.out, esc...)
				if esc == `\` {
					r.out = append(r.out, c)
				}
			}
			from = i + n
		}
		i += n
	}
	r.out = append(r.out, s[from:]...)
}

// afterRaw keeps text from being read together with a footnote or formula
// that stands before it, and returns the rest of the text.
func (w *writer) afterRaw(s []byte) []byte {
	out := w.r.out
	switch last := out[len(out)-1]; {
	case last == ']' && (s[0] == '(' || s[0] == '[' || s[0] == ':'):
		w.r.out = append(out, '\\', s[0])
		return s[1:]
	case last == '$' && isDigit(s[0]): // the closing $ may not have a digit after it
		w.r.out = append(append(append(out, "&#"...), '4'+(s[0]-'0'+8)/10, '0'+(s[0]-'0'+8)%10), ';')
		return s[1:]
	}
	return s
}

// decide says how the special characters at s[i] are written: how many bytes
// it is about, and what goes in front of each of them (a backslash) or stands
// for each (an entity); nothing if they are plain text there.
func (w *writer) decide(s []byte, i int, next byte) (n int, esc string) {
	c := s[i]
	follow := next
	if i+1 < len(s) {
		follow = s[i+1]
	}
	switch c {
	case '*', '_', '~', '=', '$':
		return w.delimiterRun(s, i)
	case '\\':
		if isASCIIPunct(follow) || i+1 == len(s) {
			return 1, `\`
		}
	case '`':
		return 1, `\`
	case '%':
		if n := runLength(s[i:]); n > 1 || i+1 == len(s) && next == '%' {
			return n, `\`
		}
	case '#':
		if (i == 0 && w.lineStart || i > 0 && opensTag(s[i-1])) && isTag(s[i+1:]) {
			return 1, `\`
		}
	case '^':
		if w.inBlockID(s, i, next) {
			return 1, `\`
		}
	case '[', ']':
		if w.brackets || w.inLink > 0 || c == '[' && (follow == '[' || follow == '^' || follow == '!' && w.lineStart && i == 0) {
			return 1, `\`
		}
	case '<':
		if isLetter(follow) || follow == '/' || follow == '!' || follow == '?' || follow == 0xFF || follow != 0 && i+1 == len(s) {
			return 1, "&lt;"
		}
	case '&':
		if isEntity(s[i+1:]) {
			return 1, "&amp;"
		}
	case '|':
		if w.place == inTable {
			return 1, `\`
		}
	}
	return 1, ""
}

// delimiterRun escapes a run of marks that would open or close a format.
func (w *writer) delimiterRun(s []byte, i int) (n int, esc string) {
	c := s[i]
	n = runLength(s[i:])
	opens, closes := roles(s, i, n)
	if closes {
		w.ahead[c]--
	}
	if w.own[c] && (opens || closes) || opens && w.ahead[c] > 0 {
		return n, `\`
	}
	if c == '$' && n > 1 || c == '*' && n > 1 && opens && closes {
		return n, `\`
	}
	return n, ""
}

// roles tells whether the run of n marks at s[i] could open or close a
// format. At the ends of s, where it is not known what follows, it could.
func roles(s []byte, i, n int) (opens, closes bool) {
	c := s[i]
	atStart, atEnd := i == 0, i+n == len(s)
	if (c == '=' && n != 2 || c == '~' && n > 2) && !atStart && !atEnd {
		return false, false
	}
	var before, after rune
	if i > 0 {
		before, _ = utf8.DecodeLastRune(s[:i])
	}
	if i+n < len(s) {
		after, _ = utf8.DecodeRune(s[i+n:])
	}
	if c == '$' {
		return atEnd || !isSpace(after), (atStart || !isSpace(before)) && (atEnd || !(after >= '0' && after <= '9'))
	}
	left := atEnd || !isSpace(after) && (!isMark(after) || atStart || isSpace(before) || isMark(before))
	right := atStart || !isSpace(before) && (!isMark(before) || atEnd || isSpace(after) || isMark(after))
	if c == '_' {
		return left && (!right || atStart || isMark(before)), right && (!left || atEnd || isMark(after))
	}
	return left, right
}

// opensTag tells whether a # after c begins one of Obsidian's tags.
func opensTag(c byte) bool {
	return c == ' ' || c == '(' || c == '[' || c == '{' || c == '"' || c == '\''
}

// isTag tells whether s begins with the name of a tag: letters, digits and
// some marks, but not digits alone.
func isTag(s []byte) bool {
	for _, c := range s {
		switch {
		case isLetter(c) || c >= utf8.RuneSelf || c == '_' || c == '-' || c == '/':
			return true
		case !isDigit(c):
			return false
		}
	}
	return false
}

// inBlockID tells whether s[i:] is an identifier at the end of a line, which
// Obsidian would take as the name of the block.
func (w *writer) inBlockID(s []byte, i int, next byte) bool {
	if next != 0 || !(i == 0 && w.lineStart || i > 0 && s[i-1] == ' ') || i+1 == len(s) {
		return false
	}
	for _, c := range s[i+1:] {
		if !isAlnum(c) && c != '-' {
			return false
		}
	}
	return true
}

// isEntity tells whether s, after an ampersand, goes on like an entity.
func isEntity(s []byte) bool {
	end := bytes.IndexByte(s[:min(len(s), 34)], ';')
	if end < 1 {
		return false
	}
	name := s[:end]
	if name[0] == '#' && len(name) > 1 {
		name = name[1:]
	}
	for _, c := range name {
		if !isAlnum(c) {
			return false
		}
	}
	return true
}

// escapeBang keeps an exclamation mark before a link from making it an image.
func (r *renderer) escapeBang() {
	if n := len(r.out); n > 0 && r.out[n-1] == '!' {
		r.out = append(r.out[:n-1], `\!`...)
	}
}

// escapeClosingHashes keeps the hashes that end a heading's text.
func (r *renderer) escapeClosingHashes() {
	n := len(r.out)
	for n > 0 && r.out[n-1] == '#' {
		n--
	}
	if n < len(r.out) && n > 0 && r.out[n-1] == ' ' {
		r.out = append(r.out, 0)
		copy(r.out[n+1:], r.out[n:])
		r.out[n] = '\\'
	}
}
