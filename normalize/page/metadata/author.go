package metadata

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"github.com/clipmend/clipmend/internal/lazyregexp"
	"github.com/clipmend/clipmend/normalize/page/dom"
)

// authors finds who wrote the page: what it states for machines first, then
// what its byline shows.
func (h *Hints) authors(f *Fields, pageURL string) {
	set := func(names []string, source string) {
		if names = h.plausible(names, f); len(f.Authors) == 0 && len(names) > 0 {
			f.Authors = names
			f.Source["author"] = source
		}
	}
	// A site that names itself as the author is believed when nobody else is
	// named.
	organisations := func(names []string) bool {
		return !slices.ContainsFunc(names, func(n string) bool { return fold(n) != fold(f.Site) && fold(n) != fold(h.LD.Publisher) })
	}
	if !organisations(h.LD.Authors) {
		set(h.LD.Authors, "json-ld")
	}
	for _, key := range []string{"citation_author", "dc.creator", "dcterms.creator", "author", "article:author", "parsely-author", "sailthru.author"} {
		var names []string
		for _, a := range h.Authors {
			if k, v, _ := strings.Cut(a, "\x00"); k == key {
				names = append(names, v)
			}
		}
		if !organisations(names) {
			set(names, "meta "+key)
		}
	}
	if l := strings.ToLower(h.Meta["twitter:label1"]); bylineLabel.MatchString(l) {
		set([]string{h.Meta["twitter:data1"]}, "meta twitter:data1")
	}
	said, isSaid := h.byTitle()
	if isSaid && said.starter {
		set([]string{said.name}, "byline text")
	}
	for _, how := range []string{"itemprop", "rel", "class"} {
		set(h.shownAuthors(how), "byline "+how)
	}
	set([]string{said.name}, "byline text")
	set(h.linkedAuthors(), "byline link")
	if forumPath.MatchString(pageURL) {
		set(h.shownAuthors("user"), "byline class")
	}
	if name := h.Meta["twitter:creator"]; strings.Contains(name, " ") {
		set([]string{name}, "meta twitter:creator")
	}
	set(h.LD.Authors, "json-ld")
	for _, a := range h.Authors {
		key, name, _ := strings.Cut(a, "\x00")
		set([]string{name}, "meta "+key)
	}
}

// plausible keeps what can be an author's name.
func (h *Hints) plausible(names []string, f *Fields) []string {
	var kept []string
	for _, n := range names {
		n = stripByline(squash(n))
		lower := strings.ToLower(n)
		switch {
		case n == "" || len([]rune(n)) > 120 || strings.Contains(n, "://") || strings.HasPrefix(lower, "www."):
		case strings.Contains(n, "@") && !strings.Contains(n, " "): // an address
		case strings.ContainsAny(n, "{}<>[]|=") || placeholder(lower) || isPath(n):
		case slices.Contains(kept, n):
		case !strings.ContainsFunc(n, unicode.IsLetter):
		default:
			kept = append(kept, n)
		}
	}
	return kept
}

func placeholder(lower string) bool {
	switch lower {
	case "author", "authors", "admin user", "null", "undefined", "none", "unknown", "n/a", "na", "by", "staff", "default", "anonymous", "guest", "author name", "wordpress":
		return true
	}
	return false
}

// bylinePrefix is what stands before a name in a byline, in the languages
// that people clip.
var bylinePrefix = lazyregexp.New(`(?i)^\s*(?:(?:written|posted|published|reviewed|edited|created|article|words|story|reporting|text|contributed)\s+by\b|by\b|authors?\s*:|von\b|par\b|por\b|di\b|door\b|av\b|af\b|autor(?:in|a)?\s*:|auteure?\s*:|автор\s*:?|作者\s*[:：]?|文\s*[/／|:：]|撰文\s*[:：]?|著者\s*[:：]?|글\s*[:：]|기자\s*[:：])\s*[:：]?\s*`)

// bylineEnd is where a byline goes on with something that is not a name.
var bylineEnd = lazyregexp.New(`(?i)\s*(?:[|•·–—\n]|\s-\s|\bon\s+(?:\w{3,9}\.?\s+)?\d|,?\s*(?:updated|published|posted|last updated|reviewed by|fact checked|edited by|\d{1,2}(?:st|nd|rd|th)?\s+\w+\s+\d{4}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?\s+\d{1,2}|\d{4}[-/年])).*$`)

func stripByline(s string) string {
	for range 2 {
		s = bylinePrefix.ReplaceAllString(s, "")
	}
	return strings.Trim(s, " ,;:·|-–—")
}

// shownAuthors reads the elements that are marked as naming authors.
func (h *Hints) shownAuthors(how string) []string {
	var names []string
	var from *html.Node
	for _, b := range h.bylines {
		if b.how != how || how == "class" && notByline(b.class) {
			continue
		}
		// The first byline is the page's; later ones belong to comments and
		// teasers, unless they stand beside the first.
		if from != nil && b.node.Parent != from.Parent && (from.Parent == nil || b.node.Parent == nil || b.node.Parent.Parent != from.Parent.Parent) {
			break
		}
		name := h.nameIn(b)
		if name == "" || slices.Contains(names, name) || len(names) > 0 && strings.Contains(names[0], name) {
			continue
		}
		names = append(names, name)
		from = b.node
	}
	return names
}

// notByline tells class names that merely contain the word.
func notByline(class string) bool {
	class = strings.NewReplacer("h-card", "", "vcard", "").Replace(class)
	for _, w := range []string{"avatar", "image", "img", "photo", "bio", "social", "follow", "related", "comment", "box", "card", "footer", "icon", "wrapper", "authority", "authoriz", "list", "count", "link-list", "about", "copywriter", "contributors"} {
		if strings.Contains(class, w) {
			return true
		}
	}
	return false
}

// nameIn is the name that an element marked as a byline shows.
func (h *Hints) nameIn(b bylineHint) string {
	for d := range b.node.Descendants() {
		if d.Type == html.ElementNode && dom.Attr(d, "itemprop") == "name" {
			if n := squash(dom.Attr(d, "content")); n != "" {
				return n
			}
			if n := shortText(d, 100); n != "" {
				return n
			}
		}
	}
	if name := firstName(b.node); name != "" && b.how != "itemprop" {
		return stripRole(name)
	}
	text := shortText(b.node, 200)
	prefixed := bylinePrefix.MatchString(text)
	name := stripRole(stripByline(bylineEnd.ReplaceAllString(text, "")))
	switch {
	case prefixed || looksLikeName(name):
	case b.how == "user" && !strings.Contains(name, " "):
	case b.how == "class", b.how == "user", b.how == "rel" && len(strings.Fields(name)) > 1:
		return ""
	}
	if len(strings.Fields(name)) > 12 || len([]rune(name)) > 100 {
		return ""
	}
	return name
}

// looksLikeName reports whether a text may be a person's or a team's name:
// a few words that begin with capitals, or a short run of letters without
// cases.
func looksLikeName(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 5 || len([]rune(s)) > 50 {
		return false
	}
	capitals := 0
	for _, w := range words {
		r := []rune(w)[0]
		if unicode.IsUpper(r) || unicode.Is(unicode.Han, r) || unicode.Is(unicode.Hangul, r) {
			capitals++
		}
	}
	return capitals*2 > len(words) && !strings.ContainsAny(s, "?!0123456789@")
}
