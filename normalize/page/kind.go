package page

import (
	"slices"
	"strings"

	"github.com/clipmend/clipmend/normalize/page/metadata"
)

// kindOf tells what sort of page a page is by what it says for machines and
// by its address. A page that says nothing is an article.
func kindOf(h *metadata.Hints, address string) Kind {
	says := func(types ...string) bool {
		return slices.ContainsFunc(h.LD.Types, func(t string) bool { return slices.Contains(types, t) })
	}
	generator := strings.ToLower(h.Meta["generator"])
	made := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(generator, n) })
	}
	rest := strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://"))
	at := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains("."+rest, p) })
	}
	switch ogType := h.Meta["og:type"]; {
	case says("DiscussionForumPosting", "QAPage") || made("discourse", "phpbb", "vbulletin", "xenforo", "flarum", "mybb"):
		return Forum
	case says("Product", "ProductGroup") && !says("ItemList", "CollectionPage", "Article", "NewsArticle", "BlogPosting") || ogType == "product":
		return Product
	case made("sphinx", "docusaurus", "mkdocs", "gitbook", "docfx", "mediawiki") || says("TechArticle") || at(".docs.", "/docs/", ".developer.", "/documentation/"):
		return Documentation
	case says("Article", "NewsArticle", "BlogPosting") || ogType == "article":
		return Article
	case at(".forum.", ".forums.", ".community.", "/forum/", "/forums/", "/threads/", "viewtopic", "showthread"):
		return Forum
	case at("/product/", "/products/", "/p/", "/dp/", "/item/", "/itm/"):
		return Product
	case at("/collections/", "/collection/", "/c/", "/shop/", "/categories/", "/category/"):
		return Collection
	case says("CollectionPage", "ItemList", "SearchResultsPage") || at("/list/", "/tag/", "/search"):
		return Listing
	case says("Service", "ProfessionalService", "LocalBusiness") || at("/service/", "/services/"):
		return Service
	}
	return Article
}
