package content

import (
	"net/url"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/normalize/page/metadata"
)

// About is what a page says of itself outside of its body.
type About struct {
	title, description map[uint32]bool // hashes of their words
	signs              row             // what tells the kind of page
	stated             stated          // what JSON-LD says that the page says
}

// NewAbout reads what matters for the main content out of a page's hints. The
// address may be empty.
func NewAbout(h *metadata.Hints, address string) *About {
	a := &About{
		title:       wordSet(h.Title + " " + h.Meta["og:title"]),
		description: wordSet(h.Meta["description"] + " " + h.Meta["og:description"]),
	}
	a.stated.read(&h.LD)
	a.says(h)
	a.at(address)
	guess := Guess(h, address)
	for _, k := range Kinds {
		a.signs.flag(k == guess)
	}
	return a
}

// wordSet hashes words as the scanner does.
func wordSet(s string) map[uint32]bool {
	if len(s) > 2000 {
		s = s[:2000]
	}
	var w scanner
	w.scan(s, false)
	w.space()
	set := make(map[uint32]bool, w.kept)
	for _, h := range w.firsts[:w.kept] {
		set[h] = true
	}
	return set
}

// says notes what the page says for machines.
func (a *About) says(h *metadata.Hints) {
	types := func(list ...string) bool {
		return slices.ContainsFunc(h.LD.Types, func(t string) bool { return slices.Contains(list, t) })
	}
	generator := strings.ToLower(h.Meta["generator"])
	made := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(generator, n) })
	}
	og := h.Meta["og:type"]
	a.signs.flag(og == "article")
	a.signs.flag(strings.HasPrefix(og, "product") || strings.HasSuffix(og, "product"))
	a.signs.flag(og == "website")
	a.signs.flag(types("Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "TechArticle"))
	a.signs.flag(types("Product", "ProductGroup", "Offer"))
	a.signs.flag(types("DiscussionForumPosting", "QAPage", "Question"))
	a.signs.flag(types("ItemList", "CollectionPage", "SearchResultsPage", "OfferCatalog"))
	a.signs.flag(types("BreadcrumbList"))
	a.signs.flag(types("Service", "ProfessionalService", "LocalBusiness", "SoftwareApplication", "WebApplication"))
	a.signs.flag(types("FAQPage"))
	a.signs.flag(len(h.LD.Types) > 0)
	a.signs.flag(made("discourse", "phpbb", "vbulletin", "xenforo", "flarum", "mybb", "invision"))
	a.signs.flag(made("sphinx", "docusaurus", "mkdocs", "gitbook", "docfx", "mediawiki", "hugo", "vitepress", "antora"))
	a.signs.flag(made("wordpress"))
	a.signs.flag(h.LD.Published != "" || h.Meta["article:published_time"] != "")
	a.signs.flag(len(h.Authors) > 0 || len(h.LD.Authors) > 0)
}

// pathWords are what addresses say of a page.
var pathWords = [][]string{
	{"docs", "doc", "documentation", "developer", "reference", "manual", "api", "guide", "guides", "wiki", "help", "learn"},
	{"forum", "forums", "community", "thread", "threads", "viewtopic", "showthread", "topic", "discussion", "discussions", "questions", "question", "t", "comments"},
	{"product", "products", "p", "dp", "item", "itm", "prod", "ip", "pd"},
	{"collections", "collection", "c", "category", "categories", "shop", "catalog", "w", "browse", "store"},
	{"tag", "tags", "search", "list", "archive", "topics", "news", "jobs", "index", "market", "directory"},
	{"services", "service", "solutions", "solution", "pricing", "features", "platform", "about", "consulting", "company", "practice", "industries"},
	{"blog", "article", "articles", "story", "stories", "news", "post", "posts", "insights", "resources"},
}

// at notes what the page's address says.
func (a *About) at(address string) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		u = &url.URL{}
	}
	path := strings.Trim(strings.ToLower(u.Path), "/")
	parts := strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == '.' })
	parts = append(parts, strings.Split(strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), ".")...)
	for _, words := range pathWords {
		a.signs.flag(slices.ContainsFunc(parts, func(p string) bool { return slices.Contains(words, p) }))
	}
	last := path[strings.LastIndexByte(path, '/')+1:]
	a.signs.flag(u.Host != "")
	a.signs.flag(path == "" && u.Host != "")
	a.signs.add(float32(strings.Count(path, "/")), float32(strings.Count(last, "-")+strings.Count(last, "_")), float32(len(last)))
	a.signs.flag(u.RawQuery != "")
	a.signs.flag(strings.ContainsAny(last, "0123456789"))
}

// Guess tells what sort of page a page is by what it says for machines and
// by its address. A page that says nothing is an article.
func Guess(h *metadata.Hints, address string) string {
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
		return "forum"
	case says("Product", "ProductGroup") && !says("ItemList", "CollectionPage", "Article", "NewsArticle", "BlogPosting") || ogType == "product":
		return "product"
	case made("sphinx", "docusaurus", "mkdocs", "gitbook", "docfx", "mediawiki") || says("TechArticle") || at(".docs.", "/docs/", ".developer.", "/documentation/"):
		return "documentation"
	case says("Article", "NewsArticle", "BlogPosting") || ogType == "article":
		return "article"
	case at(".forum.", ".forums.", ".community.", "/forum/", "/forums/", "/threads/", "viewtopic", "showthread"):
		return "forum"
	case at("/product/", "/products/", "/p/", "/dp/", "/item/", "/itm/"):
		return "product"
	case at("/collections/", "/collection/", "/c/", "/shop/", "/categories/", "/category/"):
		return "collection"
	case says("CollectionPage", "ItemList", "SearchResultsPage") || at("/list/", "/tag/", "/search"):
		return "listing"
	case says("Service", "ProfessionalService", "LocalBusiness") || at("/service/", "/services/"):
		return "service"
	}
	return "article"
}
