// Package render writes an HTML tree as Markdown in Obsidian's flavour.
//
// What a page shows as text stays text: characters that Markdown or Obsidian
// would read as markup are escaped, and no others, so that clean prose stays
// readable. Parsed again, the Markdown gives back the words of the page. What
// Obsidian has words for (math, footnotes, callouts, task lists, tables,
// highlights) is written with them; what it has not stays clean HTML or
// becomes plain text.
//
// White space collapses as in a browser. A no-break space counts as a plain
// one, outside and inside code, since nobody finds it by searching.
//
// The work is linear in the size of the tree and safe for any tree: nesting,
// spans of cells and the depth of lists and quotes are bounded.
package render

import (
	"bytes"
	"net/url"

	"golang.org/x/net/html"
)

// Options change how a tree is written. The zero value works.
type Options struct {
	// BaseURL is the address of the page; links are made absolute with it,
	// or with the page's own <base href> resolved against it.
	BaseURL string

	// SiteURL is an address on the page's site, for pages without a BaseURL:
	// only links that begin at the site's root (/about) are made absolute
	// with it, since the others may lead to files beside the page.
	SiteURL string

	// Title is the note's title: the first heading is left out when it says
	// the same. With a title, the headings of the body begin at level 2.
	Title string

	// Image, if set, is given the absolute address of each image (which may
	// be a data: URL) and returns what to write in its place; the image is
	// dropped if that is empty.
	Image func(src string) string

	// Skip, if set, says which elements are left out with all that is in
	// them. It is asked about each element once or more.
	Skip func(*html.Node) bool
}

// Markdown returns the tree under root as Markdown that ends with one newline,
// or nothing if the tree shows nothing. It does not change the tree. Footnotes
// that root refers to are found in the whole document that root belongs to.
func Markdown(root *html.Node, o Options) []byte {
	if root == nil {
		return nil
	}
	r := &renderer{
		o:      o,
		base:   baseOf(root, o.BaseURL),
		site:   siteOf(o.SiteURL),
		title:  letters(o.Title),
		traits: map[string]traits{},
	}
	r.findNotes(root)
	r.node(root)
	r.flush()
	r.writeNotes()
	return r.finish()
}

// Bounds on what is written, whatever the tree says.
const (
	maxDepth = 1500 // of elements; what is deeper is written as plain text
	maxBoxes = 24   // of lists and quotes around a line; what is deeper is not marked
)

type renderer struct {
	o      Options
	base   *url.URL
	site   *url.URL
	title  string // letters and digits of the title
	traits map[string]traits

	out   []byte
	boxes []box
	sep   separator // what goes between the last block and the next
	last  blockKind // of the block that was written last

	para   paragraph
	active []span       // formats that are open here
	nested [formats]int // how often each is open
	mode   mode
	depth  int

	levels    []int // source levels of the headings around this place
	titleSeen bool
	notes     notes
	skipImage map[*html.Node]bool // images that show what another one shows
	shown     map[string]bool     // names of the images that are written
}

// A mode is what becomes of a block boundary.
type mode uint8

const (
	asBlock   mode = iota // it ends the paragraph
	asHeading             // it is a space
	asCell                // it is a <br>
)

// finish trims what was written and ends it with a newline.
func (r *renderer) finish() []byte {
	out := bytes.TrimRight(r.out, " \n")
	for bytes.HasSuffix(out, []byte("\n---")) { // a rule with nothing after it divides nothing
		out = bytes.TrimRight(out[:len(out)-4], " \n")
	}
	if len(out) == 0 {
		return nil
	}
	return append(out, '\n')
}
