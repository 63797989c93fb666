package metadata

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/clipmend/clipmend/internal/lazyregexp"
	"github.com/clipmend/clipmend/normalize/page/dom"
)

// otherStarts begin short texts that lead to the date of something else than
// the page.
var otherStarts = []string{
	"©", "(c) ", "copyright", "last visit", "accessed", "access date", "retrieved", "joined", "join date", "member since", "registered", "last login", "last seen",
	"last active", "starts", "start date", "ends", "end date", "deadline", "registration", "valid ", "expires", "expiry", "event date", "when:", "born", "abgerufen",
	"consulté", "consultado", "访问", "注册",
}

// speaksOfOther reports whether a short text leads to such a date.
func speaksOfOther(t string) bool {
	if len(t) > 60 {
		return false
	}
	for _, s := range otherStarts {
		if len(t) >= len(s) && strings.EqualFold(t[:len(s)], s) {
			return true
		}
	}
	return false
}

// publishedIn is the day of publication in a text that says when the page was
// changed, too: what follows its word, or stands before the word of change.
func publishedIn(t string) string {
	if m := statedPublished.FindStringSubmatch(t); m != nil {
		if iso := ISODate(loneDate(m[1])); len(iso) >= len("2006-01-02") {
			return iso
		}
	}
	if m := beforeUpdate.FindStringSubmatch(t); m != nil {
		if iso := ISODate(loneDate(m[1])); len(iso) >= len("2006-01-02") {
			return iso
		}
	}
	return ""
}

var (
	statedPublished = lazyregexp.New(`(?i)\b(?:published|posted)(?:\s+on)?\s*:?\s+([^|•·;()]{8,32}?)\s*(?:[|•·;()]|$)`)
	beforeUpdate    = lazyregexp.New(`(?i)^([^|•·;()]{8,32}?)\s*[|•·;(,–—-]\s*(?:last\s+)?(?:updated|modified)\b`)
)

// amidComments reports whether a node stands among comments.
func amidComments(n *html.Node) bool {
	for p, up := n, 0; p != nil && up < 8; p, up = p.Parent, up+1 {
		if p.Type != html.ElementNode {
			continue
		}
		for _, key := range []string{"class", "id"} {
			for w := range strings.FieldsSeq(dom.Attr(p, key)) {
				switch w = strings.ToLower(w); {
				case w == "comment", w == "comments", w == "commentlist", strings.HasPrefix(w, "comment-list"), strings.HasPrefix(w, "comments-list"), w == "comments-area":
					return true
				}
			}
		}
	}
	return false
}
