package safety

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/clipmend/clipmend/internal/lazyregexp"
	"github.com/clipmend/clipmend/normalize/markdown"
	"github.com/clipmend/clipmend/normalize/repair"
)

// The elements that may stay, each with the attributes that it may have
// besides those that all may have.
const (
	allowedTags = " a abbr address article aside audio b bdi bdo blockquote br caption center cite code col colgroup dd del " +
		"details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main mark nav ol " +
		"p picture pre q rp rt ruby s samp search section small source span strike strong sub summary sup table tbody td tfoot th " +
		"thead time tr tt u ul var video wbr "
	allowedAttrs = " align alt cite colspan controls datetime dir height href id lang open reversed rowspan scope span src start " +
		"title type valign width "
	linkAttrs    = " name rel target "
	addressAttrs = " cite href src "

	// What is in these is no text, so it goes with them.
	opaqueTags = " applet frameset iframe math noembed noframes noscript object script select style svg template textarea title xmp "
)

func listed(list, name string) bool { return strings.Contains(list, " "+strings.ToLower(name)+" ") }

// A piece is a part of a text that a browser reads as more than text.
type piece struct {
	span repair.Span
	name string // of a tag; "" for comments and declarations
	end  bool   // it is a closing tag
}

// html goes over a block of HTML as a browser would read it.
func (d *defuser) html(b markdown.Block) {
	block := d.body[b.Span.Start:b.Span.End]
	z := html.NewTokenizer(bytes.NewReader(block))
	var pieces []piece
	at := b.Span.Start
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		start := at
		at += len(z.Raw())
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			name, _ := z.TagName()
			pieces = append(pieces, piece{repair.Span{Start: start, End: at}, string(name), kind == html.EndTagToken})
		case html.CommentToken, html.DoctypeToken:
			pieces = append(pieces, piece{span: repair.Span{Start: start, End: at}})
		}
	}
	d.pieces(b, pieces)
	for i := at; i < b.Span.End; i++ { // a tag or comment that does not end
		if d.body[i] == '<' {
			d.edit(RuleHTML, i, i+1, "&lt;")
		}
	}
}

// tagsOf goes over the tags and comments in a block of Markdown.
func (d *defuser) tagsOf(b markdown.Block, inlines []markdown.Inline) {
	var pieces []piece
	for _, in := range inlines {
		if in.Kind != markdown.Tag && (in.Kind != markdown.Comment || d.body[in.Span.Start] != '<') {
			continue
		}
		p := piece{span: in.Span}
		if in.Kind == markdown.Tag {
			m := tagName.FindSubmatch(d.body[in.Span.Start:in.Span.End])
			p.end, p.name = len(m[1]) > 0, strings.ToLower(string(m[2]))
		}
		pieces = append(pieces, p)
	}
	d.pieces(b, pieces)
}

var tagName = lazyregexp.New(`^<(/?)([A-Za-z][^\s/>]*)`)

// pieces removes what may not stay.
func (d *defuser) pieces(b markdown.Block, pieces []piece) {
	last := map[string]int{} // where the last closing tag of a name is
	for i, p := range pieces {
		if p.end {
			last[p.name] = i
		}
	}
	for i := 0; i < len(pieces); i++ {
		p := pieces[i]
		if !p.end && listed(opaqueTags, p.name) && last[p.name] > i && !d.escape {
			for !pieces[i].end || pieces[i].name != p.name {
				i++
			}
			d.edit(RuleHTML, p.span.Start, pieces[i].span.End, "")
			continue
		}
		d.piece(b, p)
	}
}

func (d *defuser) piece(b markdown.Block, p piece) {
	raw := d.body[p.span.Start:p.span.End]
	now := ""
	switch {
	case b.Depth > 0 && bytes.IndexByte(raw, '\n') >= 0: // markers of quotes may be within
		d.edit(RuleHTML, p.span.Start, p.span.Start+1, "&lt;")
		return
	case p.name == "" && plainComment.Match(raw):
		return
	case listed(allowedTags, p.name) && len(bytes.Trim(raw, "</>")) == len(p.name): // nothing but its name
		d.codeElement(p)
		return
	case listed(allowedTags, p.name):
		if now = cleanTag(raw); now == string(raw) {
			d.codeElement(p)
			return
		}
	}
	if now == "" && (d.escape || placeholder.Match(raw) && !activeName.Match(raw)) {
		d.edit(RuleHTML, p.span.Start, p.span.Start+1, "&lt;")
		return
	}
	d.edit(RuleHTML, p.span.Start, p.span.End, now)
}

// codeElement keeps Dataview from running the element's text.
func (d *defuser) codeElement(p piece) {
	const enough, backslash = 1 << 10, "&#92;"
	if p.name != "code" || p.end || bytes.HasPrefix(d.body[p.span.End:], []byte(backslash)) {
		return
	}
	if at := p.span.End; at < d.shown.Start || at > d.shown.End {
		d.shown = repair.Span{Start: at, End: skipMarks(d.body, at)}
		d.query = query.MatchString(html.UnescapeString(string(d.body[d.shown.End:min(d.shown.End+enough, len(d.body))])))
	}
	if d.query {
		d.edit(RuleInline, p.span.End, p.span.End, backslash)
	}
}

// skipMarks returns where the text that a reader sees begins, at or after at.
func skipMarks(text []byte, at int) int {
	for at < len(text) {
		switch {
		case bytes.IndexByte([]byte(" \t\r\n*_~[!\\>"), text[at]) >= 0:
			at++
		case text[at] == '<':
			n := bytes.IndexAny(text[at+1:], "<>")
			if n < 0 || text[at+1+n] == '<' {
				return at
			}
			at += n + 2
		default:
			return at
		}
	}
	return at
}

var (
	// plainComment matches what every reader takes for one whole comment.
	plainComment = lazyregexp.New(`^<!--[^<>]*-->$`)
	// placeholder matches what is likely meant as text, such as <name of file>.
	placeholder = lazyregexp.New(`^</?[A-Za-z][A-Za-z0-9 _.-]*>$`)
	// activeName matches tags that are meant as such.
	activeName = lazyregexp.New("^" + activeTag)
	// plainTag matches tags that every reader takes for the same.
	plainTag = lazyregexp.New(`^</?[A-Za-z][A-Za-z0-9]*(\s+[A-Za-z-]+(\s*=\s*("[^"<>]*"|'[^'<>]*'|[^\s"'=<>` + "`" + `]+))?)*\s*/?>$`)
)

// cleanTag returns the tag with the attributes that it may keep, as it was if
// that is all of them; "" if it is none.
func cleanTag(raw []byte) string {
	z := html.NewTokenizer(bytes.NewReader(raw))
	if kind := z.Next(); kind != html.StartTagToken && kind != html.SelfClosingTagToken && kind != html.EndTagToken {
		return ""
	}
	t := z.Token()
	n := len(t.Attr)
	t.Attr = slices.DeleteFunc(t.Attr, func(a html.Attribute) bool {
		allowed := listed(allowedAttrs, a.Key) || t.Data == "a" && listed(linkAttrs, a.Key)
		return !allowed || listed(addressAttrs, a.Key) && !safeTarget(a.Val, t.Data == "img")
	})
	if len(t.Attr) == n && plainTag.Match(raw) {
		return string(raw)
	}
	return t.String()
}

// math parts what would be active for readers who do not know math; a space or
// an empty group means nothing in it.
func (d *defuser) math(span repair.Span) {
	text := d.body[span.Start:span.End]
	for _, m := range mathTag.FindAllIndex(text, -1) {
		d.edit(RuleHTML, span.Start+m[0]+1, span.Start+m[0]+1, " ")
	}
	for _, m := range linkStart.FindAllSubmatchIndex(text, -1) {
		if !safeTarget(string(text[m[4]:m[5]]), false) {
			d.edit(RuleLink, span.Start+m[2], span.Start+m[2], " ")
		}
	}
	d.commands(span)
	for _, m := range percents.FindAllIndex(text, -1) {
		for i := span.Start + m[0] + 1; i < span.Start+m[1]; i++ {
			d.edit(RuleComment, i, i, " ")
		}
	}
}

var (
	mathTag = lazyregexp.New(`<[A-Za-z!?/][^<>]*[=/\-?]|` + activeTag)
	// looseTag matches what is no tag by the letter but might be one for some
	// reader, and then an active one.
	looseTag = lazyregexp.New(activeTag + `|<[!?][A-Za-z\[-]`)
)

const activeTag = `<(?i:/?(?:script|style|svg|math|iframe|frame|frameset|object|applet|embed|form|input|button|textarea|select|option|` +
	`title|template|noscript|base|link|meta|xmp|plaintext|noembed|noframes|portal|webview|html|head|body)\b)`
