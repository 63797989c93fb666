package page

import (
	"strings"
	"unicode/utf8"

	"github.com/clipmend/clipmend/internal/lazyregexp"
)

// What follows tells quickly that an expression of [Truncated] cannot match a
// line, which is so of nearly all. Where it may, the expression decides.

// submatch is the match of an expression, nil where there may be none.
func submatch(re *lazyregexp.Regexp, s string, may bool) []string {
	if !may {
		return nil
	}
	return re.FindStringSubmatch(s)
}

// mayBeContents is false for lines that contentsLine does not match.
func mayBeContents(s string) bool {
	s = strings.Trim(s, "#*:： \t\n\f\r")
	if len(s) > 64 { // "table of contents" in whatever letters fold to it
		return false
	}
	for _, word := range [...]string{
		"table of contents", "contents", "outline", "目录", "目錄", "大纲", "本文目录", "目次", "inhaltsverzeichnis", "sommaire",
	} {
		if strings.EqualFold(s, word) {
			return true
		}
	}
	return false
}

// mayBeNumber is false for lines that numberLine does not match.
func mayBeNumber(s string) bool {
	s = strings.TrimLeft(s, "#* \t\n\f\r")
	return s != "" && '0' <= s[0] && s[0] <= '9'
}

// headingText is the text of a line that is a heading, or "". The line has no
// blanks around it.
func headingText(s string) string {
	text := strings.TrimLeft(s, "#")
	if n := len(s) - len(text); n == 0 || n > 6 || text == "" || !isBlank(text[0]) {
		return ""
	}
	return strings.TrimLeft(text, " \t\n\f\r")
}

// mayClaim is false for lines in which claimWords finds nothing: a word for
// parts in English stands behind a blank, one in Chinese behind a number.
func mayClaim(s string) bool {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			if isBlank(s[i]) && partsLead(s[i+1:]) && numberBefore(s[:i]) {
				return true
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch r {
		case 'ſ', '\u212A': // the only ones outside of ASCII that fold to its letters
			return true
		case '篇', '部', '章', '节', '步', '点', '个':
			if endsInNumber(s[:i]) {
				return true
			}
		}
		i += size
	}
	return false
}

// isBlank is \s of an expression.
func isBlank(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' && c != '\v' }

// partsLead reports whether a text begins with one of the words for parts.
func partsLead(s string) bool {
	n := 0
	for n < len(s) && 'a' <= s[n]|0x20 && s[n]|0x20 <= 'z' {
		if n++; n > len("principles") {
			return false
		}
	}
	if n < len("tips") || s[n-1]|0x20 != 's' {
		return false
	}
	switch strings.ToLower(s[:n]) {
	case "papers", "parts", "sections", "chapters", "steps", "points", "lessons", "articles",
		"tips", "reasons", "rules", "principles", "topics", "models", "methods":
		return true
	}
	return false
}

// numberBefore reports whether one of a text's last three words ends in a number.
func numberBefore(s string) bool {
	for range 3 {
		end := len(s)
		for end > 0 && isBlank(s[end-1]) {
			end--
		}
		if end == 0 {
			return false
		}
		if '0' <= s[end-1] && s[end-1] <= '9' {
			return true
		}
		for _, word := range [...]string{"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"} {
			if end >= len(word) && strings.EqualFold(s[end-len(word):end], word) {
				return true
			}
		}
		for s = s[:end]; s != "" && !isBlank(s[len(s)-1]); {
			s = s[:len(s)-1]
		}
	}
	return false
}

// endsInNumber reports whether a text ends in a digit or a number in Chinese, and
// blanks.
func endsInNumber(s string) bool {
	for len(s) > 0 && isBlank(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return '0' <= r && r <= '9' || strings.ContainsRune("二三四五六七八九十", r) || strings.HasSuffix(s, "十一")
}
