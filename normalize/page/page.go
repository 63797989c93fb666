package page

import (
	"github.com/clipmend/clipmend/normalize/page/content"
	"github.com/clipmend/clipmend/normalize/page/dom"
	"github.com/clipmend/clipmend/normalize/page/metadata"
	"github.com/clipmend/clipmend/normalize/page/render"
)

// ErrTooLarge says that a page is over the limit of 64 MiB.
var ErrTooLarge = dom.ErrTooLarge

// Metadata is what a page says about itself, and where it says so.
type Metadata = metadata.Fields

// Options says what is known of a page beforehand. The zero value works.
type Options struct {
	// URL is where the page is from. It resolves relative links, chooses the
	// site's rules and helps to tell the site's name from the title.
	URL string

	// Image, if set, is given each picture's address and returns what to
	// write in its place, or "" to leave the picture out.
	Image func(src string) string
}

// Page is a page made into a note's parts.
type Page struct {
	Meta     Metadata
	Markdown []byte
	Kind     Kind
	Warnings []string // what a reader of the Markdown should know
	Images   []Image
}

// Image is a picture that the Markdown shows.
type Image struct {
	URL string // absolute, or a data: or cid: address
}

// Kind is what sort of page a page is.
type Kind string

// The kinds of pages, as far as their main content differs.
const (
	Article       Kind = "article"
	Documentation Kind = "documentation"
	Forum         Kind = "forum"
	Product       Kind = "product"
	Listing       Kind = "listing"
	Collection    Kind = "collection"
	Service       Kind = "service"
)

// Convert turns a page, given as UTF-8, into its metadata and the Markdown of
// its main content. The input is not kept. The error wraps ErrTooLarge for a
// page over the limit; whatever else is wrong with a page, its text is given.
func Convert(html []byte, o Options) (*Page, error) {
	doc, err := dom.Parse(html)
	if err != nil {
		return nil, err
	}
	p := &Page{Kind: Article, Meta: *metadata.Read(doc, o.URL)}
	x := content.NewIndex(doc)
	x.Prune(x.Select(render.Notes(doc)))
	p.Markdown = render.Markdown(x.Root(), render.Options{BaseURL: o.URL, Title: p.Meta.Title, Image: func(src string) string {
		p.Images = append(p.Images, Image{URL: src})
		if o.Image == nil {
			return src
		}
		return o.Image(src)
	}})
	return p, nil
}

// SplitTitle splits a title into the title proper and the site's name where
// that is clear, as in "Notes on Kilns - Feishu Docs". Hints are names of the
// site, hosts or URLs. See [metadata.SplitTitle].
func SplitTitle(title string, hints ...string) (rest, site string) {
	return metadata.SplitTitle(title, hints...)
}
