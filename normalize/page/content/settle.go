package content

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/clipmend/clipmend/normalize/page/dom"
)

// settle changes which blocks are kept where halves are worse than either
// whole: code, tables, quotations and formulas stay or go in one piece, notes
// stay with what they belong to, and headings with what they head.
func (x *Index) settle(keep []bool, notes []*html.Node) {
	x.small(keep)
	x.hidden(keep)
	x.wholes(keep)
	x.formulas(keep)
	x.headings(keep)
	x.include(keep, notes)
}

// Bounds of a page that says too little to be judged block by block.
const (
	smallPage = 120 // words in all
	smallCore = 12  // words in its article
)

// small keeps the whole article of a page that has little else: so few blocks
// tell too little of each other.
func (x *Index) small(keep []bool) {
	if x.total.words > smallPage {
		return
	}
	core := -1
	for i := range x.boxes {
		if a := x.boxes[i].node.DataAtom; a == atom.Article || a == atom.Main {
			if core >= 0 && int(x.boxes[i].from) >= int(x.boxes[core].to) {
				return // there is more than one
			}
			core = i
		}
	}
	if core < 0 {
		return
	}
	b := &x.boxes[core]
	if b.stats.words < smallCore || b.stats.linkWords*3 > b.stats.words || b.flags&inHidden != 0 {
		return
	}
	for k := b.from; k < b.to; k++ {
		keep[k] = true
	}
}

// hidden drops what the page hides, unless that is most of what would be
// kept: then a script shows it.
func (x *Index) hidden(keep []bool) {
	var unseen, all int32
	for i := range x.Blocks {
		if keep[i] {
			all += x.Blocks[i].stats.words
			if x.boxes[x.Blocks[i].box].unseen {
				unseen += x.Blocks[i].stats.words
			}
		}
	}
	if unseen*100 > all*70 {
		return
	}
	for i := range x.Blocks {
		if x.boxes[x.Blocks[i].box].unseen && !x.holdsFormula(&x.Blocks[i]) {
			keep[i] = false
		}
	}
}

// wholes keeps or drops the boxes that make no sense in parts, by where most
// of their words went.
func (x *Index) wholes(keep []bool) {
	kept := x.keptWords(keep)
	for i := range x.boxes {
		b := &x.boxes[i]
		if b.from == b.to || !x.isWhole(int32(i)) {
			continue
		}
		// Code without words the model knows is judged with its surroundings.
		in, all := kept[b.to]-kept[b.from], b.stats.words
		if in*2 >= all && all > 0 || x.standsAmid(int32(i), keep, kept) {
			for k := b.from; k < b.to; k++ {
				keep[k] = true
			}
		}
	}
}

// largestWhole bounds a table that is kept as one: larger ones lay out pages.
const largestWhole = 400

func (x *Index) isWhole(i int32) bool {
	b := &x.boxes[i]
	switch b.node.DataAtom {
	case atom.Pre:
		return true
	case atom.Table:
		return b.to-b.from <= largestWhole && !x.laysOut(b)
	case atom.Figcaption, atom.Dl, atom.Summary:
		return b.to-b.from <= 60
	}
	return false
}

// laysOut reports whether a table arranges a page rather than data: a table
// or a heading of the first levels stands inside.
func (x *Index) laysOut(b *box) bool {
	for k := b.from; k < b.to; k++ {
		for p := x.Blocks[k].box; p >= 0 && &x.boxes[p] != b; p = x.boxes[p].parent {
			switch x.boxes[p].node.DataAtom {
			case atom.Table, atom.H1, atom.H2, atom.Form, atom.Article:
				return true
			}
		}
	}
	return false
}

// standsAmid reports whether code, a caption, or a table that is not mostly links, has
// kept text right before it and most of the text around it is kept.
func (x *Index) standsAmid(i int32, keep []bool, kept []int32) bool {
	b := &x.boxes[i]
	switch b.node.DataAtom {
	case atom.Pre:
		return b.from > 0 && keep[b.from-1] || x.around(i, kept)
	case atom.Figcaption:
		return x.around(i, kept)
	case atom.Table:
		return b.from > 0 && keep[b.from-1] && b.stats.linkWords*2 < b.stats.words && x.around(i, kept)
	}
	return false
}

// around reports whether most words next to a box are kept.
func (x *Index) around(i int32, kept []int32) bool {
	b := &x.boxes[i]
	for p := b.parent; p > 0; p = x.boxes[p].parent {
		o := &x.boxes[p]
		if all := o.stats.words - b.stats.words; all > 4 {
			in := kept[b.from] - kept[o.from] + kept[o.to] - kept[b.to]
			return in*2 >= all
		}
	}
	return false
}

// formulas keeps blocks that are little but a formula where the text around
// them is kept.
func (x *Index) formulas(keep []bool) {
	kept := x.keptWords(keep)
	for i := range x.Blocks {
		b := &x.Blocks[i]
		if keep[i] || b.stats.words > 30 || !x.holdsFormula(b) {
			continue
		}
		lo, hi := max(0, i-3), min(len(x.Blocks), i+4)
		if x.around(b.box, kept) || kept[hi]-kept[lo] > 0 && (kept[hi]-kept[lo])*2 >= x.words(int32(lo), int32(hi))-b.stats.words {
			keep[i] = true
		}
	}
}

func (x *Index) holdsFormula(b *Block) bool {
	for p, i := x.texts[b.from].Parent, 0; p != nil && p != x.body && i < 12; p, i = p.Parent, i+1 {
		if dom.HasAttr(p, "data-math") || strings.Contains(dom.Attr(p, "class"), "katex") || strings.Contains(dom.Attr(p, "class"), "MathJax") {
			return true
		}
	}
	for _, t := range x.texts[b.from:b.to] {
		if t.Type == html.ElementNode {
			return true
		}
	}
	return false
}

// headings keeps a heading between kept blocks, and one whose own section
// goes on with a kept block.
func (x *Index) headings(keep []bool) {
	for i := len(keep) - 2; i >= 0; i-- {
		box := &x.boxes[x.Blocks[i].box]
		if keep[i] || box.flags&inHeading == 0 || !keep[i+1] || box.unseen {
			continue
		}
		if i > 0 && keep[i-1] || x.heads(i, i+1) {
			keep[i] = true
		}
	}
}

// heads reports whether block i heads block j: the box around the heading has
// both.
func (x *Index) heads(i, j int) bool {
	for b := x.Blocks[i].box; b >= 0; b = x.boxes[b].parent {
		if x.boxes[b].flags&inHeading == 0 || x.boxes[b].to-x.boxes[b].from > 1 {
			return int(x.boxes[b].to) > j
		}
	}
	return false
}

// include keeps every block inside the nodes.
func (x *Index) include(keep []bool, nodes []*html.Node) {
	if len(nodes) == 0 {
		return
	}
	wanted := make(map[*html.Node]bool, len(nodes))
	for _, n := range nodes {
		wanted[n] = true
	}
	for i := range x.Blocks {
		if keep[i] {
			continue
		}
		for p := x.texts[x.Blocks[i].from]; p != nil && p != x.body; p = p.Parent {
			if wanted[p] {
				keep[i] = true
				break
			}
		}
	}
}
