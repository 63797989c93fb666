package annotate

import (
	"bytes"
	"strings"

	"github.com/clipmend/clipmend/annotate/phrase"
	"github.com/clipmend/clipmend/normalize/markdown"
	"github.com/clipmend/clipmend/normalize/repair"
)

// A line is a piece of the body that is read in one go: a paragraph, an item,
// a heading, or a table.
type line struct {
	*view
	kind  markdown.Kind
	level int // of a heading
	depth int
	table [][]*view // rows of cells; a cell over several rows stands in each
}

// lines returns what states something: code, math and definitions do not, nor
// does a block of properties at the start.
func (e *Engine) lines(body []byte) []*line {
	var out []*line
	skip := properties(body)
	for _, b := range markdown.Blocks(body) {
		if b.Span.Start < skip {
			continue
		}
		switch b.Kind {
		case markdown.Paragraph, markdown.Heading, markdown.ListItem, markdown.Footnote:
			out = append(out, &line{view: e.view(body, b.Text), kind: b.Kind, level: b.Level, depth: b.Depth})
		case markdown.Table:
			out = append(out, &line{kind: b.Kind, table: e.pipeTable(body, b.Span)})
		case markdown.HTML:
			out = append(out, e.html(body, b.Span)...)
		}
	}
	return out
}

func (e *Engine) view(body []byte, s repair.Span) *view {
	v := newView(body, s)
	v.glued = e.glued
	v.tokens = phrase.Tokens(make([]phrase.Token, 0, len(v.text)/5+4), v.text)
	e.set.Number(v.tokens, v.text)
	v.hits = make([]hit, 0, len(v.tokens)/2)
	for i := range v.tokens {
		if v.tokens[i].ID != 0 {
			e.set.Match(v.tokens, i, func(end int, value int32) {
				v.hits = append(v.hits, hit{i, end, &e.means[value]})
			})
		}
	}
	v.str = string(v.text)
	v.low = lower(v.str)
	v.index()
	return v
}

// lower returns s with the letters of ASCII small, byte for byte as long as s.
func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if 'A' <= s[i] && s[i] <= 'Z' {
			b := []byte(s)
			for ; i < len(b); i++ {
				if 'A' <= b[i] && b[i] <= 'Z' {
					b[i] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}

// index makes what is asked of every token quick to answer.
func (v *view) index() {
	v.first = make([]int32, len(v.tokens)+1)
	h := 0
	for i := range v.first {
		for h < len(v.hits) && v.hits[h].from < i {
			h++
		}
		v.first[i] = int32(h)
	}
	v.ends = make([]bool, len(v.tokens))
	for i, t := range v.tokens {
		if t.Kind != phrase.Mark {
			v.ends[i] = t.Kind == phrase.Word && v.has(i, break_) && v.word(i) != "that"
		} else {
			v.ends[i] = strings.Contains(",，;；.。!！?？", v.word(i))
		}
	}
}

// properties returns the length of a block of properties at the start of body.
func properties(body []byte) int {
	if !bytes.HasPrefix(body, []byte("---\n")) && !bytes.HasPrefix(body, []byte("---\r\n")) {
		return 0
	}
	end := bytes.Index(body[3:], []byte("\n---"))
	if end < 0 {
		return 0
	}
	return 3 + end + 4
}

// pipeTable cuts a table into cells; the row of dashes is left out.
func (e *Engine) pipeTable(body []byte, s repair.Span) [][]*view {
	var rows [][]*view
	for at, n := s.Start, 0; at < s.End; n++ {
		end := bytes.IndexByte(body[at:s.End], '\n')
		if end < 0 {
			end = s.End - at
		}
		if n != 1 {
			rows = append(rows, e.cells(body, at, at+end))
		}
		at += end + 1
	}
	return rows
}

func (e *Engine) cells(body []byte, at, end int) []*view {
	row := bytes.TrimRight(body[at:end], " \t\r")
	trimmed := bytes.TrimLeft(row, " \t>")
	at += len(row) - len(trimmed)
	if bytes.HasPrefix(trimmed, []byte("|")) {
		trimmed, at = trimmed[1:], at+1
	}
	var out []*view
	code := false
	start := 0
	for i := 0; i <= len(trimmed); i++ {
		if i < len(trimmed) {
			switch trimmed[i] {
			case '`':
				code = !code
			case '\\':
				i++
				continue
			}
			if trimmed[i] != '|' || code && bytes.IndexByte(trimmed[i:], '`') > 0 {
				continue
			}
		} else if start >= len(trimmed) {
			break
		}
		out = append(out, e.view(body, repair.Span{Start: at + start, End: at + min(i, len(trimmed))}))
		start = i + 1
	}
	return out
}
