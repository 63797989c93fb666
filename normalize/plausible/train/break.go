package main

import (
	"bufio"
	"encoding/json"
	"io"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// A breaking is a way in which texts lose bytes: read as an encoding that
// leaves some undefined.
type breaking struct {
	name  string
	inner *charmap.Charmap // read as this first; nil for no such reading
	outer *charmap.Charmap
	lost  string // what becomes of undefined bytes
	span  bool   // only some of the words
}

var breakings = []breaking{
	{name: "cp1252", outer: charmap.Windows1252},
	{name: "cp1254", outer: charmap.Windows1254},
	{name: "cp1250", outer: charmap.Windows1250},
	{name: "cp1251", outer: charmap.Windows1251},
	{name: "cp1252x2", inner: charmap.Windows1252, outer: charmap.Windows1252},
	{name: "fffd-cp1252", outer: charmap.Windows1252, lost: "\uFFFD"},
	{name: "q-cp1252", outer: charmap.Windows1252, lost: "?"},
	{name: "span-cp1252", outer: charmap.Windows1252, span: true},
}

// read returns text as it looks in an encoding, and whether anything was lost.
func read(text string, c *charmap.Charmap, lost string) (string, bool) {
	var b strings.Builder
	some := false
	for i := range len(text) {
		r := c.DecodeByte(text[i])
		if r < 0xA0 && text[i] >= 0x80 || r == utf8.RuneError {
			b.WriteString(lost)
			some = true
			continue
		}
		b.WriteRune(r)
	}
	return b.String(), some
}

// apply returns the broken text, and whether it lost anything.
func (k breaking) apply(text string, rnd *rand.Rand) (string, bool) {
	if k.span {
		words := strings.Split(text, " ")
		n := 1 + rnd.IntN(max(1, len(words)/2))
		at := rnd.IntN(len(words) - n + 1)
		bad, some := read(strings.Join(words[at:at+n], " "), k.outer, k.lost)
		return strings.Join(slices.Concat(words[:at], []string{bad}, words[at+n:]), " "), some
	}
	some := false
	if k.inner != nil {
		text, some = read(text, k.inner, "")
	}
	text, more := read(text, k.outer, k.lost)
	return text, some || more
}

// judged are the languages of which broken lines are written.
const judged = "ar bg cs de el es fa fr he hi hu it ja ko nl pl pt ro ru sv tr uk vi zh-Hans zh-Hant"

// A brokenLine is a line that lost bytes, as normalize/mojibake/score reads it.
type brokenLine struct {
	Lang  string `json:"lang"`
	Chain string `json:"chain"`
	Orig  string `json:"orig"`
	Bad   string `json:"bad"`
}

// brokenLines yields lines that lost bytes, n of each language and breaking if
// there are so many.
func brokenLines(t texts, n int) iter.Seq[brokenLine] {
	return func(yield func(brokenLine) bool) {
		rnd := rand.New(rand.NewPCG(1, 2))
		for lang := range strings.FieldsSeq(judged) {
			lines := slices.Clone(t[lang])
			if len(lines) == 0 {
				continue
			}
			rnd.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
			at := 0
			for _, k := range breakings {
				for got, tries := 0, 0; got < n && tries < 8*n; tries++ {
					line := []rune(lines[at%len(lines)])
					at++
					text := strings.TrimSpace(string(line[:min(len(line), 120)]))
					if strings.ContainsRune(text, '\u00A0') || utf8.RuneCountInString(text) < 7 {
						continue
					}
					bad, some := k.apply(text, rnd)
					if !some {
						continue
					}
					got++
					if !yield(brokenLine{lang, k.name, text, bad}) {
						return
					}
				}
			}
		}
	}
}

func writeBroken(w io.Writer, t texts, n int) error {
	out := bufio.NewWriter(w)
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	for line := range brokenLines(t, n) {
		if err := e.Encode(line); err != nil {
			return err
		}
	}
	return out.Flush()
}
