package models

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

const (
	timelineBegin = "<!-- clipmend: timeline, written again on each run -->"
	timelineEnd   = "<!-- clipmend: end of timeline -->"
)

// A Dated is a thing with the date that the timeline shows.
type Dated struct{ Stem, Date string }

// DateOf returns the date of a thing for the timeline, false if it has none.
func DateOf(stem string, rows []Row, s Schema) (Dated, bool) {
	var values []string
	for _, r := range sortRows(slices.Clone(rows), s.Order) {
		if r.Attribute == s.Newest && s.Newest != "" && r.implies() {
			values = append(values, bare(r.Value))
		}
	}
	if len(values) == 0 {
		return Dated{}, false
	}
	return Dated{stem, commonest(values)}, true
}

// Index returns the note that leads to all others: the views, the canvas, and a
// timeline of the dates. In an existing one only the timeline is written again; a
// note without a timeline of ours is a person's and is returned as it is.
func Index(existing []byte, dates []Dated, hasCanvas bool, s Schema) []byte {
	timeline := timelineBegin + "\n\n" + mermaid(dates, s) + timelineEnd
	if existing == nil {
		return []byte(newIndex(timeline, hasCanvas, s))
	}
	text := string(existing)
	begin := strings.LastIndex(text, timelineBegin)
	if begin < 0 {
		return existing
	}
	_, after, found := strings.Cut(text[begin:], timelineEnd)
	if !found {
		return existing
	}
	if strings.Contains(text, "\r\n") {
		timeline = strings.ReplaceAll(timeline, "\n", "\r\n")
	}
	return []byte(text[:begin] + timeline + after)
}

func newIndex(timeline string, hasCanvas bool, s Schema) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", s.folder())
	fmt.Fprintf(&b, "![[%s.base]]\n\n", s.folder())
	if hasCanvas {
		fmt.Fprintf(&b, "How they belong together and compare: [[%s.canvas]]\n\n", s.folder())
	}
	return b.String() + timeline + "\n"
}

// maxEvents bounds a timeline: the newest.
const maxEvents = 200

// mermaid draws the dates by year, "" if there are none.
func mermaid(dates []Dated, s Schema) string {
	if len(dates) == 0 {
		return ""
	}
	dates = slices.SortedFunc(slices.Values(dates), func(a, b Dated) int {
		if c := strings.Compare(a.Date, b.Date); c != 0 {
			return c
		}
		return strings.Compare(a.Stem, b.Stem)
	})
	dates = dates[max(0, len(dates)-maxEvents):]
	var b strings.Builder
	b.WriteString("```mermaid\ntimeline\n    title " + eventText(s.folder()+" by "+strings.ToLower(words(s.Newest))) + "\n")
	year, day := "", ""
	for _, d := range dates {
		if y := d.Date[:min(4, len(d.Date))]; y != year {
			year, day = y, ""
			b.WriteString("    section " + eventText(year) + "\n")
		}
		period := ""
		if d.Date != day {
			day = d.Date
			period = eventText(d.Date)
		}
		fmt.Fprintf(&b, "        %-10s : %s\n", period, eventText(d.Stem))
	}
	return b.String() + "```\n\n"
}

// eventText writes text so that Mermaid reads no sign of its own in it: what is
// no letter, digit or harmless mark is written as its number.
func eventText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), strings.ContainsRune(" -.,+_()'’/", r):
			b.WriteRune(r)
		case unicode.IsControl(r):
			b.WriteByte(' ')
		default:
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return strings.TrimSpace(b.String())
}
