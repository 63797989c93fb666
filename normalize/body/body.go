// Package body mends what clipping broke in a Markdown body: list numbers that
// were torn from their text, and addresses that were put into wiki links.
//
// Rules propose edits; they leave code, math, tables and HTML alone, and a text
// that was mended once is not changed again.
package body

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/clipmend/clipmend/normalize/markdown"
	"github.com/clipmend/clipmend/normalize/repair"
)

// The names of the rules.
const (
	RuleLoneMarker = "lone-list-marker" // "1.", a blank line and its text become a list item
	RuleWikiURL    = "wiki-url"         // [[https://…]] becomes a link
)

// Options say which rules run. The zero value runs all.
type Options struct {
	Skip []string // rules that do not run
}

// Mend returns the edits that mend body, in order and without overlap.
func Mend(body []byte, o Options) []repair.Edit {
	blocks := markdown.Blocks(body)
	var edits []repair.Edit
	if !slices.Contains(o.Skip, RuleLoneMarker) {
		edits = loneMarkers(body, blocks)
	}
	if !slices.Contains(o.Skip, RuleWikiURL) {
		edits = append(edits, wikiURLs(body, blocks)...)
	}
	slices.SortStableFunc(edits, func(a, b repair.Edit) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return edits
}

// A marker is a block that is nothing but a list marker, before a paragraph.
type marker struct {
	text   string // as it is to be written
	number int    // 0 for a bullet
	span   repair.Span
}

// loneMarkers joins markers with the paragraphs behind them, where two or more
// follow one another: a number alone may as well be a page number.
func loneMarkers(body []byte, blocks []markdown.Block) []repair.Edit {
	var edits []repair.Edit
	var list []marker
	flush := func() {
		if len(list) > 1 {
			for _, m := range list {
				edits = append(edits, repair.Edit{Rule: RuleLoneMarker, Span: m.span, Now: m.text + " ", Confidence: 0.95})
			}
		}
		list = nil
	}
	for i, b := range blocks {
		m, ok := loneMarker(body, b)
		if !ok {
			if b.Kind != markdown.Paragraph || b.Depth > 0 {
				flush()
			}
			continue
		}
		if n := len(list); n > 0 && !follows(list[n-1], m) {
			flush()
		}
		if i+1 == len(blocks) || blocks[i+1].Kind != markdown.Paragraph || blocks[i+1].Depth > 0 {
			flush()
			continue
		}
		if _, twice := loneMarker(body, blocks[i+1]); twice {
			flush()
			continue
		}
		m.span = repair.Span{Start: b.Span.Start, End: blocks[i+1].Text.Start}
		list = append(list, m)
	}
	flush()
	return edits
}

func follows(a, b marker) bool {
	if a.number == 0 {
		return b.text == a.text
	}
	return b.number == a.number+1
}

// loneMarker reads a block that is only "1.", "2)", "-" or a bullet character.
func loneMarker(body []byte, b markdown.Block) (marker, bool) {
	if b.Depth > 0 {
		return marker{}, false
	}
	switch {
	case b.Kind == markdown.ListItem && b.Text.Len() == 0:
		number, _ := strconv.Atoi(strings.TrimRight(b.Marker, ".)"))
		return marker{text: b.Marker, number: number}, true
	case b.Kind == markdown.Paragraph:
		switch string(body[b.Text.Start:b.Text.End]) {
		case "•", "·", "●", "▪", "◦":
			return marker{text: "-"}, true
		}
	}
	return marker{}, false
}

// wikiURLs makes links of wiki links whose target is a web address.
func wikiURLs(body []byte, blocks []markdown.Block) []repair.Edit {
	var edits []repair.Edit
	for _, b := range blocks {
		switch b.Kind {
		case markdown.Code, markdown.Math, markdown.HTML, markdown.Rule, markdown.Definition:
			continue
		}
		for _, in := range markdown.Inlines(body, b.Text) {
			if in.Kind != markdown.WikiLink && in.Kind != markdown.Embed {
				continue
			}
			url := string(body[in.Target.Start:in.Target.End])
			if !isWebAddress(url) {
				continue
			}
			label := strings.TrimPrefix(string(bytes.TrimSuffix(body[in.Target.End:in.Span.End], []byte("]]"))), `\`)
			edits = append(edits, repair.Edit{
				Rule: RuleWikiURL, Span: in.Span, Now: link(url, strings.TrimPrefix(label, "|"), in.Kind == markdown.Embed), Confidence: 1,
			})
		}
	}
	return edits
}

func link(url, label string, image bool) string {
	switch {
	case image:
		return "![" + label + "](<" + url + ">)"
	case label == "":
		return "<" + url + ">"
	}
	return "[" + label + "](<" + url + ">)"
}

func isWebAddress(s string) bool {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok {
		rest, ok = strings.CutPrefix(s, "http://")
	}
	return ok && rest != "" && !strings.ContainsAny(s, " \t\r\n<>\\")
}
