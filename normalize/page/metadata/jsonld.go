package metadata

import (
	"bytes"
	"encoding/json"
	"html"
	"slices"
	"strings"
)

// Linked is what a page's JSON-LD says about the page.
type Linked struct {
	Types       []string // every @type, in the order of the page
	Headline    string
	Name        string
	Authors     []string
	Published   string
	Modified    string
	Description string
	Lang        string
	Image       string
	Publisher   string
	WebSite     string
	Keywords    []string
	Texts       []string // what the page says, as told to machines; a line a paragraph
	Subject     []string // the types of the node that the page is about
}

// object is a JSON-LD node.
type object = map[string]any

// readLinked reads the scripts and picks the node that is the page's subject.
func readLinked(scripts []string) Linked {
	var nodes []object
	for _, s := range scripts {
		for _, v := range parseLenient([]byte(s)) {
			nodes = flatten(nodes, v, 0)
		}
	}
	byID := map[string]object{}
	for _, o := range nodes {
		if id, ok := o["@id"].(string); ok && len(o) > 2 && byID[id] == nil {
			byID[id] = o
		}
	}
	var l Linked
	best, bestRank := object(nil), 0
	for _, o := range nodes {
		for _, t := range types(o) {
			l.Types = append(l.Types, t)
			if r := rank(t); r > bestRank {
				best, bestRank = o, r
			}
			if t == "WebSite" && l.WebSite == "" {
				l.WebSite = text(o["name"])
			}
		}
	}
	if best != nil {
		l.fill(best, byID)
		t := texts{left: maxTextBytes}
		t.read(whole(best, nodes), 0)
		l.Texts, l.Subject = t.list, types(best)
	}
	for _, o := range nodes {
		if r := slices.MaxFunc(append(types(o), ""), func(a, b string) int { return rank(a) - rank(b) }); rank(r) >= rankPage {
			l.complete(o, byID)
		}
	}
	return l
}

// whole is the page that holds a question among others, else the node itself.
func whole(o object, nodes []object) object {
	if slices.Contains(types(o), "Question") {
		for _, n := range nodes {
			if slices.Contains(types(n), "FAQPage") {
				return n
			}
		}
	}
	return o
}

func (l *Linked) fill(o object, byID map[string]object) {
	l.Headline, l.Name = text(o["headline"]), text(o["name"])
	l.Authors = people(o["author"], byID)
	if len(l.Authors) == 0 {
		l.Authors = people(o["creator"], byID)
	}
	l.Description = text(o["description"])
	l.Lang = text(o["inLanguage"])
	l.Image = imageOf(o["image"], byID)
	if p := people(o["publisher"], byID); len(p) > 0 {
		l.Publisher = p[0]
	}
	l.complete(o, byID)
	switch k := o["keywords"].(type) {
	case string:
		l.Keywords = strings.Split(k, ",")
	case []any:
		for _, v := range k {
			l.Keywords = append(l.Keywords, text(v))
		}
	}
}

// complete takes dates from further nodes about the page.
func (l *Linked) complete(o object, byID map[string]object) {
	if l.Published == "" {
		l.Published = first(text(o["datePublished"]), text(o["uploadDate"]), text(o["dateCreated"]))
	}
	if l.Modified == "" {
		l.Modified = text(o["dateModified"])
	}
	if len(l.Authors) == 0 {
		l.Authors = people(o["author"], byID)
	}
}

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// flatten lists the nodes of a value: arrays, @graph and the subjects that
// pages wrap.
func flatten(nodes []object, v any, depth int) []object {
	if depth > 8 || len(nodes) > 500 {
		return nodes
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			nodes = flatten(nodes, e, depth+1)
		}
	case object:
		if len(types(v)) > 0 {
			nodes = append(nodes, v)
		}
		for _, k := range []string{"@graph", "mainEntity", "mainEntityOfPage", "author", "publisher"} {
			nodes = flatten(nodes, v[k], depth+1)
		}
	}
	return nodes
}

func types(o object) []string {
	switch t := o["@type"].(type) {
	case string:
		return []string{bare(t)}
	case []any:
		var list []string
		for _, e := range t {
			if s, ok := e.(string); ok {
				list = append(list, bare(s))
			}
		}
		return list
	}
	return nil
}

// bare drops the vocabulary's address before a type's name.
func bare(t string) string { return t[strings.LastIndexAny(t, "/:#")+1:] }

// Ranks of types as the subject of a page.
const (
	rankSite = 1 + iota
	rankPage
	rankThing
	rankArticle
)

func rank(t string) int {
	switch t {
	case "":
		return 0
	case "WebPage", "ItemPage", "AboutPage", "FAQPage", "CollectionPage", "ProfilePage", "SearchResultsPage", "ContactPage", "MedicalWebPage":
		return rankPage
	case "Product", "ProductGroup", "Recipe", "VideoObject", "Course", "Book", "Movie", "SoftwareApplication", "Event", "JobPosting", "Question", "QAPage", "Dataset", "HowTo", "PodcastEpisode":
		return rankThing
	case "Report", "BlogPosting", "LiveBlogPosting", "DiscussionForumPosting", "SocialMediaPosting", "CreativeWork", "Review":
		return rankArticle
	}
	if strings.HasSuffix(t, "Article") {
		return rankArticle
	}
	return rankSite
}

// people reads names: strings, objects, references, and lists of them.
func people(v any, byID map[string]object) []string {
	var names []string
	switch v := v.(type) {
	case string:
		if s := tidy(v); s != "" && !strings.HasPrefix(s, "http") {
			names = append(names, s)
		}
	case []any:
		for _, e := range v {
			for _, n := range people(e, byID) {
				if !slices.Contains(names, n) && len(names) < 30 {
					names = append(names, n)
				}
			}
		}
	case object:
		name := text(v["name"])
		if id, ok := v["@id"].(string); ok && name == "" && byID[id] != nil {
			name = text(byID[id]["name"])
		}
		if name == "" {
			name = tidy(text(v["givenName"]) + " " + text(v["familyName"]))
		}
		if name != "" {
			names = append(names, name)
		}
	}
	return names
}

func imageOf(v any, byID map[string]object) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case []any:
		if len(v) > 0 {
			return imageOf(v[0], nil)
		}
	case object:
		if id, ok := v["@id"].(string); ok && byID[id] != nil && v["url"] == nil {
			v = byID[id]
		}
		return first(text(v["url"]), text(v["contentUrl"]))
	}
	return ""
}

// text is a string value, the first of a list, or the value of a typed
// literal.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return tidy(v)
	case []any:
		if len(v) > 0 {
			if _, nested := v[0].([]any); !nested {
				return text(v[0])
			}
		}
	case object:
		if s, ok := v["@value"].(string); ok {
			return tidy(s)
		}
		if s, ok := v["name"].(string); ok {
			return tidy(s)
		}
	}
	return ""
}

// tidy undoes the entities that templates leave in JSON strings.
func tidy(s string) string {
	if strings.Contains(s, "&") {
		s = html.UnescapeString(s)
	}
	return squash(s)
}

// parseLenient reads the JSON values of a script, forgiving what pages get
// wrong: comment and CDATA wraps, raw control characters in strings, commas
// before a closing bracket, several values in a row, a cut end.
func parseLenient(src []byte) []any {
	src = bytes.TrimSpace(src)
	for _, wrap := range []string{"<!--", "//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/"} {
		src = bytes.TrimSpace(bytes.TrimPrefix(src, []byte(wrap)))
	}
	for _, wrap := range []string{"-->", "//]]>", "]]>", "/*]]>*/", ";"} {
		src = bytes.TrimSpace(bytes.TrimSuffix(src, []byte(wrap)))
	}
	if values, err := decodeAll(src); err == nil {
		return values
	}
	values, _ := decodeAll(mendJSON(src))
	return values
}

func decodeAll(src []byte) ([]any, error) {
	var values []any
	d := json.NewDecoder(bytes.NewReader(src))
	for d.More() {
		var v any
		if err := d.Decode(&v); err != nil {
			return values, err
		}
		values = append(values, v)
	}
	return values, nil
}

// mendJSON escapes control characters inside strings and drops commas that
// stand before a closing bracket.
func mendJSON(src []byte) []byte {
	out := make([]byte, 0, len(src)+16)
	inString := false
	for i := 0; i < len(src); i++ {
		c := src[i]
		switch {
		case inString && c == '\\' && i+1 < len(src):
			if strings.IndexByte(`"\/bfnrtu`, src[i+1]) < 0 {
				// A backslash that escapes nothing stands for itself.
				out = append(out, '\\', '\\')
				continue
			}
			out = append(out, c, src[i+1])
			i++
			continue
		case inString && c < 0x20:
			out = append(out, ' ')
			continue
		case c == '"':
			inString = !inString
		case !inString && c == ',':
			rest := bytes.TrimLeft(src[i+1:], " \t\r\n")
			if len(rest) == 0 || rest[0] == '}' || rest[0] == ']' || rest[0] == ',' {
				continue
			}
		}
		out = append(out, c)
	}
	return out
}
