package main

import (
	"html"
	"regexp"
	"strings"
	"unicode"
)

// plain takes the marks of Markdown out of a text, so that only the words
// that a reader sees are compared.
func plain(md string) string {
	for _, s := range marks {
		md = s.find.ReplaceAllString(md, s.with)
	}
	return html.UnescapeString(md)
}

var link = regexp.MustCompile(`\[((?:[^\[\]\\]|\\.|\[[^\]]*\])*)\]\((?:<[^>]*>|(?:[^()\s]|\([^()]*\))*)(?:\s+"[^"]*")?\)`)

var marks = []struct {
	find *regexp.Regexp
	with string
}{
	{regexp.MustCompile(`!\[\[[^\]]*\]\]`), " "},
	{regexp.MustCompile(`!\[((?:[^\]\\]|\\.)*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+"[^"]*")?\)`), " "},
	{link, "$1"},
	{link, "$1"},
	{regexp.MustCompile(`(?m)^\[\^[^\]]+\]:`), ""},
	{regexp.MustCompile(`\[\^[^\]]+\]`), ""},
	{regexp.MustCompile("(?m)^\\s*(```+|~~~+).*$"), ""},
	{regexp.MustCompile(`<[^>\n]{1,400}>`), " "},
	{regexp.MustCompile(`(?m)^\s*(#{1,6}|>+|[-*+]|\d+\.)\s`), ""},
	{regexp.MustCompile(`(?m)^\|?[\s:|-]+\|[\s:|-]*$`), ""},
	{regexp.MustCompile("\\\\([\\\\`*_{}\\[\\]()#+.!|<>~-])"), "$1"},
	{regexp.MustCompile("(\\*\\*|__|\\*|~~|==|`)"), ""},
}

// words splits a text into runs of letters and digits; in the sets that are
// not WCXB, whose scorer does not, each sign of a script without spaces is one.
func words(s string, signs bool) map[string]int {
	bag := map[string]int{}
	s = strings.ToLower(strings.ReplaceAll(s, "\u00ad", ""))
	start := -1
	flush := func(end int) {
		if start >= 0 {
			bag[s[start:end]]++
		}
		start = -1
	}
	for i, r := range s {
		switch {
		case signs && (r >= 0x3040 && r <= 0x30ff || r >= 0x3400 && r <= 0x4dbf || r >= 0x4e00 && r <= 0x9fff || r >= 0xac00 && r <= 0xd7af):
			flush(i)
			bag[string(r)]++
		case unicode.IsLetter(r) || unicode.IsNumber(r) || r == '_':
			if start < 0 {
				start = i
			}
		default:
			flush(i)
		}
	}
	flush(len(s))
	return bag
}

// match is how much of what came out was wanted, how much of what was wanted
// came out, and the harmonic mean of both.
func match(got, want map[string]int) (precision, recall, f1 float64) {
	hits, size, wanted := 0, 0, 0
	for w, n := range got {
		size += n
		hits += min(n, want[w])
	}
	for _, n := range want {
		wanted += n
	}
	switch {
	case wanted == 0 && size == 0:
		return 1, 1, 1
	case hits == 0:
		return 0, 0, 0
	}
	precision, recall = float64(hits)/float64(size), float64(hits)/float64(wanted)
	return precision, recall, 2 * precision * recall / (precision + recall)
}
