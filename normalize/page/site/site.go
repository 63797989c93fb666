// Package site holds rules for sites that are clipped often: where their main
// content, title, author and date are. The rules are data; a page of a site
// that no rule names is not looked at.
package site

import (
	_ "embed"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/clipmend/clipmend/normalize/page/dom"
)

// Rule is what is known of one site, in CSS selectors.
type Rule struct {
	Name       string
	Hosts      []string // with their subdomains
	Generators []string // how the generator that the page names begins
	Content    []string // the first that matches anything wins
	Remove     string
	Title      []string // these may end in @attribute
	Author     []string
	Published  []string

	renames   []rename
	items     []item
	zeroWidth bool // signs without width are taken out
}

//go:embed rules.txt
var source string

// rules are the embedded rules, which a test proves to be sound.
var rules = sync.OnceValue(func() []Rule {
	list, err := parse(source)
	if err != nil {
		panic(err)
	}
	return list
})

// parse reads rules in the form of rules.txt.
func parse(src string) ([]Rule, error) {
	var list []Rule
	line := 0
	for l := range strings.Lines(src) {
		line++
		l = strings.TrimSpace(l)
		switch {
		case l == "" || l[0] == '#':
			continue
		case l[0] == '[' && strings.HasSuffix(l, "]"):
			list = append(list, Rule{Name: l[1 : len(l)-1]})
			continue
		case len(list) == 0:
			return nil, fmt.Errorf("site: line %d: no rule has begun", line)
		}
		key, value, _ := strings.Cut(l, " ")
		if err := list[len(list)-1].set(key, strings.TrimSpace(value)); err != nil {
			return nil, fmt.Errorf("site: line %d: %w", line, err)
		}
	}
	return list, nil
}

func (r *Rule) set(key, value string) error {
	selector, _ := splitAttr(value)
	switch key {
	case "host":
		r.Hosts = append(r.Hosts, strings.Fields(value)...)
		return nil
	case "generator":
		r.Generators = append(r.Generators, value)
		return nil
	case "content":
		r.Content = append(r.Content, value)
	case "as", "item":
		return r.setShape(key, value)
	case "zerowidth":
		r.zeroWidth = true
		return nil
	case "remove":
		r.Remove = value
	case "title":
		r.Title = append(r.Title, value)
	case "author":
		r.Author = append(r.Author, value)
	case "published":
		r.Published = append(r.Published, value)
	default:
		return fmt.Errorf("unknown key %q", key)
	}
	_, err := cascadia.ParseGroup(selector)
	return err
}

// Find returns the rule for a page by its address or by the generator that it
// names, or nil.
func Find(pageURL, generator string) *Rule {
	host := ""
	if u, err := url.Parse(pageURL); err == nil {
		host = strings.ToLower(u.Hostname())
	}
	list := rules()
	for i := range list {
		if list[i].serves(host, generator) {
			return &list[i]
		}
	}
	return nil
}

func (r *Rule) serves(host, generator string) bool {
	for _, h := range r.Hosts {
		if host == h || strings.HasSuffix(host, "."+h) {
			return true
		}
	}
	for _, g := range r.Generators {
		if strings.HasPrefix(generator, g) {
			return true
		}
	}
	return false
}

// Strip takes out of the tree what the rule removes.
func (r *Rule) Strip(doc *html.Node) {
	for _, n := range match(doc, r.Remove) {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
}

// Main returns the elements that hold the main content, none inside another,
// or nothing when the page is not laid out as the rule expects.
func (r *Rule) Main(doc *html.Node) []*html.Node {
	for _, selector := range r.Content {
		var list []*html.Node
		inside := map[*html.Node]bool{}
		for _, n := range match(doc, selector) {
			if !within(n, inside) {
				inside[n] = true
				list = append(list, n)
			}
		}
		if slices.ContainsFunc(list, says) {
			return list
		}
	}
	return nil
}

// says reports whether an element holds text or a picture, and is not the
// empty frame that a script would fill.
func says(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.DataAtom == atom.Img || d.Type == html.TextNode && strings.TrimSpace(d.Data) != "" {
			return true
		}
	}
	return false
}

func within(n *html.Node, set map[*html.Node]bool) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if set[p] {
			return true
		}
	}
	return false
}

// Value is the text or attribute of the first element that one of the
// selectors matches, or "".
func Value(doc *html.Node, selectors []string) string {
	for _, s := range selectors {
		selector, attr := splitAttr(s)
		for _, n := range match(doc, selector) {
			v := dom.Attr(n, attr)
			if attr == "" {
				v = dom.Text(n)
			}
			if v = strings.TrimSpace(v); v != "" && len(v) <= 500 {
				return v
			}
		}
	}
	return ""
}

// splitAttr parts a selector from the attribute that is read.
func splitAttr(s string) (selector, attr string) {
	selector, attr, _ = strings.Cut(s, "@")
	return selector, attr
}

// match lists the elements that a selector matches; the rules' selectors were
// all parsed before.
func match(doc *html.Node, selector string) []*html.Node {
	if selector == "" {
		return nil
	}
	group, err := cascadia.ParseGroup(selector)
	if err != nil {
		return nil
	}
	return cascadia.QueryAll(doc, group)
}
