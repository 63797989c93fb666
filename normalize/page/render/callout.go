package render

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// callout writes a note, tip or warning as Obsidian's callout, and reports
// whether n is one: its classes must name a kind, or it must call itself a
// callout.
func (r *renderer) callout(n *html.Node, t traits) bool {
	switch n.DataAtom {
	case atom.Div, atom.Aside, atom.Section, atom.Blockquote, atom.Details, atom.P, atom.Figure:
	default:
		if !strings.Contains(n.Data, "-") {
			return false
		}
	}
	kind := calloutKind(n)
	if kind == "" || r.mode != asBlock {
		return false
	}
	title := r.calloutTitle(n)
	fold := foldOf(n)
	r.flush()
	if !r.enter(box{first: "> ", rest: "> "}) {
		return false
	}
	at := len(r.out)
	r.begin(otherBlock)
	r.out = append(r.out, "[!"+kind+"]"+fold...)
	head := len(r.out)
	if title != nil {
		r.inlineOnLine(title)
	}
	r.sep = newLine
	if title != nil {
		r.withoutNode(n, title)
	} else {
		r.children(n)
	}
	r.flush()
	r.leave()
	if len(r.out) == head && title == nil { // nothing in it
		r.out = r.out[:at]
	}
	r.sep, r.last = blankLine, otherBlock
	return true
}

// inlineOnLine writes the text of n where the line stands.
func (r *renderer) inlineOnLine(n *html.Node) {
	r.mode = asHeading
	r.children(n)
	r.mode = asBlock
	if r.para.visible {
		r.closeActive()
		r.out = append(r.out, ' ')
		r.writeInline(inHeading)
	}
	r.restart()
}

// withoutNode writes n's children but for one element somewhere in them.
func (r *renderer) withoutNode(n, left *html.Node) {
	r.notes.init()
	r.notes.skip[left] = true
	r.children(n)
	delete(r.notes.skip, left)
}

// calloutTitle returns the element that is the title of the callout n.
func (r *renderer) calloutTitle(n *html.Node) *html.Node {
	return find(n, 30, func(d *html.Node) bool {
		if d.DataAtom == atom.Summary {
			return true
		}
		return r.traitsOf(d)&calloutTitle != 0 && d.DataAtom != atom.Svg
	})
}

// foldOf returns the sign for a callout that can be folded.
func foldOf(n *html.Node) string {
	if n.DataAtom == atom.Details {
		if hasAttr(n, "open") {
			return "+"
		}
		return "-"
	}
	if f := attr(n, "data-callout-fold"); f == "-" || f == "+" {
		return f
	}
	return ""
}

// calloutKind returns Obsidian's word for the kind of a callout, "" if none
// is named.
func calloutKind(n *html.Node) string {
	if k := attr(n, "data-callout"); k != "" {
		if strings.Trim(strings.ToLower(k), "abcdefghijklmnopqrstuvwxyz0123456789-_") == "" {
			return strings.ToLower(k)
		}
		return "note"
	}
	class := strings.ToLower(attr(n, "class"))
	named := false
	for c := range strings.FieldsSeq(class) {
		word := c
		for _, p := range []string{
			"alert-", "markdown-alert-", "callout-", "callout--", "admonition-", "admonition--", "starlight-aside--", "hint-", "notice-", "notecard-",
			"theme-admonition-", "is-", "bd-callout-", "custom-block-", "alert--",
		} {
			if rest, ok := strings.CutPrefix(c, p); ok {
				word = rest
			}
		}
		if k, ok := calloutKinds[word]; ok {
			return k
		}
		named = named || c == "callout" || c == "admonition" || c == "markdown-alert" || c == "custom-block"
	}
	if k, ok := calloutKinds[strings.ToLower(attr(n, "aria-label"))]; ok {
		return k
	}
	if attr(n, "role") == "note" && n.DataAtom == atom.Aside || named {
		return "note"
	}
	return ""
}

var calloutKinds = map[string]string{
	"note": "note", "info": "info", "tip": "tip", "hint": "tip", "important": "important", "warning": "warning", "warn": "warning",
	"caution": "caution", "danger": "danger", "error": "danger", "attention": "warning", "success": "success", "check": "success",
	"question": "question", "faq": "question", "help": "question", "example": "example", "quote": "quote", "abstract": "abstract",
	"summary": "summary", "tldr": "tldr", "todo": "todo", "bug": "bug", "failure": "failure", "primary": "note", "secondary": "note",
	"seealso": "info", "see-also": "info", "remark": "note", "admonition-note": "note",
}

// details writes a section that can be folded as a callout that can be; one
// with headings in it stays a part of the text.
func (r *renderer) details(n *html.Node) {
	r.flush()
	summary := firstElement(n)
	if summary == nil || summary.DataAtom != atom.Summary {
		summary = nil
	}
	heading := find(n, 500, func(d *html.Node) bool { return len(d.Data) == 2 && d.Data[0] == 'h' && isDigit(d.Data[1]) })
	if r.mode != asBlock || summary == nil || heading != nil || len(r.boxes) >= maxBoxes {
		if summary != nil && heading == nil {
			r.format(summary, strong)
			r.flush()
			r.withoutNode(n, summary)
		} else {
			r.children(n)
		}
		r.flush()
		return
	}
	r.enter(box{first: "> ", rest: "> "})
	r.begin(otherBlock)
	r.out = append(r.out, "[!note]"+foldOf(n)...)
	r.inlineOnLine(summary)
	r.sep = newLine
	r.withoutNode(n, summary)
	r.flush()
	r.leave()
	r.sep, r.last = blankLine, otherBlock
}
