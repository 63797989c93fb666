package content

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// describe reads what a box's tag and attributes say.
func (b *box) describe() {
	n := b.node
	b.sig = fnv32 ^ uint32(n.DataAtom)
	switch n.DataAtom {
	case atom.Nav, atom.Menu:
		b.flags |= inNav
	case atom.Aside:
		b.flags |= inAside
	case atom.Header:
		b.flags |= inHeader
	case atom.Footer:
		b.flags |= inFooter
	case atom.Main:
		b.flags |= inMain
	case atom.Article:
		b.flags |= inArticle
	case atom.Section:
		b.flags |= inSection
	case atom.Form:
		b.flags |= inForm
	case atom.Table:
		b.flags |= inTable
	case atom.Ul, atom.Ol, atom.Dl:
		b.flags |= inList
	case atom.Blockquote:
		b.flags |= inQuote
	case atom.Figure:
		b.flags |= inFigure
	case atom.Pre:
		b.flags |= inPre
	case atom.Button, atom.Select:
		b.flags |= inButton
	case atom.Dialog:
		b.flags |= inDialog
	case atom.Details:
		b.flags |= inDetails
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		b.flags |= inHeading
	}
	for i := range n.Attr {
		a := &n.Attr[i]
		switch a.Key {
		case "class", "id":
			b.class(a.Val)
		case "role":
			b.role(a.Val)
		case "hidden":
			b.flags |= inHidden
			b.unseen = b.unseen || a.Val != "until-found" && !unfolds(n)
		case "aria-hidden":
			if a.Val == "true" {
				b.flags |= inHidden
			}
		case "style":
			if hides(a.Val) {
				b.flags |= inHidden
				b.unseen = b.unseen || !unfolds(n)
			}
		case "itemprop":
			switch a.Val {
			case "articleBody", "text", "mainContentOfPage", "description", "reviewBody":
				b.flags |= inBody
			}
		}
	}
}

func (b *box) role(role string) {
	switch role {
	case "navigation", "menu", "menubar", "tablist", "toolbar":
		b.flags |= inNav
	case "complementary":
		b.flags |= inAside
	case "banner":
		b.flags |= inHeader
	case "contentinfo":
		b.flags |= inFooter
	case "main":
		b.flags |= inMain
	case "article":
		b.flags |= inArticle
	case "dialog", "alertdialog":
		b.flags |= inDialog
	case "button":
		b.flags |= inButton
	case "search":
		b.flags |= inForm
	}
}

func hides(style string) bool {
	if len(style) > 2000 {
		return false
	}
	for rule := range strings.SplitSeq(strings.ToLower(style), ";") {
		key, value, _ := strings.Cut(rule, ":")
		value = strings.TrimSpace(value)
		switch strings.TrimSpace(key) {
		case "display":
			if strings.HasPrefix(value, "none") {
				return true
			}
		case "visibility":
			if strings.HasPrefix(value, "hidden") {
				return true
			}
		}
	}
	return false
}

// unfolds reports whether a hidden element says that a reader can open it: a
// tab, an answer, the rest of a text.
func unfolds(n *html.Node) bool {
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "role", "class", "id":
			lower := strings.ToLower(a.Val)
			for _, w := range []string{"tab", "panel", "accord", "collaps", "toggle", "answer", "faq", "expand", "more", "content", "desc", "slide", "text"} {
				if strings.Contains(lower, w) {
					return true
				}
			}
		case "aria-labelledby", "aria-expanded":
			return true
		}
	}
	return false
}

// maxClassWords bounds the class words of a box.
const maxClassWords = 48

// class takes the words of a class or id attribute: split where letters end
// and where a capital follows a small letter.
func (b *box) class(val string) {
	if len(val) > 600 {
		val = val[:600]
	}
	h := uint32(fnv32)
	n, lastLower := 0, false
	flush := func() {
		if n >= 3 && n <= 20 && len(b.words) < maxClassWords {
			b.words = append(b.words, h)
			switch h {
			case wordComment, wordComments, wordReplies, wordDisqus:
				b.flags |= inComment
			case wordSronly, wordVisually, wordScreen:
				b.flags |= inScreenReader
			}
		}
		h, n = fnv32, 0
	}
	for i := range len(val) {
		c := val[i]
		b.sig = (b.sig ^ uint32(c)) * 16777619
		upper := 'A' <= c && c <= 'Z'
		if upper {
			c += 'a' - 'A'
		}
		if c < 'a' || c > 'z' {
			flush()
			lastLower = false
			continue
		}
		if upper && lastLower {
			flush()
		}
		lastLower = !upper
		h = (h ^ uint32(c)) * 16777619
		n++
	}
	flush()
}

func hashWord(s string) uint32 {
	h := uint32(fnv32)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

var (
	wordComment  = hashWord("comment")
	wordComments = hashWord("comments")
	wordReplies  = hashWord("replies")
	wordDisqus   = hashWord("disqus")
	wordSronly   = hashWord("sronly")
	wordVisually = hashWord("visually")
	wordScreen   = hashWord("screen")
)

// relate counts twins (siblings with the same signature) and scores boxes as
// candidates for the main one.
func (x *Index) relate() {
	type key struct {
		parent int32
		sig    uint32
	}
	count := make(map[key]int32, len(x.boxes))
	for i := range x.boxes {
		count[key{x.boxes[i].parent, x.boxes[i].sig}]++
	}
	for i := range x.boxes {
		x.boxes[i].twins = count[key{x.boxes[i].parent, x.boxes[i].sig}]
	}
	for i := range x.Blocks {
		b := &x.Blocks[i]
		s := &b.stats
		if s.words < 6 || x.boxes[b.box].flags&(inNav|inHidden|inFooter) != 0 {
			continue
		}
		worth := float32(1+s.commas+s.sentences) + min(float32(s.chars)/100, 3)
		worth *= 1 - float32(s.linkWords)/float32(s.words)
		for up, share := x.boxes[b.box].parent, float32(1); up >= 0 && share > 0.1; up, share = x.boxes[up].parent, share/2 {
			x.boxes[up].score += worth * share
		}
	}
	for i := range x.boxes {
		s := &x.boxes[i].stats
		if s.words > 0 {
			x.boxes[i].score *= 1 - float32(s.linkWords)/float32(s.words)
		}
	}
}
