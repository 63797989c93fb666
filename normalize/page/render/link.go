package render

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// baseOf returns what relative links are relative to, nil if nothing is known.
func baseOf(root *html.Node, page string) *url.URL {
	base, err := url.Parse(page)
	if err != nil || base.Scheme == "" {
		base = nil
	}
	href := baseHref(root)
	if href == "" {
		return base
	}
	if base != nil {
		if u, err := base.Parse(href); err == nil {
			return u
		}
		return base
	}
	if u, err := url.Parse(href); err == nil && u.IsAbs() {
		return u
	}
	return nil
}

// siteOf returns an address of the web, nil if it is none.
func siteOf(address string) *url.URL {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	return u
}

// baseHref returns the href of the <base> in the head of root's document.
func baseHref(root *html.Node) string {
	for root.Parent != nil {
		root = root.Parent
	}
	for h := root.FirstChild; h != nil; h = h.NextSibling {
		if h.DataAtom != atom.Html {
			continue
		}
		for head := h.FirstChild; head != nil; head = head.NextSibling {
			if head.DataAtom != atom.Head {
				continue
			}
			for b := head.FirstChild; b != nil; b = b.NextSibling {
				if b.DataAtom == atom.Base && hasAttr(b, "href") {
					return attr(b, "href")
				}
			}
		}
	}
	return ""
}

// resolve makes a reference absolute; it returns "" for one that leads
// nowhere outside of a browser.
func (r *renderer) resolve(ref string) string {
	ref = strings.TrimSpace(ref)
	lower := ref[:min(len(ref), 16)]
	switch scheme, _, ok := strings.Cut(strings.ToLower(lower), ":"); {
	case !ok:
	case scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel" || scheme == "data":
		return ref
	case scheme == "javascript" || scheme == "vbscript" || scheme == "about" || scheme == "blob":
		return ""
	}
	base := r.base
	if base == nil && strings.HasPrefix(ref, "/") {
		base = r.site
	}
	if base == nil || ref == "" {
		return ref
	}
	u, err := base.Parse(ref)
	if err != nil {
		return ref
	}
	return u.String()
}

// link writes an anchor; one without a target or without content is only its
// content.
func (r *renderer) link(n *html.Node) {
	href := attr(n, "href")
	t := r.traitsOf(n)
	if t&noteBack != 0 || r.mode == asHeading && isPermalink(n, href) {
		return
	}
	target := ""
	if keepsLink(n, href, r.mode) {
		target = destination(r.resolve(href))
	}
	if target == "" || r.nested[link] > 0 {
		r.children(n)
		return
	}
	r.open(link, target)
	r.children(n)
	r.close(link)
}

// keepsLink tells whether a link is worth writing: not one from a heading to
// itself, nor a cross-reference by number, which a note cannot follow.
func keepsLink(n *html.Node, href string, m mode) bool {
	if href == "" || strings.HasPrefix(href, "data:") || href == "#" {
		return false
	}
	if href[0] == '#' && (m == asHeading || strings.Contains(attr(n, "class"), "ltx_ref") || holdsHeading(n)) {
		return false
	}
	return true
}

func holdsHeading(n *html.Node) bool {
	return find(n, 20, func(d *html.Node) bool { return len(d.Data) == 2 && d.Data[0] == 'h' && isDigit(d.Data[1]) }) != nil
}

// isPermalink tells whether a link in a heading is only a sign to copy the
// heading's address from.
func isPermalink(n *html.Node, href string) bool {
	if !strings.Contains(href, "#") && href != "" {
		return false
	}
	switch plainText(n, 40) {
	case "", "#", "¶", "§", "🔗", "∞", "Permalink", "Link to this heading", "Direct link to heading", "link", "Copy link":
		return find(n, 20, func(d *html.Node) bool { return d.DataAtom == atom.Img }) == nil
	}
	return false
}

// destination writes an address so that it ends where it should.
func destination(u string) string {
	if strings.IndexFunc(u, needsEncoding) >= 0 {
		var b strings.Builder
		for _, c := range u {
			switch {
			case c == '\n' || c == '\r' || c == '\t':
			case needsEncoding(c) && c != '(' && c != ')':
				const hex = "0123456789ABCDEF"
				b.WriteByte('%')
				b.WriteByte(hex[c>>4&15])
				b.WriteByte(hex[c&15])
			default:
				b.WriteRune(c)
			}
		}
		u = b.String()
	}
	if !balanced(u) {
		u = strings.NewReplacer("(", "%28", ")", "%29").Replace(u)
	}
	return u
}

func needsEncoding(c rune) bool {
	return c <= ' ' || c == '<' || c == '>' || c == '(' || c == ')' || c == '\\' || c == '`' || c == 0x7F || c == '*' || c == '|' || c == '[' || c == ']'
}

// balanced tells whether the parentheses of s pair up, few levels deep.
func balanced(s string) bool {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '(':
			if depth++; depth > 3 {
				return false
			}
		case ')':
			if depth--; depth < 0 {
				return false
			}
		}
	}
	return depth == 0
}
