package metadata

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/clipmend/clipmend/internal/lazyregexp"
)

// title chooses the title: the heading that the page's <title> agrees with,
// else a stated title without the site's name.
func (h *Hints) title(f *Fields, pageURL string) {
	hints := []string{pageURL, h.Canonical, f.Site, h.LD.WebSite, h.LD.Publisher}
	stated := []struct{ text, source string }{
		{h.Title, "title"},
		{h.Meta["og:title"], "meta og:title"},
		{h.LD.Headline, "json-ld headline"},
		{h.Meta["twitter:title"], "meta twitter:title"},
		{h.Meta["citation_title"], "meta citation_title"},
		{h.Meta["dc.title"], "meta dc.title"},
		{h.LD.Name, "json-ld name"},
	}
	for _, s := range stated {
		if rest, site := SplitTitle(s.text, hints...); site != "" && rest != "" {
			f.Set("site", &f.Site, site, s.source)
		}
	}
	for _, s := range stated[:3] {
		if t := h.agreeing(s.text, f.Site); t != "" {
			f.Set("title", &f.Title, t, "h1")
		}
	}
	f.Set("title", &f.Title, h.ownHeading(), "h1")
	if h.LD.Headline != "" && fold(h.LD.Headline) == fold(h.Meta["og:title"]) {
		rest, _ := SplitTitle(h.LD.Headline, append(hints, f.Site)...)
		f.Set("title", &f.Title, rest, "json-ld headline")
	}
	for _, i := range []int{1, 0, 2, 3, 4, 5, 6} {
		rest, _ := SplitTitle(stated[i].text, append(hints, f.Site)...)
		if fold(rest) != fold(f.Site) || i == len(stated)-1 {
			f.Set("title", &f.Title, rest, stated[i].source)
		}
	}
	if f.Title == "" && len(h.Headings) > 0 {
		f.Set("title", &f.Title, h.Headings[0].Text, "heading")
	}
	f.Set("title", &f.Title, f.Site, f.Source["site"])
}

// agreeing is the heading that stated contains whole, between separators.
func (h *Hints) agreeing(stated, site string) string {
	whole := fold(stated)
	if whole == "" {
		return ""
	}
	best, bestLevel := "", 4
	for _, g := range h.Headings {
		t := strings.TrimSpace(strings.TrimRight(g.Text, "¶#§ "))
		key := fold(t)
		if g.Level >= bestLevel || key == "" || key == fold(site) || g.Level > 1 && len(key)*2 < len(whole) {
			continue
		}
		if whole == key || strings.HasPrefix(whole, key) && separated(stated, t) {
			best, bestLevel = t, g.Level
		}
	}
	return best
}

// separated reports whether what follows the heading in the stated title is
// set off by a separator and not just more words.
func separated(stated, heading string) bool {
	n := len([]rune(fold(heading)))
	seen := 0
	for i, r := range stated {
		if seen == n {
			rest := strings.TrimLeft(stated[i:], " \u00a0.!?\"'”’)")
			return rest == "" || strings.ContainsRune("-–—|·•:»_/(（[【~,", []rune(rest)[0])
		}
		if foldable(r) {
			seen++
		}
	}
	return seen == n
}

func foldable(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// fold keeps a text's letters and digits, in lower case.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if !foldable(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// separators stand between a title and a site's name. Those without spaces
// are used by Chinese sites.
var separators = lazyregexp.New(`\s+[-–—―|·•:»«›‹~/｜]+\s+|\s*[|｜»«]\s*|\s+::\s+|[-–—_]+(?:知乎|掘金|简书|豆瓣|博客园|腾讯云|阿里云|微信|飞书|CSDN)|\s*_\s*[^_\s]*(?:博客|网|新闻|百科)|:\s+`)

// knownSites are names that sites append to every title and that their
// addresses do not spell.
var knownSites = []string{
	"Feishu Docs", "Feishu Wiki", "Lark Docs", "飞书云文档", "飞书文档", "飞书", "微信公众平台", "微信公众号",
	"知乎", "知乎专栏", "掘金", "稀土掘金", "CSDN博客", "CSDN", "博客园", "简书", "豆瓣", "SegmentFault 思否", "思否",
	"腾讯云开发者社区", "阿里云开发者社区", "少数派", "语雀", "Google Docs", "Google Drive", "Medium", "Substack",
	"Wikipedia", "Wikipedia, the free encyclopedia", "维基百科，自由的百科全书", "Wikipédia", "Stack Overflow", "YouTube",
	"Hacker News", "Reddit", "DEV Community", "arXiv", "GitHub", "Quora", "LinkedIn", "哔哩哔哩", "bilibili",
}

// SplitTitle splits a page's title into the title proper and the site's name
// where that is clear: the part set off at the end or the beginning is a name
// that many sites are known by, agrees with a hint, or names the host of a
// hint that is an address. Otherwise the title comes back as it is, and no
// site. Hints may be site names, hosts and URLs; empty ones are ignored.
func SplitTitle(title string, hints ...string) (rest, site string) {
	title = squash(title)
	cuts := separators.FindAllStringIndex(title, -1)
	for i := range cuts {
		// A separator that carries the site's name ends where the name begins.
		for cuts[i][1] > cuts[i][0] && i+1 <= len(cuts) && endsInWord(title[cuts[i][0]:cuts[i][1]]) {
			cuts[i][1] = cuts[i][0] + separatorLen(title[cuts[i][0]:cuts[i][1]])
		}
	}
	names, hosts := splitHints(hints)
	// The shortest tail that is a site's name, then longer ones, then heads.
	for i := len(cuts) - 1; i >= 0; i-- {
		tail := strings.TrimSpace(title[cuts[i][1]:])
		if title[cuts[i][0]] != ':' && namesSite(tail, names, hosts) {
			return strings.TrimSpace(title[:cuts[i][0]]), tail
		}
	}
	for _, c := range cuts {
		head := strings.TrimSpace(title[:c[0]])
		if rest := strings.TrimSpace(title[c[1]:]); rest != "" && namesSite(head, names, hosts) {
			return rest, head
		}
	}
	return title, ""
}

func endsInWord(sep string) bool {
	r := []rune(sep)
	return foldable(r[len(r)-1])
}

// separatorLen is the length of the white space and signs that s begins with.
func separatorLen(s string) int {
	for i, r := range s {
		if foldable(r) {
			return i
		}
	}
	return len(s)
}

// splitHints parts hints into folded site names and the words of hosts.
func splitHints(hints []string) (names, hosts []string) {
	for _, h := range hints {
		switch host := hostOf(h); {
		case strings.TrimSpace(h) == "" || h[0] == '/':
		case host != "":
			hosts = append(hosts, host)
		default:
			names = append(names, fold(h))
		}
	}
	return names, hosts
}

// hostOf is the host of an address or a bare host name, else "".
func hostOf(s string) string {
	if u, err := url.Parse(s); err == nil && u.Host != "" {
		return strings.ToLower(u.Hostname())
	}
	if strings.Contains(s, ".") && !strings.ContainsAny(s, " /:") {
		return strings.ToLower(s)
	}
	return ""
}

// namesSite reports whether s is the name of the site: in the list of known
// names, one of the names given, or the spelling of a host's name.
func namesSite(s string, names, hosts []string) bool {
	key := fold(s)
	if key == "" || len([]rune(s)) > 60 {
		return false
	}
	if slices.Contains(knownSites, s) {
		return true
	}
	for _, n := range names {
		if key == n || len(n) >= 4 && (strings.HasPrefix(key, n) && len(key) <= 2*len(n) || strings.HasPrefix(n, key) && len(key)*2 >= len(n)) {
			return true
		}
	}
	for _, h := range hosts {
		if namesHost(s, key, h) {
			return true
		}
	}
	return false
}

// namesHost reports whether a name spells a host: "Feishu Docs" and
// my.feishu.cn, "The New York Times" and nytimes.com.
func namesHost(s, key, host string) bool {
	labels := strings.Split(strings.TrimPrefix(host, "www."), ".")
	if len(labels) > 1 {
		labels = labels[:len(labels)-1]
	}
	words := strings.Fields(s)
	joined := fold(strings.Join(labels, ""))
	for _, l := range append(labels, joined) {
		l = fold(l)
		switch {
		case len(l) < 3 || commonLabel(l):
		case key == l, strings.TrimPrefix(key, "the") == l, key == l+"com", key == strings.TrimPrefix(l, "the"):
			return true
		case len(key) >= 4 && strings.Contains(l, key) && len(key)*2 >= len(l)-1:
			return true
		case len(l) >= 5 && strings.Contains(key, l) && len(words) <= 5 && len(l)*5 >= len(key)*3:
			return true
		case len(words) >= 2 && len(words) <= 4 && fold(words[0]) == l && commonLabel(fold(words[len(words)-1])):
			return true
		case len(words) >= 3 && abbreviates(l, words):
			return true
		}
	}
	return false
}

func commonLabel(l string) bool {
	switch l {
	case "com", "org", "net", "blog", "docs", "news", "help", "support", "forum", "wiki", "gov", "edu", "shop", "store", "community", "learn", "developer",
		"developers", "documentation", "journal", "magazine", "online", "official", "home", "weekly", "daily", "team", "site", "website", "forums", "suite":
		return true
	}
	return false
}

// abbreviates reports whether a label is made of the words' beginnings: the
// initials, or nytimes for New York Times.
func abbreviates(label string, words []string) bool {
	rest := label
	used := 0
	for i, w := range words {
		w = fold(w)
		switch {
		case w == "" || w == "the" || w == "of" || w == "and" || w == "for":
			if strings.HasPrefix(rest, w[:min(1, len(w))]) && len(words) == len(label) {
				rest = rest[1:]
				used++
			}
		case strings.HasPrefix(rest, w) && (i == len(words)-1 || len(w) > 3):
			rest = rest[len(w):]
			used++
		case rest != "" && w[0] == rest[0]:
			rest = rest[1:]
			used++
		default:
			return false
		}
	}
	return rest == "" && used >= 2
}
