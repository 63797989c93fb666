package page

import (
	"cmp"

	"golang.org/x/net/html"

	"github.com/clipmend/clipmend/normalize/page/content"
	"github.com/clipmend/clipmend/normalize/page/dom"
	"github.com/clipmend/clipmend/normalize/page/metadata"
	"github.com/clipmend/clipmend/normalize/page/render"
	"github.com/clipmend/clipmend/normalize/page/site"
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

	// Whole says that all of the body is content, as in a note of a person's.
	Whole bool

	// Image, if set, is given each picture's address and returns what to
	// write in its place, or "" to leave the picture out.
	Image func(src string) string

	// Model, if set, tells main content from the rest in place of the model
	// that is built in.
	Model *content.Model
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
func Convert(src []byte, o Options) (*Page, error) {
	doc, err := dom.Parse(src)
	if err != nil {
		return nil, err
	}
	hints := metadata.Collect(doc)
	p := &Page{Kind: Kind(content.Guess(hints, cmp.Or(o.URL, hints.Canonical)))}
	x := p.choose(doc, hints, o)
	p.Markdown = render.Markdown(x.Root(), render.Options{BaseURL: o.URL, SiteURL: p.Meta.Canonical, Title: p.Meta.Title, Image: func(src string) string {
		p.Images = append(p.Images, Image{URL: src})
		if o.Image == nil {
			return src
		}
		return o.Image(src)
	}})
	if text := filled(p.Markdown, hints, &p.Meta); text != nil && !o.Whole {
		p.Markdown = text
		p.Warnings = append(p.Warnings, "the page shows its text only by script; this is what it states of itself in its head")
	}
	if w := Truncated(p.Markdown); w != "" {
		p.Warnings = append(p.Warnings, w)
	}
	return p, nil
}

// choose reads the metadata and cuts the tree down to the main content: by
// the site's rule where there is one that fits the page, else by the model.
func (p *Page) choose(doc *html.Node, hints *metadata.Hints, o Options) *content.Index {
	about := content.NewAbout(hints, cmp.Or(o.URL, hints.Canonical))
	if o.Whole {
		p.Meta = *hints.Fields(o.URL)
		return content.NewIndex(doc, about)
	}
	rule := site.Find(cmp.Or(o.URL, hints.Canonical), hints.Meta["generator"])
	var main []*html.Node
	if rule != nil {
		main = rule.Main(doc)
	}
	if len(main) == 0 {
		p.Meta = *hints.Fields(o.URL)
		x := content.NewIndex(doc, about)
		p.Kind = Kind(content.Kinds[x.Kind(o.Model)])
		x.Prune(x.Select(o.Model, render.Notes(doc)))
		return x
	}
	p.Meta = *hints.FieldsWith(o.URL, metadata.Known{
		From:      rule.Name + " rule",
		Title:     site.Value(doc, rule.Title),
		Author:    site.Value(doc, rule.Author),
		Published: site.Value(doc, rule.Published),
	})
	rule.Strip(doc)
	rule.Reshape(doc)
	x := content.NewIndex(doc, about)
	x.Prune(x.Within(main, render.Notes(doc)))
	return x
}

// SplitTitle splits a title into the title proper and the site's name where
// that is clear, as in "Notes on Kilns - Feishu Docs". Hints are names of the
// site, hosts or URLs. See [metadata.SplitTitle].
func SplitTitle(title string, hints ...string) (rest, site string) {
	return metadata.SplitTitle(title, hints...)
}
