package annotate

import (
	"strings"

	"github.com/clipmend/clipmend/annotate/packs"
	"github.com/clipmend/clipmend/annotate/phrase"
	"github.com/clipmend/clipmend/normalize/markdown"
)

// A column says what the cells of a column, or of a row, hold.
type column struct {
	attr   int // −1 for none
	things []*entity
	test   string
	times  float64
	mark   string // the term that a check mark in it says
}

// maxColumns bounds the columns that are looked at.
const maxColumns = 256

func (d *doc) readTable(rows [][]*view) {
	if len(rows) < 2 || len(rows[0]) < 2 {
		return
	}
	head := d.columns(rows[0])
	if d.acrossThings(rows, head) {
		d.transposed(rows, head)
		return
	}
	if len(rows[0]) == 2 && d.keyed(rows) {
		for _, row := range rows {
			if len(row) == 2 {
				d.cell(row[1], d.column(row[0]), d.context())
			}
		}
		return
	}
	named := d.nameColumn(rows, head)
	d.tests(rows, head, named)
	var last []*entity
	for _, row := range rows[1:] {
		things := d.rowThings(row, named, head)
		if things == nil && named < len(row) && len(row[named].tokens) == 0 {
			things = last
		}
		last = things
		if len(things) == 0 {
			continue
		}
		if named < len(row) && head[named].attr == d.size && d.size >= 0 {
			d.cell(row[named], head[named], things)
		}
		for c, cell := range row {
			if c < len(head) && c != named && head[c].attr < 0 && len(cell.tokens) > 4 {
				d.previous = things
				d.prose(cell, markdown.Table)
			} else if c < len(head) && c != named {
				d.cell(cell, head[c], things)
			}
		}
	}
}

func (d *doc) columns(row []*view) []column {
	var out []column
	for i, c := range row {
		if i >= maxColumns {
			break
		}
		out = append(out, d.column(c))
	}
	return out
}

// column reads a head: a thing, a test, an attribute with its scale.
func (d *doc) column(v *view) column {
	c := column{attr: -1, times: 1}
	long := 0
	for _, h := range v.hits {
		n := h.to - h.from
		switch {
		case h.class == label && n > long || h.class == label && n == long && c.test != "":
			c.attr, long, c.test = h.attr, n, ""
		case h.class == term && d.attrs[h.attr].Type == packs.Score && n > long:
			c.attr, long, c.test = h.attr, n, strings.TrimSpace(string(v.text))
		case h.class == term && d.attrs[h.attr].Type == packs.Term && n == len(v.tokens):
			c.mark, c.attr, long = h.value, h.attr, n
		}
	}
	if c.test != "" {
		if i := strings.IndexAny(c.test, "(（["); i > 2 {
			c.test = strings.TrimSpace(c.test[:i])
		}
	}
	for i, t := range v.tokens {
		if w := v.word(i); t.Kind == phrase.Word && i > 0 && v.word(i-1) == "(" && len(w) == 1 {
			if s := scales[strings.ToLower(w)]; s > 0 {
				c.times = s
			}
		}
	}
	for i := range v.tokens {
		if v.has(i, ignored) || v.has(i, notAttr) && long < 2 && c.test == "" {
			c.attr, c.test, c.mark = -1, "", ""
		}
	}
	if ms := d.mentions(v, 0, len(v.tokens)); len(ms) > 0 && c.test == "" {
		c.things = ms[0].things
	}
	return c
}

// acrossThings reports whether the things stand in the head.
func (d *doc) acrossThings(rows [][]*view, head []column) bool {
	n := 0
	for _, c := range head[1:] {
		if len(c.things) > 0 {
			n++
		}
	}
	return n*2 > len(head)-1 && n > 0
}

func (d *doc) transposed(rows [][]*view, head []column) {
	for _, row := range rows[1:] {
		if len(row) == 0 {
			continue
		}
		c := d.column(row[0])
		if c.attr < 0 {
			c = d.unknownTest(row, c)
		}
		for i, cell := range row {
			if i > 0 && i < len(head) {
				d.cell(cell, c, head[i].things)
			}
		}
	}
}

// unknownTest takes a row or column of scores under an unknown name for a test.
func (d *doc) unknownTest(cells []*view, c column) column {
	title := strings.TrimSpace(string(cells[0].text))
	scores := 0
	for _, v := range cells[1:] {
		if _, ok := score(v); ok {
			scores++
		} else if len(v.tokens) > 2 {
			return c
		}
	}
	if scores*2 < len(cells)-1 || scores == 0 || title == "" || len(title) > 60 {
		return c
	}
	for i, a := range d.attrs {
		if a.Type == packs.Score {
			c.attr, c.test = i, title
		}
	}
	return c
}

// keyed reports whether the first cells are keys, the second their values.
func (d *doc) keyed(rows [][]*view) bool {
	keys := 0
	for _, row := range rows {
		if len(row) > 0 && d.column(row[0]).attr >= 0 {
			keys++
		}
	}
	return keys*2 >= len(rows) && keys > 1
}

// nameColumn returns the column that names the things: the one with most names.
func (d *doc) nameColumn(rows [][]*view, head []column) int {
	best, most := 0, 0
	for c := range head {
		n := 0
		for _, row := range rows[1:min(len(rows), 20)] {
			if c < len(row) && len(d.mentions(row[c], 0, len(row[c].tokens))) > 0 {
				n++
			}
		}
		if n > most {
			best, most = c, n
		}
	}
	return best
}

// tests finds the columns of scores whose heads the pack does not know, in a
// table that has one that it does.
func (d *doc) tests(rows [][]*view, head []column, named int) {
	any := false
	for _, c := range head {
		any = any || c.test != "" || c.attr >= 0 && d.attrs[c.attr].Type == packs.Score
	}
	if !any {
		return
	}
	for c := range head {
		if c == named || head[c].attr >= 0 {
			continue
		}
		cells := []*view{rows[0][c]}
		for _, row := range rows[1:min(len(rows), 40)] {
			if c < len(row) {
				cells = append(cells, row[c])
			}
		}
		head[c] = d.unknownTest(cells, head[c])
	}
}

// rowThings returns what a row is about. A family's name with a size in another
// cell, or a size or a role alone, makes a variant.
func (d *doc) rowThings(row []*view, named int, head []column) []*entity {
	if named >= len(row) {
		return nil
	}
	v := row[named]
	if ms := d.mentions(v, 0, len(v.tokens)); len(ms) > 0 {
		things := ms[0].things
		if len(ms[0].sizes) == 0 && len(things) == 1 && things[0].size == 0 {
			if part, size, ok := d.sizeCell(row, head); ok && d.repeats(things[0]) {
				return []*entity{d.variant(things[0], part, size)}
			}
		}
		return things
	}
	if len(v.tokens) == 0 || len(v.tokens) > 3 {
		return nil
	}
	context := d.context()
	if len(context) == 0 {
		return nil
	}
	if s, ok := v.isSize(0); ok || v.wordsOnly() && d.variantHead(head, named) {
		return []*entity{d.variant(context[0], strings.TrimSpace(string(v.text)), s)}
	}
	return nil
}

func (d *doc) variantHead(head []column, named int) bool {
	if named >= len(head) {
		return false
	}
	for i, c := range head {
		if i != named && c.attr == d.size && d.size >= 0 {
			return true
		}
	}
	return false
}

func (v *view) wordsOnly() bool {
	for _, t := range v.tokens {
		if t.Kind != phrase.Word && t.Gap != phrase.Hyphen {
			return false
		}
	}
	return len(v.tokens) < 3
}

// repeats reports whether rows of one name are told apart by their sizes.
func (d *doc) repeats(en *entity) bool {
	return d.sized[en.key]
}

func (d *doc) sizeCell(row []*view, head []column) (string, float64, bool) {
	for c, v := range row {
		if c < len(head) && head[c].attr == d.size && d.size >= 0 && len(v.tokens) == 1 {
			if s, ok := v.isSize(0); ok {
				return v.word(0), s, true
			}
		}
	}
	return "", 0, false
}

// score reads a cell that holds one result: "78.5", "78.5%", "78.5 (5-shot)".
func score(v *view) (float64, bool) {
	if len(v.tokens) == 0 || v.tokens[0].Kind != phrase.Number {
		return 0, false
	}
	n, ok := v.numberAt(0)
	if !ok || n.scaled || n.min > 5000 {
		return 0, false
	}
	if n.to < len(v.tokens) {
		switch v.word(n.to) {
		case "(", "±", "*", "^", "†":
		default:
			return 0, false
		}
	}
	return n.min, true
}

// cell states what a cell says of the things.
func (d *doc) cell(v *view, c column, things []*entity) {
	if c.attr < 0 || len(v.tokens) == 0 || len(things) == 0 {
		return
	}
	a := d.attrs[c.attr]
	f := Fact{Attribute: a.name, Rule: "table", Confidence: 0.85}
	say := func(from, to int, f Fact) {
		for _, en := range things {
			f.Model = en.name
			d.emit(v, from, to, f)
		}
	}
	end := len(v.tokens)
	switch a.Type {
	case packs.Score:
		if n, ok := score(v); ok && c.test != "" {
			f.Benchmark, f.Value = c.test, Number(n)
			say(0, end, f)
		}
	case packs.Quantity:
		d.quantityCell(v, c, f, say)
	case packs.Date:
		for i := range v.tokens {
			if dt, ok := v.dateAt(i); ok && v.tokens[i].Kind <= phrase.Number {
				f.Value = Text(dt.iso)
				say(i, dt.to, f)
				return
			}
		}
	case packs.Entity:
		if ms := d.mentions(v, 0, end); len(ms) > 0 {
			f.Value = Text(ms[0].things[0].name)
			say(ms[0].from, ms[0].to, f)
		}
	case packs.Term:
		d.termCell(v, c, f, say)
	case packs.Name:
		d.nameCell(v, c, f, say)
	}
}

func (d *doc) quantityCell(v *view, c column, f Fact, say func(int, int, Fact)) {
	for _, n := range v.numbers(0, len(v.tokens)) {
		a := c.attr
		for k := range d.attrs { // "17B (Activated)"
			for i := n.to; i < min(n.to+3, len(v.tokens)); i++ {
				if _, ok := v.numberAt(i); ok {
					break
				}
				for _, h := range v.hitsAt(i) {
					if h.class == near && h.attr == k && d.attrs[k].Unit == d.attrs[c.attr].Unit && k != c.attr && v.has(i, notAttr) {
						a = k
					}
				}
			}
		}
		times := c.times
		if n.scaled {
			times = 1
		}
		n.min, n.max = n.min*times, n.max*times
		if r := d.attrs[a].Range; n.percent || r.Max > 0 && (n.min < r.Min || n.max > r.Max) {
			continue
		}
		g := d.quantity(a, n, "", "table")
		if n.from > 0 && v.has(n.from-1, hedge) {
			g.Hedge = v.word(n.from - 1)
		}
		say(n.from, n.to, g)
		if len(v.tokens) < 4 {
			return
		}
	}
}

func (d *doc) termCell(v *view, c column, f Fact, say func(int, int, Fact)) {
	end := len(v.tokens)
	if c.mark != "" {
		switch w := v.word(0); w {
		case "✓", "✔", "✅", "☑", "yes", "Yes", "是", "√":
			f.Value = Text(c.mark)
			say(0, end, f)
		case "✗", "✘", "❌", "❎", "×", "no", "No", "否":
			f.Value, f.Negated = Text(c.mark), true
			say(0, end, f)
		}
		return
	}
	for i, h := range v.hits {
		if (h.class == term || h.class == word) && h.attr == c.attr && !within(v.hits, i) {
			f.Value = Text(h.value)
			say(h.from, h.to, f)
		}
	}
}

// within reports whether a longer hit of the same attribute holds hit i.
func within(hits []hit, i int) bool {
	for k := max(0, i-8); k < min(len(hits), i+8); k++ {
		o, h := hits[k], hits[i]
		if o.attr == h.attr && (o.class == term || o.class == word) && o.from <= h.from && o.to >= h.to && o.to-o.from > h.to-h.from {
			return true
		}
	}
	return false
}

// nameCell takes a listed name, else the whole text if the attribute is open.
func (d *doc) nameCell(v *view, c column, f Fact, say func(int, int, Fact)) {
	for i, h := range v.hits {
		if (h.class == term || h.class == word) && h.attr == c.attr && !within(v.hits, i) {
			f.Value = Text(h.value)
			say(h.from, h.to, f)
			return
		}
	}
	if d.attrs[c.attr].Open && len(v.tokens) < 9 && (capital(v.word(0)) || v.tokens[0].Kind == phrase.Han) {
		f.Value = Text(strings.TrimSpace(string(v.text)))
		say(0, len(v.tokens), f)
	}
}
