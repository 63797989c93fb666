package annotate

import (
	"github.com/clipmend/clipmend/annotate/packs"
	"github.com/clipmend/clipmend/normalize/markdown"
)

// A dateLine is a line that holds nothing but a date; it dates the items of the
// list that follows.
type dateLine struct {
	view *view
	date date
}

// dateline keeps a line that is only a date, and reads the items below one. It
// reports whether the line says nothing else.
func (d *doc) dateline(l *line) bool {
	if len(l.tokens) == 0 || d.keyDate(&sentence{view: l.view}, 0) >= 0 {
		return false
	}
	if l.kind == markdown.ListItem && d.dated != nil {
		d.released(l.view)
		return false
	}
	d.dated = nil
	from := 0
	if w := l.word(0); w == "[" || w == "【" || w == "(" {
		from = 1
	}
	if from >= len(l.tokens) || len(l.tokens) > 10 {
		return false
	}
	dt, ok := l.dateAt(from)
	if !ok || len(dt.iso) < len("2006-01") {
		return false
	}
	for i := dt.to; i < len(l.tokens); i++ {
		switch l.word(i) {
		case "]", "】", ")", ":", "：", ".":
		default:
			return false
		}
	}
	d.dated = &dateLine{l.view, dt}
	return true
}

// released states the date above for what an item says was released: its verb
// opens the item and the names follow it.
func (d *doc) released(v *view) {
	s := &sentence{view: v, to: v.sentenceEnd(0), hits: v.hits}
	s.mentions = d.mentions(v, 0, s.to)
	for k, a := range d.attrs {
		if a.Type != packs.Date || !s.near(near, k, 0, min(4, s.to)) || s.near(notAttr, k, 0, min(12, s.to)) || s.future() {
			continue
		}
		for _, m := range s.mentions {
			if m.from > 8 {
				break
			}
			for _, en := range d.group(s, m) {
				d.emit(d.dated.view, d.dated.date.from, d.dated.date.to, Fact{Model: en.name, Attribute: a.name, Value: Text(d.dated.date.iso), Rule: "date line"})
			}
			return
		}
	}
}
