package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"iter"
	"maps"
	"math"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/japanese"
)

// lines yields the paragraphs of a file.
func lines(k kind, path string, b []byte) iter.Seq[string] {
	switch ext := filepath.Ext(path); {
	case k == words && ext == ".csv":
		return pricedLines(b)
	case k == words:
		return wordLines(b)
	case k == spelling:
		return dictionaryLines(b)
	case k == counted:
		return countedLines(b)
	case k == quips:
		if ext != "" && ext != ".u8" {
			return func(func(string) bool) {}
		}
		return paragraphs(strings.ReplaceAll(string(b), "\n%\n", "\n\n"))
	case ext == ".mo":
		return moLines(b)
	case ext == ".html", ext == ".htm", ext == ".xhtml", ext == ".utf8":
		return htmlLines(b)
	case ext == ".json":
		return jsonLines(b)
	case ext == ".txt":
		return paragraphs(string(b))
	case strings.Contains(path, "/man/"):
		return manLines(b)
	}
	return func(func(string) bool) {}
}

// paragraphs joins wrapped lines; a blank or indented line begins a new one.
func paragraphs(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		var para strings.Builder
		flush := func() bool {
			text := para.String()
			para.Reset()
			return text == "" || yield(text)
		}
		for line := range strings.SplitSeq(s, "\n") {
			trimmed := strings.TrimSpace(line)
			if (trimmed == "" || line[0] == ' ' || line[0] == '\t') && !flush() {
				return
			}
			join(&para, trimmed)
		}
		flush()
	}
}

// join appends a line, with a space unless both sides are scripts without.
func join(para *strings.Builder, line string) {
	if para.Len() > 0 && line != "" {
		last, _ := utf8.DecodeLastRuneInString(para.String())
		first, _ := utf8.DecodeRuneInString(line)
		if !unspaced(last) || !unspaced(first) {
			para.WriteByte(' ')
		}
	}
	para.WriteString(line)
}

func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Khmer) ||
		r >= 0x3000 && r < 0x3040 || r >= 0xFF00 && r < 0xFFF0
}

var (
	markup      = regexp.MustCompile(`<[^<>]*>|%[0-9$]*[-+#0-9.]*l*[a-zA-Z]|%[A-Z_]+|\$\[?[a-zA-Z]+\]?|\{[^{}]*\}|&[a-z]+;`)
	accelerator = regexp.MustCompile(`\([_~&][A-Za-z0-9]\)|[_~&]`)
)

// moLines yields the translations of a gettext catalogue, not what they translate.
func moLines(b []byte) iter.Seq[string] {
	return func(yield func(string) bool) {
		if len(b) < 28 {
			return
		}
		var o binary.ByteOrder = binary.LittleEndian
		if o.Uint32(b) != 0x950412de {
			o = binary.BigEndian
		}
		n, ids, strs := o.Uint32(b[8:]), o.Uint32(b[12:]), o.Uint32(b[16:])
		for i := uint32(1); i < n; i++ {
			id, s := moString(o, b, ids+8*i), moString(o, b, strs+8*i)
			if s == "" || s == id {
				continue
			}
			for line := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '\n' || r == 0 }) {
				line = markup.ReplaceAllString(line, " ")
				if !yield(accelerator.ReplaceAllString(line, "")) {
					return
				}
			}
		}
	}
}

func moString(o binary.ByteOrder, b []byte, at uint32) string {
	if uint64(at)+8 > uint64(len(b)) {
		return ""
	}
	n, start := uint64(o.Uint32(b[at:])), uint64(o.Uint32(b[at+4:]))
	if start+n > uint64(len(b)) {
		return ""
	}
	return string(b[start : start+n])
}

// htmlLines yields the text of the blocks of a page, without its code.
func htmlLines(b []byte) iter.Seq[string] {
	return func(yield func(string) bool) {
		var block strings.Builder
		skip := 0
		for z := html.NewTokenizer(bytes.NewReader(b)); ; {
			kind := z.Next()
			switch kind {
			case html.ErrorToken:
				yield(block.String())
				return
			case html.TextToken:
				if skip == 0 {
					block.Write(z.Text())
				}
				continue
			case html.StartTagToken, html.EndTagToken:
			default:
				continue
			}
			tag, _ := z.TagName()
			switch string(tag) {
			case "script", "style", "pre", "title":
				skip += 1
				if kind == html.EndTagToken {
					skip = max(0, skip-2)
				}
			case "a", "b", "i", "em", "strong", "span", "code", "tt", "font", "sup", "sub", "q", "kbd", "var", "acronym", "abbr":
				continue
			}
			text := html.UnescapeString(strings.Join(strings.FieldsFunc(block.String(), asciiSpace), " "))
			block.Reset()
			if text != "" && !yield(text) {
				return
			}
		}
	}
}

// asciiSpace leaves the spaces that carry meaning, such as U+00A0 and U+3000.
func asciiSpace(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' }

var roffEscape = regexp.MustCompile(`\\f(?:\[[^\]]*\]|\(..|.)|\\s[-+]?[0-9]|\\[&|^/,]|\\\*(?:\(..|.)`)

// manLines yields the paragraphs of a manual page.
func manLines(b []byte) iter.Seq[string] {
	var out strings.Builder
	verbatim := false
	for line := range strings.SplitSeq(string(b), "\n") {
		switch {
		case strings.HasPrefix(line, ".nf"), strings.HasPrefix(line, ".EX"):
			verbatim = true
		case strings.HasPrefix(line, ".fi"), strings.HasPrefix(line, ".EE"):
			verbatim = false
		case strings.HasPrefix(line, ".B "), strings.HasPrefix(line, ".I "):
			line = line[3:]
		}
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			out.WriteString("\n\n")
			continue
		}
		if !verbatim && !strings.ContainsAny(line, "\t") {
			line = roffEscape.ReplaceAllString(line, "")
			line = strings.NewReplacer(`\-`, "-", `\e`, `\`, `\ `, " ", `\(co`, "©", `\(aq`, "'", `\(bu`, "•").Replace(line)
			out.WriteString(line + "\n")
		}
	}
	return paragraphs(out.String())
}

var wiki = regexp.MustCompile(`\{\{[^{}|]*(?:\|[^{}|]*\||\|)?|\}\}|\[\[(?:[^\[\]|]*\|)?|\]\]|'{2,}|\[https?://\S*|\$[0-9]`)

// jsonLines yields the messages of MediaWiki, without their markup.
func jsonLines(b []byte) iter.Seq[string] {
	return func(yield func(string) bool) {
		var messages map[string]any
		if json.Unmarshal(b, &messages) != nil {
			return
		}
		for _, key := range slices.Sorted(maps.Keys(messages)) {
			s, ok := messages[key].(string)
			if !ok || strings.HasPrefix(key, "@") {
				continue
			}
			for line := range strings.SplitSeq(s, "\n") {
				line = wiki.ReplaceAllString(markup.ReplaceAllString(line, " "), " ")
				if !yield(html.UnescapeString(strings.ReplaceAll(line, "|", "/"))) {
					return
				}
			}
		}
	}
}

// isWordList reports whether a file is a list of words that counts, by its name.
// Names of people and places are many and say little.
func isWordList(path string) bool {
	switch filepath.Base(path) {
	case "Noun.name.csv", "Noun.org.csv", "Noun.place.csv", "Noun.proper.csv":
		return false
	}
	return strings.HasSuffix(path, ".txt") || strings.HasSuffix(path, ".csv")
}

// pricedLines yields the words of a dictionary of MeCab, which gives the seldom
// ones a high cost: the logarithm of how much seldomer they are.
func pricedLines(b []byte) iter.Seq[string] {
	const nat, usual, seldom = 1000, 6500, 8000
	return func(yield func(string) bool) {
		text, err := japanese.EUCJP.NewDecoder().Bytes(b)
		if err != nil {
			return
		}
		for line := range strings.SplitSeq(string(text), "\n") {
			f := strings.Split(line, ",")
			if len(f) < 4 || utf8.RuneCountInString(f[0]) < 2 {
				continue
			}
			cost, err := strconv.Atoi(f[3])
			if err != nil || cost > seldom {
				continue
			}
			for range max(1, min(int(math.Exp(float64(usual-cost)/nat)), 100)) {
				if !yield(f[0]) {
					return
				}
			}
		}
	}
}

// wordLines yields the words of a frequency list, the frequent ones more often.
func wordLines(b []byte) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.SplitSeq(string(b), "\n") {
			f := strings.Fields(line)
			if len(f) < 2 || utf8.RuneCountInString(f[0]) < 2 {
				continue
			}
			n := 0
			for _, c := range f[1] {
				if c < '0' || c > '9' {
					break
				}
				n = min(n*10+int(c-'0'), 1<<20)
			}
			for range min(1+n/40, 100) {
				if !yield(f[0]) {
					return
				}
			}
		}
	}
}
