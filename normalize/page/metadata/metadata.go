// Package metadata reads what a web page says about itself: its title,
// authors, dates and the like, each from the most trustworthy place that
// states it.
package metadata

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// Fields is what a page says about itself. An empty field is not stated.
type Fields struct {
	Title       string
	Site        string
	Authors     []string
	Published   string // ISO 8601, as precise as the page states it
	Modified    string // the same
	Description string
	Lang        string // as a BCP 47 tag
	Image       string // absolute when the page's URL is known
	Canonical   string
	Tags        []string

	// Source tells where each field came from, by the field's name in lower
	// case: "json-ld", "meta og:title", "h1", "time", "byline", "url" ….
	Source map[string]string
}

// Author is the authors as one line.
func (f *Fields) Author() string { return strings.Join(f.Authors, ", ") }

// Set notes a value and its source, unless it is empty or the field has a
// value already.
func (f *Fields) Set(name string, field *string, value, source string) {
	if *field != "" || value == "" {
		return
	}
	*field = value
	f.Source[name] = source
}

// Read reads the metadata of a page. The URL may be empty; it resolves
// relative addresses and helps to tell the site's name from the title.
func Read(doc *html.Node, pageURL string) *Fields {
	return Collect(doc).Fields(pageURL)
}

// Known is what a rule for the page's site found in its place. Empty fields
// were not found.
type Known struct {
	Title, Author, Published string

	From string // noted as the source of what is taken from it
}

// Fields weighs what was collected.
func (h *Hints) Fields(pageURL string) *Fields { return h.FieldsWith(pageURL, Known{}) }

// FieldsWith weighs what was collected and trusts what is known above it.
func (h *Hints) FieldsWith(pageURL string, known Known) *Fields {
	f := &Fields{Source: map[string]string{}}
	f.Set("title", &f.Title, squash(known.Title), known.From)
	f.Set("published", &f.Published, ISODate(dateText(strings.TrimSpace(known.Published))), known.From)
	if names := h.plausible([]string{known.Author}, f); len(names) > 0 {
		f.Authors, f.Source["author"] = names, known.From
	}
	h.site(f, pageURL)
	h.title(f, pageURL)
	h.findTitle(f.Title)
	h.authors(f, pageURL)
	h.dates(f, pageURL)
	h.describe(f)
	h.addresses(f, pageURL)
	h.tags(f)
	return f
}

// site finds the site's name; a title's suffix may add it later.
func (h *Hints) site(f *Fields, pageURL string) {
	f.Set("site", &f.Site, h.Meta["og:site_name"], "meta og:site_name")
	f.Set("site", &f.Site, h.LD.Publisher, "json-ld publisher")
	f.Set("site", &f.Site, h.LD.WebSite, "json-ld website")
	f.Set("site", &f.Site, h.Meta["application-name"], "meta application-name")
	f.Set("site", &f.Site, h.Meta["citation_journal_title"], "meta citation_journal_title")
}

func (h *Hints) describe(f *Fields) {
	for _, k := range []string{"og:description", "description", "twitter:description", "dc.description", "dcterms.description", "dcterms.abstract"} {
		f.Set("description", &f.Description, h.Meta[k], "meta "+k)
	}
	f.Set("description", &f.Description, h.LD.Description, "json-ld")
	f.Set("lang", &f.Lang, langTag(h.Lang), "html lang")
	f.Set("lang", &f.Lang, langTag(h.LD.Lang), "json-ld")
	for _, k := range []string{"content-language", "og:locale", "dc.language", "dcterms.language", "citation_language"} {
		f.Set("lang", &f.Lang, langTag(h.Meta[k]), "meta "+k)
	}
}

// langTag tidies a language: en_US is en-US, and what cannot be a tag is no
// language.
func langTag(s string) string {
	s, _, _ = strings.Cut(strings.ReplaceAll(strings.TrimSpace(s), "_", "-"), ",")
	if len(s) < 2 || len(s) > 20 || strings.ContainsAny(s, " {}<>./") {
		return ""
	}
	return s
}

func (h *Hints) addresses(f *Fields, pageURL string) {
	base, _ := url.Parse(pageURL)
	f.Set("canonical", &f.Canonical, resolve(base, h.Canonical), "link canonical")
	f.Set("canonical", &f.Canonical, resolve(base, h.Meta["og:url"]), "meta og:url")
	for _, k := range []string{"og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"} {
		f.Set("image", &f.Image, resolve(base, h.Meta[k]), "meta "+k)
	}
	f.Set("image", &f.Image, resolve(base, h.LD.Image), "json-ld")
}

// resolve makes an address absolute; one that is not for the web is none.
func resolve(base *url.URL, ref string) string {
	u, err := url.Parse(strings.TrimSpace(ref))
	if err != nil || ref == "" {
		return ""
	}
	if base != nil && base.Host != "" {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

func (h *Hints) tags(f *Fields) {
	source := "meta article:tag"
	list := h.Tags
	if len(list) == 0 {
		list, source = h.LD.Keywords, "json-ld keywords"
	}
	if k := h.Meta["keywords"]; len(list) == 0 && k != "" {
		list, source = strings.FieldsFunc(k, func(r rune) bool { return strings.ContainsRune(",;，、；", r) }), "meta keywords"
	}
	seen := map[string]bool{}
	for _, t := range list {
		t = squash(t)
		if key := strings.ToLower(t); t != "" && len(t) <= 80 && !seen[key] && len(f.Tags) < 40 {
			seen[key] = true
			f.Tags = append(f.Tags, t)
		}
	}
	if len(f.Tags) > 0 {
		f.Source["tags"] = source
	}
}

func squash(s string) string { return strings.Join(strings.Fields(s), " ") }
