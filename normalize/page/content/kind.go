package content

import "golang.org/x/net/html/atom"

// Kinds are the kinds of pages, as far as their main content differs.
var Kinds = []string{"article", "documentation", "forum", "product", "listing", "collection", "service"}

// Kind is the place in Kinds of the kind of page that this most likely is.
func (x *Index) Kind(m *Model) int {
	if m == nil {
		m = trained()
	}
	best := 0
	x.weigh(m.class.weight)
	likely := x.kinds(m)
	for k, p := range likely {
		if p > likely[best] {
			best = k
		}
	}
	return best
}

// kinds is how likely the page is of each kind.
func (x *Index) kinds(m *Model) []float32 {
	if len(m.kinds.weights) == 0 {
		return make([]float32, len(Kinds))
	}
	return m.kinds.likely(x.page())
}

// page describes the page as a whole. Its boxes must have been weighed.
func (x *Index) page() row {
	r := append(make(row, 0, pageWidth), x.about.signs...)
	t := &x.total
	r.counts(t)
	r.add(log1p(t.blocks), ratio(t.words, t.blocks), ratio(t.heads, t.blocks), log1p(t.images), log1p(t.inputs), ratio(t.money, t.blocks), ratio(t.digits, t.chars))
	var prose, repeated, listed, longest int32
	var h1, h2, articles, tables, code, forms int32
	for i := range x.Blocks {
		b := &x.Blocks[i]
		if box := &x.boxes[b.box]; box.node.DataAtom == atom.P && b.stats.linkWords*3 < b.stats.words {
			prose += b.stats.words
			longest = max(longest, b.stats.words)
		}
		if x.boxes[b.box].flags&inList != 0 {
			listed += b.stats.words
		}
	}
	for i := range x.boxes {
		b := &x.boxes[i]
		if b.twins >= 4 && b.stats.words >= 4 && b.parent >= 0 && x.boxes[b.parent].twins < 4 {
			repeated += b.stats.words
		}
		switch b.node.DataAtom {
		case atom.H1:
			h1++
		case atom.H2:
			h2++
		case atom.Article:
			articles++
		case atom.Table:
			tables++
		case atom.Pre:
			code++
		case atom.Form:
			forms++
		}
	}
	r.add(ratio(prose, t.words), ratio(listed, t.words), ratio(repeated, t.words), log1p(longest))
	r.add(float32(h1), float32(h2), float32(articles), float32(tables), float32(code), float32(forms))
	_, best := x.topBox()
	r.add(best / float32(t.words+1))
	// What the words of classes and headings say together.
	var sum, heads float32
	for i := range x.boxes {
		if x.boxes[i].flags&inHeading != 0 {
			heads++
		}
		sum += x.boxes[i].own
	}
	r.add(sum/float32(len(x.boxes)+1), heads)
	for _, w := range kindWords {
		r.add(log1p(x.classes[w]))
	}
	return r
}

// kindWords are words of classes that kinds of pages have.
var kindWords = hashWords("product", "price", "cart", "add", "rating", "review", "post", "reply", "comment", "author", "user", "avatar", "topic", "thread", "vote",
	"entry", "article", "card", "grid", "filter", "sort", "pagination", "hero", "cta", "testimonial", "pricing", "faq", "feature", "toc", "breadcrumb", "sidebar", "code", "highlight", "swatch", "item", "list", "tile", "carousel")

func hashWords(list ...string) []uint32 {
	hashes := make([]uint32, len(list))
	for i, w := range list {
		hashes[i] = hashWord(w)
	}
	return hashes
}
