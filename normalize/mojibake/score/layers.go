package main

import (
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// layeredWays are several misreadings, and changes made to what was misread.
func layeredWays() (all []way) {
	pages := []string{"windows-1252", "iso-8859-1", "windows-1250", "windows-1251", "windows-1254", "macintosh", "ibm437", "iso-8859-15"}
	for depth := 2; depth <= 4; depth++ {
		all = append(all, way{name: fmt.Sprintf("%d mixed layers", depth), breaks: func(r *rand.Rand, next func() string) (string, string, bool) {
			orig := next()
			bad, ok := orig, true
			for range depth {
				read := pages[0]
				if r.IntN(2) == 0 {
					read = pages[r.IntN(len(pages))]
				}
				if bad, ok = decode([]byte(bad), read, "keep"); !ok {
					return "", "", false
				}
			}
			return orig, bad, true
		}})
	}
	lower := func(change func(string) string) func(*rand.Rand, func() string) (string, string, bool) {
		return func(_ *rand.Rand, next func() string) (string, string, bool) {
			orig := strings.ToLower(next())
			bad, ok := decode([]byte(orig), "windows-1252", "keep")
			return change(orig), change(strings.ToLower(bad)), ok && utf8.RuneCountInString(bad) > utf8.RuneCountInString(orig)
		}
	}
	return append(all,
		way{name: "utf-8>windows-1252, in lower case", langs: western, breaks: lower(func(s string) string { return s })},
		way{name: "utf-8>windows-1252, in title case", langs: western, breaks: lower(titled)})
}

// titled gives the words of s that begin with an ASCII letter a capital.
func titled(s string) string {
	last := ' '
	return strings.Map(func(r rune) rune {
		before := last
		if last = r; r < 0x80 && (before == ' ' || before == '\n') {
			return unicode.ToUpper(r)
		}
		return r
	}, s)
}

// escapedWays are escapes left in text, of right characters and of misread ones.
func escapedWays() []way {
	escaping := func(name, rule string, escape func(r rune) string) []way {
		also := []string{rule}
		return []way{
			{name: name, also: also, breaks: single(func(s string) (string, bool) { return escaped(s, escape), true })},
			{name: "utf-8>windows-1252, " + name, also: also, breaks: single(func(s string) (string, bool) {
				bad, ok := decode([]byte(s), "windows-1252", "keep")
				return escaped(bad, escape), ok
			})},
		}
	}
	all := escaping("entities", "html-entities", func(r rune) string { return fmt.Sprintf("&#%d;", r) })
	all = append(all, escaping("named entities", "html-entities", namedEntity)...)
	all = append(all, escaping(`\u`, "unicode-escapes", func(r rune) string {
		var out strings.Builder
		for _, u := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&out, `\u%04x`, u)
		}
		return out.String()
	})...)
	all = append(all, escaping("percent", "percent-escapes", func(r rune) string { return hex("%%%02X", string(r)) })...)
	return append(all, escaping("quoted-printable", "quoted-printable", func(r rune) string { return hex("=%02X", string(r)) })...)
}

func escaped(s string, escape func(r rune) string) string {
	var out strings.Builder
	for _, r := range s {
		if r < 0x80 {
			out.WriteRune(r)
		} else {
			out.WriteString(escape(r))
		}
	}
	return out.String()
}

// namedEntity returns the entity of r that has a name, if one of Latin-1 does.
func namedEntity(r rune) string {
	for name := range strings.FieldsSeq(entityNames) {
		if s := "&" + name + ";"; html.UnescapeString(s) == string(r) {
			return s
		}
	}
	return fmt.Sprintf("&#x%X;", r)
}

const entityNames = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil " +
	"sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml " +
	"ETH Ntilde Ograve Oacute Ocirc Otilde Ouml Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil " +
	"egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml oslash ugrave uacute ucirc uuml yacute thorn yuml euro"

func hex(form, s string) string {
	var out strings.Builder
	for _, b := range []byte(s) {
		fmt.Fprintf(&out, form, b)
	}
	return out.String()
}

// documentWays are texts whose paragraphs were broken in several ways.
func documentWays() []way {
	lines := func(kinds ...string) func(*rand.Rand, func() string) (string, string, bool) {
		return func(r *rand.Rand, next func() string) (string, string, bool) {
			var orig, bad []string
			for i := range 2 * len(kinds) {
				o := next()
				b, kind := o, kinds[i/2]
				for layer := range strings.SplitSeq(kind, "+") {
					var ok bool
					if layer == "right" {
						continue
					}
					if from, read, legacy := strings.Cut(layer, ">"); legacy {
						raw, can := encode(b, from)
						if b, ok = decode(raw, read, "keep"); !ok || !can {
							return "", "", false
						}
					} else if b, ok = decode([]byte(b), layer, "keep"); !ok {
						return "", "", false
					}
				}
				orig, bad = append(orig, o), append(bad, b)
			}
			return strings.Join(orig, "\n\n"), strings.Join(bad, "\n\n"), true
		}
	}
	return []way{
		{name: "document: twice and once", breaks: lines("windows-1252+windows-1252", "windows-1252")},
		{name: "document: twice, once, right", langs: western, breaks: lines("windows-1252+windows-1252", "windows-1252", "right")},
		{name: "document: cp1252 and cp1251", breaks: lines("windows-1252", "windows-1251")},
		{name: "document: cp1252, cp1251, right", breaks: lines("windows-1252", "windows-1251", "right")},
		{name: "document: cp1252, macroman", langs: western + " " + central, breaks: lines("windows-1252", "macintosh")},
		{name: "document: cp1252, gbk", langs: "zh ja ko", breaks: lines("windows-1252", "gbk")},
		{name: "document: cp1251>latin1, cp1252", langs: cyrillic, breaks: lines("windows-1251>iso-8859-1", "windows-1252")},
		{name: "document: koi8r>cp1251, right", langs: "ru uk", breaks: lines("koi8-r>windows-1251", "right")},
		{name: "document: cp1251>latin1, right", langs: "ru uk", breaks: lines("windows-1251>iso-8859-1", "right")},
	}
}

// withEmoji puts characters beyond U+FFFF between the words of s.
func withEmoji(r *rand.Rand, s string) string {
	all := []rune("😀😂👍🎉🔥🙏💡🚀🌍𝑀")
	words := strings.Fields(s)
	i := r.IntN(len(words) + 1)
	return strings.Join(append(words[:i:i], append([]string{string(all[r.IntN(len(all))])}, words[i:]...)...), " ")
}

// cesu returns s with each half of a surrogate pair in UTF-8 of its own.
func cesu(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		switch {
		case u >= 0xD800 && u < 0xE000:
			out = append(out, 0xE0|byte(u>>12), 0x80|byte(u>>6)&0x3F, 0x80|byte(u)&0x3F)
		default:
			out = utf8.AppendRune(out, rune(u))
		}
	}
	return out
}
