package normalize

import (
	"bytes"
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/internal/lazyregexp"
	"github.com/clipmend/clipmend/normalize/markdown"
	"github.com/clipmend/clipmend/normalize/repair"
)

// ruleFiles is the rule by which a note links to the files that its clip carries.
const ruleFiles = "attachments"

// edits makes the links of a Markdown body lead to where the files are stored.
func (f *files) edits(body []byte) []repair.Edit {
	if len(f.byRef) == 0 && f.options.Images != ImagesDrop && !bytes.Contains(body, []byte("data:")) && !bytes.Contains(body, []byte(evernote)) &&
		(len(body) > 4<<20 || !noteID.Match(body)) {
		return nil
	}
	l := linker{files: f, body: body}
	for _, b := range markdown.Blocks(body) {
		switch b.Kind {
		case markdown.Code, markdown.Math:
		case markdown.Definition:
			l.definition(b.Text)
		case markdown.HTML:
			l.tags(b.Span)
		default:
			for _, in := range markdown.Inlines(body, b.Text) {
				l.inline(in)
			}
		}
	}
	slices.SortStableFunc(l.edits, func(a, b repair.Edit) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(b.Span.End, a.Span.End))
	})
	last := 0
	return slices.DeleteFunc(l.edits, func(e repair.Edit) bool { // a picture in a link that goes
		if e.Span.Start < last {
			return true
		}
		last = e.Span.End
		return false
	})
}

// A linker collects the edits of a body.
type linker struct {
	files *files
	body  []byte
	edits []repair.Edit
}

func (l *linker) edit(start, end int, now string) {
	l.edits = append(l.edits, repair.Edit{Rule: ruleFiles, Span: repair.Span{Start: start, End: end}, Now: now, Confidence: 1})
}

func (l *linker) inline(in markdown.Inline) {
	target := string(l.body[in.Target.Start:in.Target.End])
	switch in.Kind {
	case markdown.Image:
		now, ok := l.picture(target)
		switch {
		case !ok || now == target:
		case now == "":
			l.edit(in.Span.Start, in.Span.End, "")
		default:
			l.edit(in.Target.Start, in.Target.End, now)
		}
	case markdown.Link:
		l.link(in, target)
	case markdown.Embed:
		if now, ok := l.picture(target); ok {
			size := ""
			if _, alias, found := strings.Cut(string(l.body[in.Target.End:in.Span.End-2]), "|"); found && isSize(alias) {
				size = alias
			}
			if now != "" {
				now = "![" + size + "](" + now + ")"
			}
			l.edit(in.Span.Start, in.Span.End, now)
		}
	case markdown.Tag:
		l.tags(in.Span)
	}
}

var sizeAlias = lazyregexp.New(`^\d+(x\d+)?$`)

func isSize(s string) bool { return sizeAlias.MatchString(s) }

// picture says what a picture's target becomes, and whether it changes at all.
func (l *linker) picture(target string) (string, bool) {
	if a, ok := l.files.find(target); ok {
		return l.files.target(a, true), true
	}
	inner := strings.Trim(target, "<>")
	if len(inner) > 11 && strings.EqualFold(inner[:11], dataImage) {
		if ref := l.files.embedded(inner, false); ref != "" {
			a, _ := l.files.find(ref)
			return l.files.target(a, true), true
		}
	}
	return "", l.files.options.Images == ImagesDrop
}

// evernote begins the addresses by which notes of Evernote link to each other.
const evernote = "evernote:///view/"

var noteID = lazyregexp.New(`[0-9a-f]{32}\.(?:md|html|csv)`)

// exportedPage is how Notion links from one page of an export to another: by the
// name of its file, which ends in the page's ID.
var exportedPage = lazyregexp.New(`^(?:.*/)?([^/]+) [0-9a-f]{32}\.(?:md|html|csv)$`)

// exportedNote returns the title of the note that a link of an export leads to,
// "" if it leads to none.
func exportedNote(target string) string {
	target = strings.Trim(target, "<>")
	if isWeb(target) {
		return ""
	}
	if plain, err := url.PathUnescape(target); err == nil {
		target = plain
	}
	if m := exportedPage.FindStringSubmatch(target); m != nil {
		return m[1]
	}
	return ""
}

// noteLink makes a link of another program's to a note one of Obsidian's. If
// nothing else is known of the note, its title is the text of the link.
func (l *linker) noteLink(in markdown.Inline, title string) {
	closing := bytes.LastIndex(l.body[in.Span.Start:in.Target.Start], []byte("]("))
	if closing < 1 {
		return
	}
	text := string(l.body[in.Span.Start+1 : in.Span.Start+closing])
	if title == "" {
		title = text
	}
	if strings.TrimSpace(title) == "" || strings.ContainsAny(title+text, "[]|#^\\/:*?\"<>`\n") {
		return
	}
	if text != title && text != "" {
		title += "|" + text
	}
	l.edit(in.Span.Start, in.Span.End, "[["+title+"]]")
}

// link leads to the file, or becomes its text if the file is not kept.
func (l *linker) link(in markdown.Inline, target string) {
	if strings.HasPrefix(strings.Trim(target, "<>"), evernote) {
		l.noteLink(in, "")
		return
	}
	if title := exportedNote(target); title != "" {
		l.noteLink(in, title)
		return
	}
	a, ok := l.files.find(target)
	if !ok {
		return
	}
	now := l.files.target(a, false)
	if now != "" {
		l.edit(in.Target.Start, in.Target.End, now)
		return
	}
	if closing := bytes.LastIndex(l.body[in.Span.Start:in.Target.Start], []byte("](")); closing > 0 {
		l.edit(in.Span.Start, in.Span.Start+1, "")
		l.edit(in.Span.Start+closing, in.Span.End, "")
	}
}

func (l *linker) definition(span repair.Span) {
	if a, ok := l.files.find(string(l.body[span.Start:span.End])); ok {
		if now := l.files.target(a, false); now != "" {
			l.edit(span.Start, span.End, now)
		}
	}
}

var tagSource = lazyregexp.New(`(?i)^<img\s(?:[^<>]*?[\s"'])??src\s*=\s*["']?`)

// tags looks at the pictures in HTML within Markdown.
func (l *linker) tags(span repair.Span) {
	for at := span.Start; at < span.End; {
		i := bytes.IndexByte(l.body[at:span.End], '<')
		if i < 0 {
			return
		}
		at += i
		m := tagSource.FindIndex(l.body[at:min(span.End, at+maxTag)])
		if m == nil {
			at++
			continue
		}
		start := at + m[1]
		end, ok := addressEnd(l.body[:span.End], start)
		if at = end; !ok {
			return
		}
		if now, ok := l.picture(string(l.body[start:end])); ok {
			l.edit(start, end, now)
		}
	}
}

// Pictures returns the addresses on the web of the pictures that a note shows,
// each once, in their order.
func (n *Note) Pictures() []string {
	body := n.Text[n.Body.Start:n.Body.End]
	var list []string
	seen := map[string]bool{}
	for _, b := range markdown.Blocks(body) {
		if b.Kind == markdown.Code || b.Kind == markdown.Math {
			continue
		}
		for _, in := range markdown.Inlines(body, b.Text) {
			target := strings.Trim(string(body[in.Target.Start:in.Target.End]), "<>")
			if in.Kind == markdown.Image && isWeb(target) && !seen[target] {
				seen[target] = true
				list = append(list, target)
			}
		}
	}
	return list
}
