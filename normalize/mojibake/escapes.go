package mojibake

import (
	"html"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/clipmend/clipmend/internal/lazyregexp"
	"github.com/clipmend/clipmend/normalize/repair"
)

// The escapes that are left in text. Each expression takes a run of them, so
// that a run is read as a whole.
var (
	entityRun  = lazyregexp.New(`(?:&(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,30});)+`)
	unicodeRun = lazyregexp.New(`(?:\\u[0-9a-fA-F]{4})+`)
	percentRun = lazyregexp.New(`(?:%[0-9a-fA-F]{2})+`)
	quotedRun  = lazyregexp.New(`(?:=[0-9A-F]{2})+`)
)

// unescaping returns the rule id that reads the runs of re by decode, outside
// of what is protected.
func unescaping(id string, re *lazyregexp.Regexp, decode func(string) string) func(*fixer, []byte) (Step, []repair.Edit) {
	return func(f *fixer, text []byte) (Step, []repair.Edit) {
		var edits []repair.Edit
		for _, m := range re.FindAllIndex(text, -1) {
			span := repair.Span{Start: m[0], End: m[1]}
			was := string(text[m[0]:m[1]])
			if now := decode(was); now != was && !f.protected(text, span) {
				edits = append(edits, repair.Edit{Rule: id, Span: span, Now: now, Confidence: .95})
			}
		}
		return Step{}, edits
	}
}

// unescapeEntities reads HTML entities but those of < > and &, which may stand
// for themselves.
func unescapeEntities(s string) string {
	var out strings.Builder
	for part := range strings.SplitAfterSeq(s, ";") {
		switch now := html.UnescapeString(part); now {
		case "<", ">", "&":
			out.WriteString(part)
		default:
			out.WriteString(now)
		}
	}
	return out.String()
}

// unescapeUnicode reads a run of \uXXXX that has no ASCII and no half pair. C1
// controls are part of text that was misread.
func unescapeUnicode(s string) string {
	var units []uint16
	for part := range strings.SplitSeq(s[2:], `\u`) {
		n, err := strconv.ParseUint(part, 16, 16)
		if err != nil || n < 0x80 {
			return s
		}
		units = append(units, uint16(n))
	}
	now := string(utf16.Decode(units))
	if strings.ContainsRune(now, unicode.ReplacementChar) {
		return s
	}
	return now
}

// unescapeBytes reads a run of %XX or =XX that is UTF-8 without ASCII.
func unescapeBytes(s string) string {
	var out []byte
	for i := 0; i < len(s); i += 3 {
		n, err := strconv.ParseUint(s[i+1:i+3], 16, 8)
		if err != nil || n < 0x80 {
			return s
		}
		out = append(out, byte(n))
	}
	if !utf8.Valid(out) {
		return s
	}
	return string(out)
}
