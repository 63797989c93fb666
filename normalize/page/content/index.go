// Package content tells a page's main content from what stands around it.
//
// A page is walked once into an Index of blocks (runs of text that no block
// element interrupts) and boxes (the elements around them). Every block is
// then weighed by a small learned model on what the index knows of it, twice:
// alone, and again knowing what its neighbours got. The blocks that make the
// best expected whole are kept.
package content

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/clipmend/clipmend/normalize/page/dom"
)

// Index is what one walk over a page's body learns.
type Index struct {
	Blocks []Block
	boxes  []box
	texts  []*html.Node // text nodes and atoms, in order; blocks hold ranges
	media  []medium
	body   *html.Node
	total  counts
	pinned map[*html.Node]bool // elements that are kept with all that is in them

	about   *About
	lead    []uint32         // the first words of each block; blocks hold ranges
	classes map[uint32]int32 // how many boxes have each of kindWords
}

// Block is a run of text and inline elements.
type Block struct {
	box      int32 // the block element that it stands in
	from, to int32 // its range in texts
	stats    counts
	hash     uint64 // of its text, folded
	broken   int32  // how many <br> it holds
	inline   atom.Atom

	first, last int32 // its range in the index's words
}

// box is an element of block level.
type box struct {
	node        *html.Node
	parent      int32
	depth       int32
	from, to    int32 // its range of blocks
	stats       counts
	flags       flags
	unseen      bool   // it or a box around it is styled or marked hidden
	sig         uint32 // of its tag and classes
	kids        int32  // boxes directly inside
	order       int32  // its place among its siblings
	twins       int32  // siblings with the same signature, itself too
	words       []uint32
	score       float32
	own         float32 // learned weight of its own class words
	worst, best float32 // of its and its ancestors' class words
}

// counts sums up a text.
type counts struct {
	words, chars, linkWords    int32
	commas, stops, sentences   int32
	capitals, digits, function int32
	blocks                     int32
	heads, images, inputs      int32
	money, rights              int32 // signs of currencies, ©
}

func (c *counts) add(o *counts) {
	c.words += o.words
	c.chars += o.chars
	c.linkWords += o.linkWords
	c.commas += o.commas
	c.stops += o.stops
	c.sentences += o.sentences
	c.capitals += o.capitals
	c.digits += o.digits
	c.function += o.function
	c.blocks += o.blocks
	c.heads += o.heads
	c.images += o.images
	c.inputs += o.inputs
	c.money += o.money
	c.rights += o.rights
}

// flags are what a box and the boxes around it are.
type flags uint32

const (
	inNav flags = 1 << iota
	inAside
	inHeader
	inFooter
	inMain
	inArticle
	inSection
	inForm
	inTable
	inList
	inQuote
	inFigure
	inPre
	inHidden
	inButton
	inDialog
	inDetails
	inHeading
	inBody // itemprop=articleBody and the like
	inScreenReader
	inComment
)

// medium is an image, a video, a formula without text: something that is
// kept where the text around it is kept.
type medium struct {
	node *html.Node
	box  int32
	at   int32 // the number of blocks before it
}

// maxBlocks bounds the blocks of a page; what follows joins the last one.
const maxBlocks = 200_000

// NewIndex walks the body of a page. The index refers to the nodes.
func NewIndex(doc *html.Node, about *About) *Index {
	x := &Index{body: bodyOf(doc), about: about, classes: make(map[uint32]int32, len(kindWords))}
	for _, w := range kindWords {
		x.classes[w] = 0
	}
	x.reserve()
	w := walker{x: x}
	w.box(x.body, -1, 0)
	w.end()
	if len(x.boxes) > 0 {
		x.total = x.boxes[0].stats
	}
	x.relate()
	return x
}

// reserve makes room for what the walk will find, so that nothing is copied
// while it grows.
func (x *Index) reserve() {
	boxes, texts := 1, 0
	for n := range x.body.Descendants() {
		switch {
		case n.Type == html.TextNode && !isBlank(n.Data):
			texts++
		case n.Type == html.ElementNode && dom.IsBlock(n):
			boxes++
		}
	}
	x.boxes = make([]box, 0, boxes)
	x.texts = make([]*html.Node, 0, texts)
	x.Blocks = make([]Block, 0, min(texts, maxBlocks))
}

func bodyOf(doc *html.Node) *html.Node {
	if b := dom.First(doc, atom.Body); b != nil {
		return b
	}
	return doc
}

type walker struct {
	x      *Index
	cur    Block
	text   scanner
	link   int // open <a>
	inline atom.Atom
}

// box walks a block element.
func (w *walker) box(n *html.Node, parent, order int32) {
	x := w.x
	w.end()
	id := int32(len(x.boxes))
	b := box{node: n, parent: parent, order: order, from: int32(len(x.Blocks))}
	if parent >= 0 {
		b.flags = x.boxes[parent].flags
		b.unseen = x.boxes[parent].unseen
		b.depth = x.boxes[parent].depth + 1
	}
	b.describe()
	for _, c := range b.words {
		if n, ok := x.classes[c]; ok {
			x.classes[c] = n + 1
		}
	}
	x.boxes = append(x.boxes, b)
	w.cur.box = id
	w.children(n, id)
	w.end()
	p := &x.boxes[id]
	p.to = int32(len(x.Blocks))
	for i := p.from; i < p.to; i++ {
		if x.Blocks[i].box == id {
			p.stats.add(&x.Blocks[i].stats)
		}
	}
	if parent >= 0 {
		x.boxes[parent].stats.add(&p.stats)
		w.cur.box = parent
	}
}

func (w *walker) children(n *html.Node, id int32) {
	for c := range n.ChildNodes() {
		switch c.Type {
		case html.TextNode:
			w.add(c)
		case html.ElementNode:
			w.element(c, id)
		}
	}
}

func (w *walker) element(n *html.Node, id int32) {
	x := w.x
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Link, atom.Meta, atom.Head, atom.Textarea, atom.Title:
		switch {
		case n.DataAtom == atom.Script && strings.HasPrefix(dom.Attr(n, "type"), "math/"):
			w.atom(n)
		case n.DataAtom == atom.Noscript && n.FirstChild != nil && strings.Contains(n.FirstChild.Data, "<img"):
			x.media = append(x.media, medium{n, id, int32(len(x.Blocks))})
		}
		return
	case atom.Br:
		w.text.space()
		w.cur.broken++
		if follows(n, atom.Br) {
			w.end()
		}
		return
	case atom.Img, atom.Video, atom.Audio, atom.Iframe, atom.Object, atom.Embed, atom.Picture, atom.Svg, atom.Canvas, atom.Hr:
		x.media = append(x.media, medium{n, id, int32(len(x.Blocks))})
		if n.DataAtom != atom.Svg && n.DataAtom != atom.Hr {
			x.boxes[id].stats.images++
		}
		return
	case atom.Input:
		x.boxes[id].stats.inputs++
		return
	case atom.Math:
		w.atom(n)
		return
	}
	if dom.IsBlock(n) {
		x.boxes[id].kids++
		inline := w.inline
		w.inline = 0
		w.box(n, id, x.boxes[id].kids-1)
		w.inline = inline
		w.cur.box = id
		return
	}
	link := n.DataAtom == atom.A && dom.HasAttr(n, "href")
	if link {
		w.link++
	}
	inline := w.inline
	w.inline = n.DataAtom
	w.children(n, id)
	w.inline = inline
	if link {
		w.link--
	}
}

// follows reports whether the next thing after n that is not white space is
// an element of that name.
func follows(n *html.Node, name atom.Atom) bool {
	for s := n.NextSibling; s != nil; s = s.NextSibling {
		if s.Type == html.TextNode && strings.TrimSpace(s.Data) == "" {
			continue
		}
		return s.DataAtom == name
	}
	return false
}

// add takes a text node into the current block.
func (w *walker) add(n *html.Node) {
	if w.cur.to == w.cur.from {
		if isBlank(n.Data) {
			return
		}
		w.cur.from = int32(len(w.x.texts))
		w.cur.inline = w.inline
	}
	w.x.texts = append(w.x.texts, n)
	w.cur.to = int32(len(w.x.texts))
	w.text.scan(n.Data, w.link > 0)
}

// atom takes an element that is kept or dropped whole into the block.
func (w *walker) atom(n *html.Node) {
	if w.cur.to == w.cur.from {
		w.cur.from = int32(len(w.x.texts))
		w.cur.inline = w.inline
	}
	w.x.texts = append(w.x.texts, n)
	w.cur.to = int32(len(w.x.texts))
	w.text.scan(" x ", false)
}

// end closes the current block.
func (w *walker) end() {
	box := w.cur.box
	if w.cur.to > w.cur.from && len(w.x.Blocks) < maxBlocks {
		w.text.space()
		w.cur.stats = w.text.counts
		w.cur.stats.blocks = 1
		w.cur.hash = w.text.hash
		if w.x.boxes[box].flags&inHeading != 0 {
			w.cur.stats.heads = 1
		}
		w.cur.first = int32(len(w.x.lead))
		w.x.lead = append(w.x.lead, w.text.firsts[:w.text.kept]...)
		w.cur.last = int32(len(w.x.lead))
		w.x.Blocks = append(w.x.Blocks, w.cur)
	}
	w.cur = Block{box: box}
	w.text = scanner{}
}

func isBlank(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] > ' ' {
			return strings.TrimSpace(s) == ""
		}
	}
	return true
}
