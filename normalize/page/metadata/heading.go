package metadata

import (
	"slices"
	"strings"
)

// findTitle finds where the title stands in the text: at the heading that
// says it, else at one that says much the same, else at the first of the
// highest level.
func (h *Hints) findTitle(title string) {
	h.titleAt = -1
	for _, says := range []func(g Heading) bool{
		func(g Heading) bool { return fold(g.Text) == fold(title) },
		func(g Heading) bool { return h.agrees(g.Text) },
		func(g Heading) bool { return g.Level == 1 },
		func(g Heading) bool { return g.Level == 2 },
	} {
		if i := slices.IndexFunc(h.Headings, says); i >= 0 {
			h.titleAt = h.Headings[i].at
			return
		}
	}
}

// ownHeading is an article's only h1 where it and the stated titles speak of
// the same thing in other words: those are worded for search engines.
func (h *Hints) ownHeading() string {
	own := ""
	for _, g := range h.Headings {
		if g.Level == 1 {
			if own != "" {
				return ""
			}
			own = g.Text
		}
	}
	if own == "" || !h.isArticle() {
		return ""
	}
	if !h.agrees(own) {
		return ""
	}
	return own
}

// agrees reports whether a heading and the stated titles share words enough
// to speak of the same thing.
func (h *Hints) agrees(heading string) bool {
	stated := map[string]bool{}
	for _, s := range []string{h.Title, h.Meta["og:title"], h.LD.Headline, h.Meta["twitter:title"]} {
		for _, w := range telling(s) {
			stated[w] = true
		}
	}
	words := telling(heading)
	shared := 0
	for _, w := range words {
		if stated[w] {
			shared++
		}
	}
	return shared >= 2 && shared*5 >= len(words)*2
}

// isArticle reports whether the page says that it is an article.
func (h *Hints) isArticle() bool {
	return h.Meta["og:type"] == "article" || h.Meta["article:published_time"] != "" ||
		slices.ContainsFunc(h.LD.Types, func(t string) bool { return strings.HasSuffix(t, "Article") || t == "BlogPosting" })
}

// telling is the words of a title that say something, without the ending of
// a plural.
func telling(s string) []string {
	var list []string
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !foldable(r) }) {
		if len(w) >= 4 || w[0] >= '0' && w[0] <= '9' {
			list = append(list, strings.TrimSuffix(w, "s"))
		}
	}
	return list
}
