package page

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/clipmend/clipmend/internal/lazyregexp"
)

// Truncated looks for signs that a text ends before its own end: a table of
// contents names more sections than follow, or a number of parts is announced
// and a numbered list or numbered headings stop short of it. It returns what
// to tell the reader, or "". Documents of Feishu and Lark are cut so, when a
// clipper saves them before they are loaded to the end.
func Truncated(markdown []byte) string {
	var t truncation
	for line := range bytes.Lines(withoutProperties(markdown)) {
		// What tells stands at a line's beginning; a line may be megabytes.
		t.line(strings.TrimSpace(string(line[:min(len(line), maxTelling)])))
	}
	return t.verdict()
}

// withoutProperties is a note's text after its YAML properties.
func withoutProperties(note []byte) []byte {
	rest, ok := bytes.CutPrefix(note, []byte("---\n"))
	if !ok {
		return note
	}
	if _, body, ok := bytes.Cut(rest, []byte("\n---\n")); ok {
		return body
	}
	return note
}

// maxTelling is how many bytes of a line are looked at.
const maxTelling = 400

// truncation gathers what a text promises and what it has.
type truncation struct {
	fenced     bool
	contents   bool     // inside a table of contents
	promised   []string // sections that it names
	headings   []string
	claimed    int // the parts announced
	claim      string
	numbered   int // the last number of the first run 1, 2, 3 …
	after      int // lines of text after the last numbered one
	runs       int // runs of numbers that begin with 1
	paragraphs int
}

var (
	contentsLine = lazyregexp.New(`(?i)^(?:#{1,6}\s+|\*\*)?(?:table of contents|contents|outline|目录|目錄|大纲|本文目录|目次|inhaltsverzeichnis|sommaire)(?:\*\*)?\s*[:：]?$`)
	itemLine     = lazyregexp.New(`^(?:[-*+]|\d{1,3}[.)])\s+(?:\[([^\]]+)\]\([^)]*\)|(\S.{0,100}))$`)
	numberLine   = lazyregexp.New(`^(?:#{1,6}\s+)?(?:\*\*)?(\d{1,3})\\?[.)、．](?:\s|$|\*)`)
	claimWords   = lazyregexp.New(`(?i)\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\s+(?:\pL[\pL-]*\s+){0,2}(?:papers|parts|sections|chapters|steps|points|lessons|articles|tips|reasons|rules|principles|topics|models|methods)\b|([二三四五六七八九十]|十[一二]|\d{1,2})\s*(?:篇|部分|章|节|步|点|个部分|个章节|个步骤|个要点)`)
	leadNumber   = lazyregexp.New(`^(?:\d+(?:\\?\.\d+)*\\?[.)、．]?|第?[一二三四五六七八九十]+[章节部、.]*)\s*`)
)

func (t *truncation) line(s string) {
	switch {
	case strings.HasPrefix(s, "```") || strings.HasPrefix(s, "~~~"):
		t.fenced = !t.fenced
		return
	case t.fenced || s == "":
		return
	case mayBeContents(s) && contentsLine.MatchString(s):
		t.contents = true
		return
	}
	if t.contents {
		if m := itemLine.FindStringSubmatch(s); m != nil {
			if len(t.promised) < 500 {
				t.promised = append(t.promised, foldHeading(m[1]+m[2]))
			}
			return
		}
		t.contents = false
	}
	if text := headingText(s); text != "" {
		t.headings = append(t.headings, text)
	}
	t.count(s)
}

// count follows the first run of numbers and what was announced before it.
func (t *truncation) count(s string) {
	if m := submatch(numberLine, s, mayBeNumber(s)); m != nil {
		switch n, _ := strconv.Atoi(m[1]); {
		case n == t.numbered+1:
			t.numbered, t.after = n, 0
			if n == 1 {
				t.runs++
			}
		case n == 1:
			t.runs++
		}
		return
	}
	t.after++
	if t.numbered == 0 && t.paragraphs < 6 {
		t.paragraphs++
		if m := submatch(claimWords, s, t.claimed == 0 && mayClaim(s)); m != nil {
			t.claim = m[0]
			t.claimed = smallNumber(strings.ToLower(m[1] + m[2]))
		}
	}
}

func (t *truncation) verdict() string {
	missing, last := t.missing()
	// Some headings must be found, or the table does not name headings; the
	// last must be missing, or the text is not cut but worded otherwise.
	if found := len(t.promised) - missing; len(t.promised) >= 3 && found > 0 && last && missing*4 >= len(t.promised) {
		return fmt.Sprintf("the text may be cut off: its table of contents names %d sections, %d of them do not follow", len(t.promised), missing)
	}
	if t.runs == 1 && t.numbered >= 2 && t.claimed > t.numbered && t.numbered*2 >= t.claimed && t.after <= 4 {
		return fmt.Sprintf("the text may be cut off: it speaks of %q, the numbers end at %d", t.claim, t.numbered)
	}
	return ""
}

// missing counts the promised sections that have no heading, and says whether the
// last is one of them.
func (t *truncation) missing() (n int, last bool) {
	if len(t.promised) == 0 {
		return 0, false
	}
	there := map[string]bool{}
	for _, h := range t.headings {
		there[foldHeading(h)] = true
	}
	for _, p := range t.promised {
		if last = !there[p]; last {
			n++
		}
	}
	return n, last
}

// foldHeading makes a heading comparable with its entry in a table of
// contents: no number, no markup, no signs.
func foldHeading(s string) string {
	s = leadNumber.ReplaceAllString(strings.TrimSpace(s), "")
	return strings.ToLower(strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return strings.ContainsRune(" \t*_`\\#[](){}:：,，.。!！?？-–—~\u200b\u200c\u200d\ufeff", r)
	}), ""))
}

// smallNumber reads a number from two to ninety-nine, 0 if it is none.
func smallNumber(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	for i, words := range [][]string{
		2: {"two", "二"},
		{"three", "三"},
		{"four", "四"},
		{"five", "五"},
		{"six", "六"},
		{"seven", "七"},
		{"eight", "八"},
		{"nine", "九"},
		{"ten", "十"},
		{"eleven", "十一"},
		{"twelve", "十二"},
	} {
		if slices.Contains(words, s) {
			return i
		}
	}
	return 0
}
