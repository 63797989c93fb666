package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/normalize/mojibake/internal/mangle"
)

// A way breaks right lines.
type way struct {
	name   string
	langs  string   // separated by spaces; none is all
	also   []string // rules that mend it but are off by default
	lossy  bool     // U+FFFD may be in what comes out
	breaks func(r *rand.Rand, next func() string) (orig, bad string, ok bool)
}

func (y way) takes(lang string) bool {
	return y.langs == "" || slices.ContainsFunc(strings.Fields(y.langs), func(l string) bool { return strings.HasPrefix(lang, l) })
}

const (
	cyrillic = "ru uk be bg mk sr kk"
	central  = "pl cs sk hu hr sl ro"
	western  = "fr de es it pt sv da nb nl fi ca gl is et"
)

// ways returns all ways.
func ways() []way {
	return slices.Concat(easternWays(), cyrillicWays(), otherWays(), utf8Ways(), layeredWays(), escapedWays(), documentWays())
}

// single makes a way of one that breaks a line by itself.
func single(f func(s string) (string, bool)) func(*rand.Rand, func() string) (string, string, bool) {
	return func(_ *rand.Rand, next func() string) (string, string, bool) {
		orig := next()
		bad, ok := f(orig)
		return orig, bad, ok
	}
}

// misread is the way of writing in one encoding and reading in another.
func misread(from, read, langs string) way {
	return way{name: from + ">" + read, langs: langs, breaks: single(func(s string) (string, bool) {
		b, ok := encode(s, from)
		if !ok {
			return "", false
		}
		return decode(b, read, "keep")
	})}
}

func easternWays() (all []way) {
	from := []struct{ name, langs string }{
		{"euc-jp", "ja"}, {"shift_jis", "ja"}, {"big5", "zh_TW zh_HK"}, {"gbk", "zh_CN"}, {"euc-kr", "ko"},
	}
	for _, f := range from {
		for _, read := range []string{"windows-1252", "iso-8859-1", "windows-1251", "koi8-r", "macintosh", "ibm437", "gbk", "big5", "shift_jis", "euc-kr", "euc-jp"} {
			if read != f.name {
				all = append(all, misread(f.name, read, f.langs))
			}
		}
	}
	for _, read := range []string{"gbk", "big5", "shift_jis", "euc-jp", "euc-kr"} {
		all = append(all, misread("utf-8", read, "zh ja ko ru fr de es vi el"))
	}
	for _, read := range []string{"gbk", "shift_jis", "euc-kr"} {
		for _, mark := range []string{"\uFFFD", "?", ""} {
			name := fmt.Sprintf("utf-8>%s, %q for what is no pair", read, mark)
			all = append(all, way{name: name, langs: "zh ja ko ru el fr de cs", lossy: true, breaks: single(func(s string) (string, bool) {
				return mangle.Pairs(encodingOf(read), []byte(s), mark), true
			})})
		}
	}
	return append(all, way{name: "utf-8>gbk, last bytes lost", langs: "zh ja ko ru", lossy: true, breaks: single(func(s string) (string, bool) {
		return decode([]byte(s), "gbk", "fffd")
	})})
}

func cyrillicWays() (all []way) {
	names := []string{"koi8-r", "windows-1251", "ibm866", "x-mac-cyrillic", "iso-8859-5"}
	for _, f := range names {
		for _, read := range append(names, "windows-1252", "iso-8859-1", "macintosh", "ibm437") {
			if f != read {
				all = append(all, misread(f, read, cyrillic))
			}
		}
	}
	return append(all, misread("koi8-u", "windows-1251", "uk"), misread("koi8-u", "windows-1252", "uk"))
}

func otherWays() []way {
	return []way{
		misread("ibm850", "windows-1252", western), misread("windows-1252", "ibm850", western),
		misread("ibm437", "windows-1252", western), misread("windows-1252", "ibm437", western),
		misread("ibm852", "windows-1250", central), misread("windows-1250", "ibm852", central),
		misread("windows-1250", "windows-1252", central), misread("iso-8859-2", "windows-1250", central),
		misread("iso-8859-2", "windows-1252", central), misread("windows-1254", "windows-1252", "tr"),
		misread("windows-1257", "windows-1252", "lt lv et"), misread("windows-1252", "macintosh", western),
		misread("macintosh", "windows-1252", western), misread("windows-1252", "windows-1251", western),
		misread("windows-1253", "windows-1252", "el"), misread("iso-8859-7", "windows-1252", "el"),
		misread("windows-1255", "windows-1252", "he"), misread("windows-1256", "windows-1252", "ar fa"),
		misread("windows-874", "windows-1252", "th"), misread("windows-1258", "windows-1252", "vi"),
	}
}

// utf8Ways are readings of UTF-8 by one byte a character.
func utf8Ways() (all []way) {
	for _, read := range []string{
		"windows-1253", "windows-1255", "windows-1256", "windows-1257", "windows-1258", "windows-874",
		"iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8", "iso-8859-9", "iso-8859-10",
		"iso-8859-13", "iso-8859-14", "iso-8859-15", "iso-8859-16",
		"ibm850", "ibm852", "ibm866", "koi8-r", "koi8-u", "x-mac-cyrillic", "windows-1251",
	} {
		all = append(all, misread("utf-8", read, ""))
		if strings.HasPrefix(read, "windows") {
			all = append(all, way{name: "utf-8>" + read + ", dropped", breaks: single(func(s string) (string, bool) {
				return decode([]byte(s), read, "drop")
			})})
		}
	}
	return append(all,
		way{name: "cesu-8>windows-1252", breaks: func(r *rand.Rand, next func() string) (string, string, bool) {
			orig := withEmoji(r, next())
			bad, ok := decode(cesu(orig), "windows-1252", "keep")
			return orig, bad, ok
		}},
		way{name: "cesu-8", breaks: func(r *rand.Rand, next func() string) (string, string, bool) {
			orig := withEmoji(r, next())
			return orig, string(cesu(orig)), true
		}},
		way{name: "utf-8>windows-1252, A0 a blank", breaks: blanks(" ")},
		way{name: "utf-8>windows-1252, A0 trimmed", breaks: blanks("")},
	)
}

// blanks is the way of losing no-break spaces: those at a line's end, or before
// a blank, leave gone, all others a blank.
func blanks(gone string) func(*rand.Rand, func() string) (string, string, bool) {
	return single(func(s string) (string, bool) {
		bad, ok := decode([]byte(s), "windows-1252", "keep")
		if !strings.ContainsRune(bad, '\u00a0') {
			return "", false
		}
		bad = strings.ReplaceAll(bad, "\u00a0 ", gone+" ")
		if before, ok := strings.CutSuffix(bad, "\u00a0"); ok {
			bad = before + gone
		}
		return strings.ReplaceAll(bad, "\u00a0", " "), ok
	})
}
