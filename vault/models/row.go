// Package models writes what the notes of a vault say about the things of a
// pack, models by default, as notes of their own, in Obsidian's form:
// properties, a table of statements each linked to the paragraph that makes it,
// and over them views, a canvas and a timeline.
//
// A model's note is its own memory: the rows of its table say which note said
// what, so a run needs to know only the notes that it touches. Everything here
// is a pure function of texts. A person's words, properties and rows in such a
// note are kept.
package models

import (
	"cmp"
	"slices"
	"strings"
)

// A Row is one statement about a model, as the table of its note shows it.
type Row struct {
	Attribute string
	Value     string // as Text gives it; links allowed
	Words     string // the quote
	Source    string // a wiki link to the paragraph, "[[Clippings/Note#^id|Note]]", and the reader if it is not the engine
}

// Target returns the note that the row's source link leads to, without the
// block id: "Clippings/Note". It is "" for a row that a person wrote.
func (r Row) Target() string {
	_, link, found := strings.Cut(r.Source, "[[")
	if !found {
		return ""
	}
	link, _, _ = strings.Cut(link, "]]")
	link, _, _ = strings.Cut(link, "|")
	link, _, _ = strings.Cut(link, "#")
	return link
}

const (
	regionBegin = "<!-- clipmend: facts, written again on each run -->"
	regionEnd   = "<!-- clipmend: end of facts -->"
	tableHead   = "| attribute | value | words | source |\n| --- | --- | --- | --- |\n"
)

// disputedMark stands behind an attribute that sources disagree on.
const disputedMark = " ⚠ disputed"

// appendTable writes the region that holds the rows.
func appendTable(out []byte, rows []Row, s Schema) []byte {
	disputed := s.disputed(rows)
	out = append(out, regionBegin+"\n\n"...)
	if line := s.gist(rows); line != "" {
		out = append(out, line+"\n\n"...)
	}
	out = append(out, tableHead...)
	for _, r := range rows {
		attribute := r.Attribute
		if r.implies() && slices.Contains(disputed, attribute) {
			attribute += disputedMark
		}
		for _, cell := range []string{attribute, r.Value, r.Words, r.Source} {
			out = append(out, "| "...)
			out = append(out, escapeCell(cell)...)
			out = append(out, ' ')
		}
		out = append(out, "|\n"...)
	}
	return append(out, "\n"+regionEnd...)
}

// comments keeps a quote from ending the region by the words of its end.
var comments = strings.NewReplacer("<!--", "&lt;!--", "-->", "--&gt;")

// escapeCell makes text fit a cell of a table on one line.
func escapeCell(s string) string {
	s = comments.Replace(strings.Join(strings.Fields(s), " "))
	var b strings.Builder
	for i := range len(s) {
		if s[i] == '|' && (i == 0 || s[i-1] != '\\') {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// splitTable cuts a note into what stands before the region, its rows, and
// what stands after. Without a region, all is before.
func splitTable(text string) (before string, rows []Row, after string, found bool) {
	begin := strings.LastIndex(text, regionBegin)
	if begin < 0 {
		return text, nil, "", false
	}
	region, after, found := strings.Cut(text[begin+len(regionBegin):], regionEnd)
	if !found {
		return text, nil, "", false
	}
	before = text[:begin]
	for line := range strings.Lines(region) {
		if row, ok := parseRow(strings.TrimSpace(line)); ok {
			rows = append(rows, row)
		}
	}
	return before, rows, after, true
}

func parseRow(line string) (Row, bool) {
	if !strings.HasPrefix(line, "|") || strings.HasPrefix(tableHead, line) || strings.HasSuffix(tableHead, line+"\n") {
		return Row{}, false
	}
	cells := splitCells(line)
	for len(cells) < 4 {
		cells = append(cells, "")
	}
	return Row{strings.TrimSuffix(cells[0], disputedMark), cells[1], cells[2], strings.Join(cells[3:], " ")}, true
}

// splitCells cuts a table's line at the bars that no backslash escapes and
// takes the escapes away.
func splitCells(line string) []string {
	line = strings.TrimPrefix(line, "|")
	var cells []string
	var cell strings.Builder
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\' && i+1 < len(line) && line[i+1] == '|':
			i++
			cell.WriteByte('|')
		case line[i] == '|':
			cells = append(cells, strings.TrimSpace(cell.String()))
			cell.Reset()
		default:
			cell.WriteByte(line[i])
		}
	}
	if rest := strings.TrimSpace(cell.String()); rest != "" {
		cells = append(cells, rest)
	}
	return cells
}

// sortRows puts rows in the order of the attributes that order names, then by
// source, value and words, and drops repetitions.
func sortRows(rows []Row, order []string) []Row {
	rank := make(map[string]int, len(order))
	for i, a := range order {
		rank[a] = i - len(order) // before the unnamed, which rank 0
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(
			cmp.Compare(rank[a.Attribute], rank[b.Attribute]),
			cmp.Compare(a.Attribute, b.Attribute),
			cmp.Compare(a.Target(), b.Target()),
			cmp.Compare(a.Value, b.Value),
			cmp.Compare(a.Words, b.Words),
			cmp.Compare(a.Source, b.Source),
		)
	})
	return slices.CompactFunc(rows, func(a, b Row) bool {
		return a.Attribute == b.Attribute && a.Value == b.Value && a.Target() == b.Target()
	})
}
