package annotate

import (
	"strings"

	"github.com/clipmend/clipmend/annotate/phrase"
	"github.com/clipmend/clipmend/normalize/markdown"
)

func (d *doc) readTable(rows [][]*view) {
	if len(rows) < 2 || len(rows[0]) < 2 {
		return
	}
	head := d.columns(rows[0])
	if d.acrossThings(head) {
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
	named, sure := d.nameColumn(rows, head)
	d.tests(rows, head, named)
	var last []*entity
	for _, row := range rows[1:] {
		things := d.rowThings(row, named, head, sure)
		if things == nil && named < len(row) && len(row[named].tokens) == 0 {
			things = last
		}
		last = things
		if len(things) == 0 {
			d.underHeads(row, head)
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

// acrossThings reports whether the things stand in the head.
func (d *doc) acrossThings(head []column) bool {
	n, other := 0, 0
	for _, c := range head[1:] {
		if len(c.things) > 0 {
			n++
		} else if c.attr >= 0 {
			other++
		}
	}
	return n*2 > len(head)-1 || n > 0 && other == 0 && n*2 >= len(head)-1
}

// transposed reads a table whose head names the things and whose rows begin
// with what is said of them.
func (d *doc) transposed(rows [][]*view, head []column) {
	key := d.keyColumn(rows, head)
	scored := d.scored(rows, key)
	for _, row := range rows[1:] {
		if key >= len(row) {
			continue
		}
		c := d.column(row[key])
		if scored && (c.attr < 0 || d.isTest(c) && c.test == "") {
			cells := []*view{row[key]}
			for i := range row {
				if i < len(head) && len(head[i].things) > 0 {
					cells = append(cells, row[i])
				}
			}
			c = d.unknownTest(cells, c)
		}
		for i, cell := range row {
			if i != key && i < len(head) {
				d.cell(cell, c, head[i].things)
			}
		}
	}
}

// keyColumn returns the column that says what a row is of: of those without a
// thing, the one whose cells differ most.
func (d *doc) keyColumn(rows [][]*view, head []column) int {
	best, most := 0, -1
	for c := range head {
		if len(head[c].things) > 0 {
			if c == 0 {
				continue
			}
			break
		}
		seen, n := map[string]bool{}, 0
		for _, row := range rows[1:min(len(rows), 40)] {
			if c >= len(row) || row[c].blank() || seen[string(row[c].text)] {
				continue
			}
			seen[string(row[c].text)] = true
			if _, number := score(row[c]); !number {
				n += 1 + min(1, len(row[c].hits))
			}
		}
		if n > most {
			best, most = c, n
		}
	}
	return best
}

// scored reports whether a row of the table is a test that the pack knows.
func (d *doc) scored(rows [][]*view, key int) bool {
	for _, row := range rows[:min(len(rows), 60)] {
		if key < len(row) && d.isTest(d.column(row[key])) {
			return true
		}
	}
	return false
}

// keyed reports whether the first cells are keys, the second their values.
func (d *doc) keyed(rows [][]*view) bool {
	keys := 0
	for _, row := range rows {
		if len(row) > 0 && d.column(row[0]).attr >= 0 {
			keys++
		}
	}
	return keys*2 >= len(rows) && keys > 1 || keys*4 >= len(rows) && keys > 2 && len(d.mentions(rows[1][0], 0, len(rows[1][0].tokens))) == 0
}

// nameColumn returns the column that names the things: the one with most
// names. It is sure if its head says so or most of its cells are names.
func (d *doc) nameColumn(rows [][]*view, head []column) (col int, sure bool) {
	best, most, of := 0, 0, 0
	for c := range head {
		n, all := 0, 0
		for _, row := range rows[1:min(len(rows), 20)] {
			if c >= len(row) || len(row[c].tokens) == 0 {
				continue
			}
			all++
			if len(d.mentions(row[c], 0, len(row[c].tokens))) > 0 {
				n++
			}
		}
		if n > most {
			best, most, of = c, n, all
		}
	}
	if best < len(rows[0]) && rows[0][best].namesHead() {
		return best, true
	}
	return best, most > 1 && most*2 > of
}

// namesHead reports whether the head of a column is a word for the pack's things.
func (v *view) namesHead() bool {
	return len(v.tokens) > 0 && len(v.tokens) <= 4 && v.has(0, noun) ||
		len(v.tokens) == 2 && v.has(0, noun, group) && v.fold(1) == "name"
}

// rowThings returns what a row is about. A family's name with a size in another
// cell, or a size or a role alone, makes a variant.
func (d *doc) rowThings(row []*view, named int, head []column, sure bool) []*entity {
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
	if len(v.tokens) == 0 {
		return nil
	}
	if context := d.context(); len(context) > 0 && len(v.tokens) <= 3 {
		if s, ok := v.isSize(0); ok || v.wordsOnly() && d.variantHead(head, named) {
			return []*entity{d.variant(context[0], strings.TrimSpace(string(v.text)), s)}
		}
	}
	if sure {
		return d.adopt(v)
	}
	return nil
}

// adopt takes the text of a cell in a column of names for a name.
func (d *doc) adopt(v *view) []*entity {
	end := 0
	letters := false
	for end < len(v.tokens) && end < 8 {
		t := v.tokens[end]
		if t.Kind == phrase.Mark && v.word(end) != "-" && v.word(end) != "." && v.word(end) != "/" && v.word(end) != "*" && v.word(end) != "+" {
			break
		}
		letters = letters || t.Kind == phrase.Word || t.Kind == phrase.Han
		end++
	}
	if !letters || v.tokens[0].Kind == phrase.Mark || end < len(v.tokens) && v.word(end) != "(" && v.word(end) != "（" && v.word(end) != "^" && v.word(end) != "[" {
		return nil
	}
	first := v.fold(0)
	if v.isOrdinary(0) || notNames[first] || v.has(0, notName) {
		return nil
	}
	surface := strings.TrimSpace(v.slice(0, end))
	k := key(surface)
	if k == "" {
		return nil
	}
	return []*entity{d.add(k, surface, k, surface, 0)}
}

// notNames open cells in a column of names that name nothing.
var notNames = set(`total average avg mean overall human random baseline ours other others none score scores sota previous sum 总计 平均 总分 人类 合计`)

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
