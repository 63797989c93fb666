package review

import (
	"fmt"
	"unicode"
)

// hidden returns a name for a character that cannot be seen, or that changes how
// others are seen; "" for others.
func hidden(r rune) string {
	switch {
	case r == '\n', r == '\t':
		return ""
	case r == '\r':
		return "␍"
	case r == '\u00a0':
		return "⍽"
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp), r == unicode.ReplacementChar:
		return fmt.Sprintf("U+%04X", r)
	}
	return ""
}
