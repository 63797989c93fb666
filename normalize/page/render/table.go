package render

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A cell is a cell of a table; one without a node is what a span covers.
type cell struct {
	node *html.Node
}

// A grid is a table read into rows.
type grid struct {
	rows    [][]cell
	caption *html.Node
	width   int  // of the longest row, in cells
	columns int  // the most cells in a row that hold anything
	header  bool // cells say that they head something
	nested  bool // there is a table in a cell
	blocks  bool // a cell holds what a line cannot
	many    bool // a cell holds headings or several paragraphs
}

// table writes a table in the form that fits what it is used for.
func (r *renderer) table(n *html.Node) {
	if r.mode == asBlock && r.isCodeTable(n) {
		r.codeFrom(n, n)
		return
	}
	g := r.readTable(n)
	switch {
	case r.mode != asBlock:
		r.block(n)
	case isEquation(n, g):
		r.equations(g)
	case g.isLayout(n):
		r.unwrap(g)
	case g.blocks:
		r.htmlTable(n)
	default:
		r.pipeTable(g)
	}
}

// isLayout tells whether a table only puts things in their place.
func (g *grid) isLayout(n *html.Node) bool {
	if role := attr(n, "role"); role == "presentation" || role == "none" {
		return true
	}
	if g.columns <= 1 {
		return !g.header || len(g.rows) <= 1
	}
	return !g.header && (g.nested || g.many)
}

// isEquation tells whether a table lays out a formula and its number.
func isEquation(n *html.Node, g *grid) bool {
	class := attr(n, "class")
	return strings.Contains(class, "ltx_eqn") || strings.Contains(class, "ltx_equation") || g.columns <= 2 && strings.Contains(class, "equation")
}

// equations writes each row of formulas as one, with its number.
func (r *renderer) equations(g *grid) {
	r.flush()
	for _, row := range g.rows {
		tex, rest := "", ""
		for _, c := range row {
			if c.node == nil {
				continue
			}
			m := find(c.node, 1000, func(d *html.Node) bool { return d.Data == "math" })
			if m != nil {
				tex += " " + cleanTeX(mathTeX(m))
			} else {
				rest += plainText(c.node, 200)
			}
		}
		if strings.HasPrefix(rest, "(") && strings.HasSuffix(rest, ")") && len(rest) < 12 {
			tex, rest = tex+` \tag{`+rest[1:len(rest)-1]+"}", ""
		}
		r.formula(tex, true)
		r.text(rest)
		r.flush()
	}
}

// unwrap writes the cells one after another.
func (r *renderer) unwrap(g *grid) {
	r.flush()
	if g.caption != nil {
		r.block(g.caption)
	}
	for _, row := range g.rows {
		for _, c := range row {
			if c.node != nil {
				r.block(c.node)
			}
		}
	}
}

// pipeTable writes a table with a line for each row. Its first row is the
// header: Markdown has no table without one.
func (r *renderer) pipeTable(g *grid) {
	r.flush()
	if g.caption != nil {
		r.block(g.caption)
	}
	if len(g.rows) == 0 || g.columns == 0 {
		return
	}
	r.begin(otherBlock)
	for i, row := range g.rows {
		if i > 0 {
			r.newline()
		}
		r.row(row)
		if i > 0 {
			continue
		}
		for range g.width - len(row) {
			r.out = append(r.out, "  |"...)
		}
		r.newline()
		r.out = append(r.out, '|')
		for j := range g.width {
			r.out = append(r.out, ' ')
			r.out = append(r.out, g.alignment(j)...)
			r.out = append(r.out, " |"...)
		}
	}
}

func (r *renderer) row(row []cell) {
	r.out = append(r.out, '|')
	for _, c := range row {
		r.out = append(r.out, ' ')
		if c.node != nil {
			r.mode = asCell
			wasStrong := r.nested[strong]
			if c.node.DataAtom == atom.Th {
				r.nested[strong] = 1 // bold already
			}
			r.children(c.node)
			r.nested[strong] = wasStrong
			r.mode = asBlock
			if r.para.visible {
				r.closeActive()
				r.writeInline(inTable)
			}
			r.restart()
		}
		r.out = append(r.out, " |"...)
	}
}

// alignment returns the dashes under a column's header.
func (g *grid) alignment(j int) string {
	for _, row := range g.rows[:min(len(g.rows), 2)] {
		if j >= len(row) || row[j].node == nil {
			continue
		}
		a := attr(row[j].node, "align")
		if style := attr(row[j].node, "style"); a == "" && strings.Contains(style, "text-align") {
			_, a, _ = strings.Cut(style, "text-align")
			a, _, _ = strings.Cut(strings.TrimLeft(a, ": "), ";")
		}
		switch strings.TrimSpace(a) {
		case "center":
			return ":---:"
		case "right", "end":
			return "---:"
		}
	}
	return "---"
}

// readTable reads the rows of a table, with its spans filled up by empty
// cells. The number of those is bounded by the number of cells, so that a
// span of a billion columns costs nothing.
func (r *renderer) readTable(n *html.Node) *grid {
	g := &grid{}
	var rows []*html.Node
	g.caption, rows = rowsOf(n, nil, nil)
	cells := 0
	for _, tr := range rows {
		for td := tr.FirstChild; td != nil; td = td.NextSibling {
			cells++
		}
	}
	budget := 4*cells + 64
	down := []int{} // for each column, how many rows the cell above still covers
	for _, tr := range rows {
		var row []cell
		filled := 0
		for td := tr.FirstChild; td != nil; td = td.NextSibling {
			if td.DataAtom != atom.Td && td.DataAtom != atom.Th || r.o.Skip != nil && r.o.Skip(td) {
				continue
			}
			for len(row) < len(down) && down[len(row)] > 0 && budget > 0 {
				down[len(row)]--
				budget--
				row = append(row, cell{})
			}
			g.inspect(td)
			if !isEmpty(td) {
				filled++
			}
			wide, high := spanOf(td, "colspan"), spanOf(td, "rowspan")
			for i := range wide {
				if i > 0 && (td.NextSibling == nil || budget <= 0) {
					break
				}
				if i == 0 {
					row = append(row, cell{td})
				} else {
					row = append(row, cell{})
					budget--
				}
				for len(down) < len(row) {
					down = append(down, 0)
				}
				down[len(row)-1] = high - 1
			}
		}
		row = trimRow(row)
		if len(row) > 0 && filled > 0 {
			g.rows = append(g.rows, row)
			g.width, g.columns = max(g.width, len(row)), max(g.columns, filled)
		}
	}
	return g
}

// trimRow drops what spans fill at the end of a row.
func trimRow(row []cell) []cell {
	for len(row) > 0 && row[len(row)-1].node == nil {
		row = row[:len(row)-1]
	}
	return row
}

// rowsOf returns the caption and the rows of a table.
func rowsOf(n, caption *html.Node, rows []*html.Node) (*html.Node, []*html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Tr:
			rows = append(rows, c)
		case atom.Thead, atom.Tbody, atom.Tfoot:
			_, rows = rowsOf(c, nil, rows)
		case atom.Caption:
			caption = c
		}
	}
	return caption, rows
}

// spanOf returns how many columns or rows a cell covers.
func spanOf(td *html.Node, key string) int {
	s := strings.TrimSpace(attr(td, key))
	if s == "" {
		return 1
	}
	v, err := strconv.Atoi(s)
	if err != nil && len(s) > 5 { // more than a number can hold
		return 1000
	}
	return min(max(v, 1), 1000)
}

// inspect looks for what a line cannot hold. It does not look into a table
// within the cell, so that each element is looked at once.
func (g *grid) inspect(td *html.Node) {
	if td.DataAtom == atom.Th {
		g.header = true
	}
	paragraphs := 0
	for n := td.FirstChild; n != nil; n = nextOutsideTables(n, td) {
		switch n.DataAtom {
		case atom.Table:
			g.nested, g.blocks = true, true
		case atom.Ul, atom.Ol:
			g.blocks = true
		case atom.Pre:
			if strings.Contains(strings.TrimSpace(rawText(n)), "\n") {
				g.blocks, g.many = true, true
			}
		case atom.Blockquote, atom.Dl, atom.Details, atom.Hr:
			g.blocks, g.many = true, true
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			g.many = true
		case atom.P:
			if paragraphs++; paragraphs > 2 {
				g.many = true
			}
		}
	}
}

// nextOutsideTables returns the node after n in the order of the text, within
// top, without going into tables.
func nextOutsideTables(n, top *html.Node) *html.Node {
	if n.FirstChild != nil && n.DataAtom != atom.Table {
		return n.FirstChild
	}
	for n != top {
		if n.NextSibling != nil {
			return n.NextSibling
		}
		n = n.Parent
	}
	return nil
}

// isEmpty tells whether a cell shows nothing.
func isEmpty(td *html.Node) bool {
	for n := td.FirstChild; n != nil; n = nextOutsideTables(n, td) {
		switch n.DataAtom {
		case atom.Img, atom.Table, atom.Svg, atom.Iframe, atom.Video, atom.Math:
			return false
		case 0:
			if n.Type == html.TextNode && strings.Trim(n.Data, " \t\n\r\u00a0") != "" {
				return false
			}
		}
	}
	return true
}
