package annotate

import (
	"strings"

	"github.com/clipmend/clipmend/annotate/packs"
	"github.com/clipmend/clipmend/annotate/phrase"
)

// A column says what the cells of a column, or of a row, hold.
type column struct {
	attr   int   // −1 for none
	also   []int // other attributes that the same head stands for
	things []*entity
	test   string
	times  float64
	mark   string // the term that a check mark in it says
	barred bool   // it holds numbers that are no facts

	qualifier, metric, setting string // of all its cells
}

// maxColumns bounds the columns that are looked at.
const maxColumns = 256

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
		case h.class == label && (n > long || n == long && c.test != ""):
			c.attr, long, c.test, c.also = h.attr, n, "", nil
		case h.class == label && n == long && h.attr != c.attr:
			c.also = append(c.also, h.attr)
		case h.class == term && d.attrs[h.attr].Type == packs.Score && n > long:
			c.attr, long, c.test, c.also = h.attr, n, testName(v), nil
		case h.class == term && d.attrs[h.attr].Type == packs.Term && v.wholly(h):
			c.mark, c.attr, long, c.also = h.value, h.attr, n, nil
		}
	}
	for i, t := range v.tokens {
		if w := v.word(i); t.Kind == phrase.Word && i > 0 && (v.word(i-1) == "(" || v.word(i-1) == "（") && len(w) == 1 {
			if s := scales[strings.ToLower(w)]; s > 0 {
				c.times = s
			}
		}
		if t.Kind == phrase.Han && i > 0 && (v.word(i-1) == "(" || v.word(i-1) == "（") {
			if s := scales[v.word(i)]; s >= 1e4 {
				c.times = s // 参数量（亿）
			}
		}
	}
	c.barred = v.measured()
	d.headed(v, &c)
	for i := range v.tokens {
		if v.has(i, ignored) || v.has(i, notAttr) && long < 2 && c.test == "" {
			c.barred = c.barred || v.has(i, ignored)
			c.attr, c.test, c.mark, c.also = -1, "", "", nil
		}
	}
	if ms := d.mentions(v, 0, len(v.tokens)); len(ms) > 0 && c.test == "" {
		c.things = ms[0].things
	}
	return c
}

// headed notes what a head, or the row below it, says of how its cells came about.
func (d *doc) headed(v *view, c *column) {
	for _, h := range v.hits {
		switch {
		case h.class == qualifier && h.attr == c.attr:
			c.qualifier = h.value
		case h.class == metric:
			c.metric = h.value
		case h.class == setting:
			c.setting = h.value
		}
	}
}

// underHeads notes what a row that names nothing says of the columns: "5-shot".
func (d *doc) underHeads(row []*view, head []column) {
	for i, v := range row {
		if i < len(head) && len(v.tokens) < 6 {
			d.headed(v, &head[i])
		}
	}
}

// measured reports whether a head names a unit of memory or time in brackets.
func (v *view) measured() bool {
	for i := 1; i < len(v.tokens); i++ {
		if w := v.word(i - 1); w != "(" && w != "（" {
			continue
		}
		switch v.fold(i) {
		case "gb", "mb", "tb", "gib", "mib", "ms", "s", "sec", "seconds", "秒", "毫", "w", "kwh", "字":
			return true
		}
	}
	return false
}

// wholly reports whether a view says nothing but the hit and its short form in brackets.
func (v *view) wholly(h hit) bool {
	if h.from != 0 {
		return false
	}
	return h.to == len(v.tokens) || v.word(h.to) == "(" && v.word(len(v.tokens)-1) == ")"
}

// testName is the name of a test without its setting and the marks of footnotes.
func testName(v *view) string {
	s := string(v.text)
	if i := strings.IndexAny(s, "(（["); i > 2 {
		s = s[:i]
	}
	if i := strings.IndexAny(s, "^*†‡"); i > 1 {
		s = s[:i]
	}
	return strings.TrimSpace(s)
}

// unknownTest takes a row or column of scores under an unknown name for a test.
func (d *doc) unknownTest(cells []*view, c column) column {
	title := testName(cells[0])
	scores, filled := 0, 0
	for _, v := range cells[1:] {
		if v.blank() {
			continue
		}
		filled++
		if _, ok := score(v); ok {
			scores++
		} else if len(v.tokens) > 2 {
			return c
		}
	}
	if c.barred || scores*2 < filled || scores == 0 || title == "" || len(title) > 60 {
		return c
	}
	for i, a := range d.attrs {
		if a.Type == packs.Score {
			c.attr, c.test = i, title
		}
	}
	return c
}

// blank reports whether a cell says that there is nothing to say: "-", "N/A".
func (v *view) blank() bool {
	if len(v.tokens) == 0 {
		return true
	}
	for i := range v.tokens {
		switch v.fold(i) {
		case "-", "–", "—", "/", "n", "a", "?", "tbd", "none", "*", ".":
		default:
			return false
		}
	}
	return true
}

// tests finds the columns of scores whose heads the pack does not know, in a
// table that has one that it does.
func (d *doc) tests(rows [][]*view, head []column, named int) {
	any := false
	for _, c := range head {
		any = any || d.isTest(c)
	}
	if !any {
		return
	}
	for c := range head {
		if c == named || head[c].attr >= 0 && !d.isTest(head[c]) || head[c].test != "" {
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

func (d *doc) isTest(c column) bool {
	return c.test != "" || c.attr >= 0 && d.attrs[c.attr].Type == packs.Score
}
