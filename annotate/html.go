package annotate

import (
	"bytes"
	"strconv"

	"github.com/clipmend/clipmend/normalize/markdown"
	"github.com/clipmend/clipmend/normalize/repair"
)

// maxSpan bounds what a cell's rowspan and colspan may ask for.
const maxSpan = 64

// html reads the tables of an HTML block, and what is around them as text.
func (e *Engine) html(body []byte, s repair.Span) []*line {
	var out []*line
	at := s.Start
	for at < s.End {
		open := tag(body[at:s.End], "table")
		if open < 0 {
			break
		}
		out = e.htmlText(out, body, at, at+open)
		at += open
		end := tag(body[at:s.End], "/table")
		if end < 0 {
			end = s.End - at
		}
		out = append(out, &line{kind: markdown.Table, table: e.htmlRows(body, at, at+end)})
		at = min(at+end+len("</table>"), s.End)
	}
	return e.htmlText(out, body, at, s.End)
}

func (e *Engine) htmlText(out []*line, body []byte, from, to int) []*line {
	v := e.view(body, repair.Span{Start: from, End: to})
	if len(v.tokens) == 0 {
		return out
	}
	return append(out, &line{view: v, kind: markdown.Paragraph})
}

// tag returns the place of the tag in text, −1 without one.
func tag(text []byte, name string) int {
	for i := 0; i < len(text); {
		n := bytes.IndexByte(text[i:], '<')
		if n < 0 {
			return -1
		}
		i += n
		if named(text[i+1:], name) {
			return i
		}
		i++
	}
	return -1
}

func named(text []byte, name string) bool {
	return len(text) > len(name) && bytes.EqualFold(text[:len(name)], []byte(name)) && !isWordByte(text[len(name)])
}

type carried struct {
	cell *view
	rows int
}

func (e *Engine) htmlRows(body []byte, from, to int) [][]*view {
	var rows [][]*view
	var row []*view
	carry := map[int]carried{}
	flush := func() {
		if row != nil {
			rows = append(rows, fill(row, carry))
		}
		row = nil
	}
	cell := -1
	var attrs []byte
	closeCell := func(at int) {
		if cell >= 0 {
			row = fill(row, carry)
			v := e.view(body, repair.Span{Start: cell, End: max(cell, at)})
			down, across := spanOf(attrs, "rowspan"), spanOf(attrs, "colspan")
			for range across {
				if down > 1 {
					carry[len(row)] = carried{v, down - 1}
				}
				row = append(row, v)
			}
		}
		cell = -1
	}
	for i := from; i < to; {
		n := bytes.IndexByte(body[i:to], '<')
		if n < 0 {
			break
		}
		i += n
		rest := body[i+1 : to]
		switch {
		case named(rest, "tr"), named(rest, "/tr"):
			closeCell(i)
			flush()
		case named(rest, "td"), named(rest, "th"):
			closeCell(i)
			end := bytes.IndexByte(body[i:to], '>')
			if end < 0 {
				return rows
			}
			attrs, cell = body[i:i+end], i+end+1
		case named(rest, "/td"), named(rest, "/th"):
			closeCell(i)
		}
		i++
	}
	closeCell(to)
	flush()
	return rows
}

// fill puts the cells that reach down from rows above where the row has got to.
func fill(row []*view, carry map[int]carried) []*view {
	for {
		c, ok := carry[len(row)]
		if !ok {
			return row
		}
		if c.rows--; c.rows <= 0 {
			delete(carry, len(row))
		} else {
			carry[len(row)] = c
		}
		row = append(row, c.cell)
	}
}

func spanOf(attrs []byte, name string) int {
	_, rest, ok := bytes.Cut(bytes.ToLower(attrs), []byte(name+"="))
	if !ok {
		return 1
	}
	rest = bytes.TrimLeft(rest, `"'`)
	end := bytes.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(rest)
	}
	n, err := strconv.Atoi(string(rest[:end]))
	if err != nil {
		return 1
	}
	return min(max(n, 1), maxSpan)
}
