package main

import (
	"bytes"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// texts are lines by language.
type texts map[string][]string

func (t texts) add(lang, line string) {
	line = strings.ToValidUTF8(strings.Trim(strings.Join(strings.FieldsFunc(line, asciiSpace), " "), " "), "\uFFFD")
	if line != "" {
		t[lang] = append(t[lang], line)
	}
}

func (t texts) langs() []string { return slices.Sorted(maps.Keys(t)) }

func (t texts) format() []byte {
	var b bytes.Buffer
	for _, l := range t.langs() {
		for _, line := range t[l] {
			b.WriteString(l + "\t" + line + "\n")
		}
	}
	return b.Bytes()
}

func parseTexts(b []byte) texts {
	t := texts{}
	for line := range strings.SplitSeq(string(b), "\n") {
		if l, text, ok := strings.Cut(line, "\t"); ok {
			t[l] = append(t[l], text)
		}
	}
	return t
}

// A sieve passes each line of a language once, and only lines in that language.
type sieve struct {
	seen map[uint64]struct{}
}

func newSieve() *sieve { return &sieve{seen: map[uint64]struct{}{}} }

func (s *sieve) pass(lang, line string) bool {
	if !wellFormed(line) || !inLanguage(lang, line) {
		return false
	}
	f := fnv.New64a()
	_, _ = f.Write([]byte(lang + "\x00" + line))
	if _, dup := s.seen[f.Sum64()]; dup {
		return false
	}
	s.seen[f.Sum64()] = struct{}{}
	return true
}

// wellFormed drops lines that are mostly not words, or that are broken already.
func wellFormed(line string) bool {
	letters, wide, n := 0, 0, 0
	for _, r := range line {
		n++
		switch {
		case r == utf8.RuneError || r < ' ' || r >= 0x7F && r < 0xA0:
			return false
		case r >= 0x2E80 && unspaced(r):
			wide++
			letters++
		case unicode.In(r, unicode.L, unicode.M) || r == ' ':
			letters++
		}
	}
	return n+2*wide >= 12 && letters*10 >= n*7 && n < 4000
}

// inLanguage drops English left in pages of other languages.
func inLanguage(lang, line string) bool {
	if lang == "en" {
		return true
	}
	if s, ok := scripts[lang]; ok {
		own, letters := 0, 0
		for _, r := range line {
			if unicode.IsLetter(r) {
				letters++
				if unicode.In(r, s...) {
					own++
				}
			}
		}
		// Han says in one character what takes three letters.
		return own*4 >= letters*2 || len(s) > 0 && s[0] == unicode.Han && own*5 >= letters
	}
	english, total := 0, 0
	for w := range strings.FieldsFuncSeq(strings.ToLower(line), func(r rune) bool { return !unicode.IsLetter(r) }) {
		total++
		if englishWords[w] {
			english++
		}
	}
	return english == 0 || english*12 < total
}

var scripts = func() map[string][]*unicode.RangeTable {
	m := map[string][]*unicode.RangeTable{
		"zh-Hans": {unicode.Han}, "zh-Hant": {unicode.Han}, "zh": {unicode.Han}, "ja": {unicode.Han, unicode.Hiragana, unicode.Katakana},
		"ko": {unicode.Hangul}, "el": {unicode.Greek}, "he": {unicode.Hebrew}, "hi": {unicode.Devanagari}, "ne": {unicode.Devanagari},
		"th": {unicode.Thai}, "ka": {unicode.Georgian}, "hy": {unicode.Armenian}, "bn": {unicode.Bengali}, "gu": {unicode.Gujarati},
		"ta": {unicode.Tamil}, "te": {unicode.Telugu}, "ml": {unicode.Malayalam}, "km": {unicode.Khmer}, "si": {unicode.Sinhala},
	}
	for l := range strings.FieldsSeq("ru uk be bg mk sr kk mn") {
		m[l] = []*unicode.RangeTable{unicode.Cyrillic}
	}
	for l := range strings.FieldsSeq("ar fa ur") {
		m[l] = []*unicode.RangeTable{unicode.Arabic}
	}
	return m
}()

// englishWords are frequent in English and not words of the other languages in
// Latin script.
var englishWords = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq("the and with this that which from you your would should when its these been used") {
		m[w] = true
	}
	return m
}()
