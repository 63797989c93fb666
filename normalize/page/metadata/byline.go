package metadata

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/clipmend/clipmend/internal/lazyregexp"
	"github.com/clipmend/clipmend/normalize/page/dom"
)

// saidByline is a name that the text itself introduces: "By Ada Moss", or a
// label and the name after it.
type saidByline struct {
	name    string
	starter bool // it is said to have started a thread
	at      int  // how many text nodes stand before it
}

// bylineLabel is a text that only introduces the name after it.
var bylineLabel = lazyregexp.New(`(?i)^(?:(?:written|posted|published|words|story|reporting|created|started)\s+by|by|authors?|thread starter|topic starter|von|par|por|作者|撰文|文|著者|글|기자|автор)\s*[:：]?$`)

// threadLabel introduces who started a thread.
var threadLabel = lazyregexp.New(`(?i)^(?:(?:thread|topic) starter|(?:created|started) by)\b`)

// Bounds on where a byline stands, in texts before and after the title.
const (
	bylineBefore = 8
	bylineAfter  = 30
)

// mayIntroduce is a cheap test that lets most texts go at once.
func mayIntroduce(t string) bool {
	return len(t) >= 2 && len(t) <= 80 && beginsWith(t, "by", "written", "posted", "published", "words", "story", "reporting", "reviewed", "edited", "created", "contributed",
		"article", "text", "author", "thread", "topic", "started", "von", "par", "por", "di", "door", "av", "af", "autor", "auteur", "автор", "作者", "文", "撰文", "著者", "글", "기자")
}

// beginsWith reports whether a text begins with one of the words, in whatever
// case.
func beginsWith(t string, words ...string) bool {
	for _, w := range words {
		if len(t) >= len(w) && (t[0]|0x20 == w[0] || t[0] >= 0x80) && strings.EqualFold(t[:len(w)], w) {
			return true
		}
	}
	return false
}

// said looks at a text for a name that it introduces, or that the text before
// introduced.
func (h *Hints) said(n *html.Node, t string) {
	if h.label > 0 && h.texts == h.label+1 && len(t) <= 80 {
		if looksLikeName(t) || isHandle(n, t) {
			h.keepSaid(t)
		}
		return
	}
	if !mayIntroduce(t) {
		return
	}
	if bylineLabel.MatchString(t) {
		h.label, h.starter = h.texts, threadLabel.MatchString(t)
		return
	}
	if rest := bylinePrefix.ReplaceAllString(t, ""); rest != t && len(strings.Fields(rest)) >= 2 && looksLikeName(rest) {
		h.starter = false
		h.keepSaid(rest)
	}
}

func (h *Hints) keepSaid(name string) {
	if len(h.saidBy) < maxGathered {
		h.saidBy = append(h.saidBy, saidByline{strings.TrimSpace(name), h.starter, h.texts})
	}
}

// isHandle reports whether a text is a linked name of a user.
func isHandle(n *html.Node, t string) bool {
	if strings.ContainsAny(t, " /:?!") || len(t) > 40 {
		return false
	}
	for p, i := n.Parent, 0; p != nil && i < 3; p, i = p.Parent, i+1 {
		if p.DataAtom == atom.A {
			return true
		}
	}
	return false
}

// byTitle is the byline that the text has next to the title, or the only one
// that it has at all.
func (h *Hints) byTitle() (saidByline, bool) {
	same := true
	for _, s := range h.saidBy {
		if h.near(s.at) {
			return s, true
		}
		same = same && s.name == h.saidBy[0].name
	}
	if len(h.saidBy) == 0 || !same {
		return saidByline{}, false
	}
	return h.saidBy[0], true
}

// near reports whether a place in the text is near the title.
func (h *Hints) near(at int) bool {
	return h.titleAt >= 0 && at > h.titleAt-bylineBefore && at <= h.titleAt+bylineAfter
}

// linkedAuthors reads links near the title that lead to an author's page.
func (h *Hints) linkedAuthors() []string {
	var names []string
	for _, b := range h.authorLinks {
		if name := stripByline(shortText(b.node, 60)); h.near(b.at) && len(strings.Fields(name)) >= 2 && looksLikeName(name) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// leadsToAuthor reports whether an address is of an author's page.
func leadsToAuthor(href string) bool {
	return strings.Contains(href, "/author/") || strings.Contains(href, "/authors/")
}

// firstName is the name that an element begins with when more follows in
// elements of its own: a role, a date, a number of posts.
func firstName(n *html.Node) string {
	var texts []string
	for d := range n.Descendants() {
		if d.Type != html.TextNode || len(texts) == 4 {
			continue
		}
		if t := squash(d.Data); t != "" && !bylineLabel.MatchString(t) {
			texts = append(texts, t)
		}
	}
	if len(texts) < 2 {
		return ""
	}
	name := stripByline(texts[0])
	next := texts[1]
	if len(strings.Fields(name)) < 2 || !looksLikeName(name) || strings.ContainsAny(next[:1], ",&") || strings.HasPrefix(strings.ToLower(next), "and ") || strings.EqualFold(next, "and") {
		return ""
	}
	return name
}

// roles are what people are called after their names.
var roles = lazyregexp.New(`(?i)\b(?:editors?|writers?|reporters?|correspondents?|experts?|founders?|co-founders?|directors?|educators?|professors?|journalists?|contributors?|staff|managers?|reviewers?|analysts?|specialists?|columnists?|officer|ceo|cto|cmo|consultants?|engineers?|strategists?|coach)\b`)

// stripRole takes what a person is off a name.
func stripRole(name string) string {
	if head, tail, ok := strings.Cut(name, ","); ok && roles.MatchString(tail) && len(strings.Fields(head)) >= 2 {
		return head
	}
	words := strings.Fields(name)
	for len(words) > 2 && roles.MatchString(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// isPath reports whether a name is a template's key and no name.
func isPath(s string) bool {
	return strings.Count(s, ".") >= 3 && !strings.ContainsFunc(s, unicode.IsSpace) && s == strings.ToLower(s)
}

// attrHref is the address that a link leads to, or "".
func attrHref(n *html.Node) string {
	if n.DataAtom != atom.A {
		return ""
	}
	return dom.Attr(n, "href")
}

// forumPath finds addresses of discussions.
var forumPath = lazyregexp.New(`(?i)[/.](?:forums?|threads?|topics?|t|d|s|discuss(?:ions?)?|community|bbs|viewtopic|showthread|questions?)(?:[/.?]|$)`)

// isUser reports whether a class names the user who posted.
func isUser(lower string) bool {
	return strings.Contains(lower, "username") || strings.Contains(lower, "postuser") || strings.Contains(lower, "user-name")
}
