package feishu

import (
	"bytes"
	"fmt"
	"html"
	"strconv"
)

// The kinds of blocks that are more than a text.
const (
	typePage           = 1
	typeBullet         = 12
	typeOrdered        = 13
	typeCode           = 14
	typeQuote          = 15
	typeEquation       = 16
	typeTodo           = 17
	typeCallout        = 19
	typeDivider        = 22
	typeFile           = 23
	typeGrid           = 24
	typeGridColumn     = 25
	typeIframe         = 26
	typeImage          = 27
	typeTable          = 31
	typeTableCell      = 32
	typeView           = 33
	typeQuoteContainer = 34
	typeSourceSynced   = 49
)

// names of the kinds that a note cannot hold.
var names = map[int]string{
	18: "a database", 20: "a chat card", 21: "a diagram", 28: "an add-on", 29: "a mind map", 30: "a sheet", 35: "a task", 40: "an add-on",
	41: "a Jira issue", 42: "a catalogue", 43: "a whiteboard", 50: "a synced block",
}

// maxDepth bounds the nesting, as a document whose blocks hold each other has
// no end.
const maxDepth = 64

// A writer makes HTML of blocks.
type writer struct {
	out     bytes.Buffer
	byID    map[string]*block
	order   []*block
	written map[*block]bool
	missing map[string]bool // kinds of block that were not written
	title   string
}

func newWriter(blocks []*block) *writer {
	w := &writer{byID: map[string]*block{}, written: map[*block]bool{}, missing: map[string]bool{}}
	for _, b := range blocks {
		if b != nil {
			w.byID[b.ID] = b
			w.order = append(w.order, b)
		}
	}
	return w
}

// page writes the document. Blocks that hang on none, as in one page of a long
// list, are written in the order in which they come.
func (w *writer) page(title string) []byte {
	w.title = title
	for _, b := range w.order {
		if b.Type == typePage && w.title == "" && b.Page != nil {
			w.title = b.Page.plain()
		}
	}
	w.out.WriteString("<!doctype html><html><head><meta charset=\"utf-8\"><title>" + html.EscapeString(w.title) + "</title></head><body><article>\n")
	for _, b := range w.order {
		if b.Type == typePage {
			w.written[b] = true
			w.children(b.Children, 0)
		}
	}
	var rest []string
	for _, b := range w.order {
		if !w.written[b] && w.byID[b.Parent] == nil {
			rest = append(rest, b.ID)
		}
	}
	w.children(rest, 0)
	w.out.WriteString("</article></body></html>\n")
	return w.out.Bytes()
}

// children writes blocks one after the other, those of one list in one.
func (w *writer) children(ids []string, depth int) {
	list, number := 0, 0
	end := func() {
		if list == typeOrdered {
			w.out.WriteString("</ol>\n")
		} else if list != 0 {
			w.out.WriteString("</ul>\n")
		}
		list = 0
	}
	for _, id := range ids {
		b := w.byID[id]
		if b == nil || w.written[b] || depth > maxDepth {
			continue
		}
		w.written[b] = true
		kind := 0
		if b.Type == typeBullet || b.Type == typeOrdered || b.Type == typeTodo {
			kind = b.Type
		}
		start := 0
		if b.Type == typeOrdered {
			start, number = b.number(number, list == typeOrdered)
		}
		if kind != list || start > 0 && list == typeOrdered {
			end()
		}
		if list = w.begin(list, kind, start); list != 0 {
			w.item(b, depth)
			continue
		}
		w.block(b, depth)
	}
	end()
}

// begin opens a list, if a block of this kind needs one that is not open.
func (w *writer) begin(list, kind, start int) int {
	switch {
	case kind == list:
	case kind == typeOrdered && start > 1:
		fmt.Fprintf(&w.out, "<ol start=\"%d\">\n", start)
	case kind == typeOrdered:
		w.out.WriteString("<ol>\n")
	case kind != 0:
		w.out.WriteString("<ul>\n")
	}
	return kind
}

// number gives the number that a list begins at, 0 if it goes on, and the number
// of this item after the last.
func (b *block) number(last int, within bool) (start, number int) {
	sequence := ""
	if b.Ordered != nil {
		sequence = b.Ordered.Style.Sequence
	}
	switch n, err := strconv.Atoi(sequence); {
	case err == nil && n > 0 && within && n == last+1:
		return 0, n
	case err == nil && n > 0:
		return n, n
	case within:
		return 0, last + 1
	case sequence == "auto" && last > 0: // it goes on after what stood between
		return last + 1, last + 1
	}
	return 1, 1
}

func (w *writer) item(b *block, depth int) {
	w.out.WriteString("<li>")
	if b.Todo != nil {
		w.out.WriteString(`<input type="checkbox"`)
		if b.Todo.Style.Done {
			w.out.WriteString(" checked")
		}
		w.out.WriteString("> ")
	}
	w.inline(b.content())
	w.children(b.Children, depth+1)
	w.out.WriteString("</li>\n")
}

// block writes a block that is in no list.
func (w *writer) block(b *block, depth int) {
	switch b.Type {
	case typeCode:
		w.code(b.Code)
	case typeQuote, typeQuoteContainer:
		w.wrap("<blockquote>", "</blockquote>\n", b, depth)
	case typeCallout:
		w.wrap(`<div class="callout" data-callout="note">`, "</div>\n", b, depth)
	case typeEquation:
		w.out.WriteString("<p>")
		if t := b.content(); t != nil {
			w.equation(t.plain(), true)
		}
		w.out.WriteString("</p>\n")
	case typeDivider:
		w.out.WriteString("<hr>\n")
	case typeImage:
		w.image(b)
	case typeFile:
		if b.File != nil {
			w.out.WriteString(`<p><a href="` + html.EscapeString(b.File.Token) + `">` + html.EscapeString(b.File.Name) + "</a></p>\n")
		}
	case typeIframe:
		if b.Iframe != nil {
			address := html.EscapeString(unescapeURL(b.Iframe.Component.URL))
			w.out.WriteString(`<p><a href="` + address + `">` + address + "</a></p>\n")
		}
	case typeTable:
		w.table(b, depth)
	case typeGrid, typeGridColumn, typeView, typeTableCell, typeSourceSynced:
		w.children(b.Children, depth+1)
	default:
		w.plain(b, depth)
	}
}

// plain writes a paragraph or a heading, and names what is neither.
func (w *writer) plain(b *block, depth int) {
	t := b.content()
	if t == nil {
		name := names[b.Type]
		if name == "" {
			name = "a block of type " + strconv.Itoa(b.Type)
		}
		if len(b.Children) == 0 {
			w.missing[name] = true
			w.out.WriteString("<p>[" + name + "]</p>\n")
		}
		w.children(b.Children, depth+1)
		return
	}
	tag := "p"
	if level := b.Type - 2; level >= 1 && level <= 9 {
		tag = "h" + strconv.Itoa(min(level, 6))
	}
	w.out.WriteString("<" + tag + ">")
	w.inline(t)
	w.out.WriteString("</" + tag + ">\n")
	w.children(b.Children, depth+1)
}

func (w *writer) wrap(begin, end string, b *block, depth int) {
	w.out.WriteString(begin)
	if t := b.content(); t != nil {
		w.out.WriteString("<p>")
		w.inline(t)
		w.out.WriteString("</p>")
	}
	w.children(b.Children, depth+1)
	w.out.WriteString(end)
}

func (w *writer) image(b *block) {
	if b.Image == nil {
		return
	}
	fmt.Fprintf(&w.out, `<p><img src="%s" alt="%s"></p>`+"\n", html.EscapeString(b.Image.Token), html.EscapeString(b.Image.Caption.Content))
}

// maxCells bounds a table, whatever it says of its size.
const maxCells = 100_000

func (w *writer) table(b *block, depth int) {
	if b.Table == nil {
		return
	}
	p := b.Table.Property
	columns := max(p.Columns, 1)
	cells := b.Table.Cells
	if len(cells) == 0 {
		cells = b.Children
	}
	covered := map[int]bool{}
	w.out.WriteString("<table>\n")
	for i, id := range cells[:min(len(cells), maxCells)] {
		if i%columns == 0 {
			w.out.WriteString("<tr>")
		}
		if !covered[i] {
			s := span{1, 1}
			if i < len(p.MergeInfo) {
				s = p.MergeInfo[i].within(i, columns, len(cells))
			}
			for row := range s.Rows {
				for column := range s.Columns {
					covered[i+row*columns+column] = true
				}
			}
			w.cell(id, s, i < columns, depth)
		}
		if i%columns == columns-1 || i == len(cells)-1 {
			w.out.WriteString("</tr>\n")
		}
	}
	w.out.WriteString("</table>\n")
}

// within cuts a span to the table.
func (s span) within(at, columns, cells int) span {
	return span{min(max(s.Rows, 1), (cells-at-1)/columns+1), min(max(s.Columns, 1), columns-at%columns)}
}

func (w *writer) cell(id string, s span, head bool, depth int) {
	tag := "td"
	if head {
		tag = "th"
	}
	w.out.WriteString("<" + tag)
	if s.Columns > 1 {
		fmt.Fprintf(&w.out, ` colspan="%d"`, s.Columns)
	}
	if s.Rows > 1 {
		fmt.Fprintf(&w.out, ` rowspan="%d"`, s.Rows)
	}
	w.out.WriteString(">")
	if b := w.byID[id]; b != nil && !w.written[b] && depth < maxDepth {
		w.written[b] = true
		w.children(b.Children, depth+1)
	}
	w.out.WriteString("</" + tag + ">")
}
