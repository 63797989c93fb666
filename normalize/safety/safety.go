// Package safety takes from a clipped Markdown body what would run or reach out
// when the note is opened in Obsidian: code that plugins run, template
// commands, active HTML, and links to other programs or to files.
//
// Text that holds none of it passes byte for byte, and what was made safe once
// is not changed again. Not every plugin can be known: the package stops what
// Dataview, Tasks, Templater and the like run from a note's text. It lists what
// it takes away, not what it lets by, and leaves %% comments, key:: fields, tags
// and remote images as they are.
package safety

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/normalize/markdown"
	"github.com/clipmend/clipmend/normalize/repair"
)

// The names of the rules.
const (
	RuleFence    = "active-fence" // ```dataviewjs and the like become ```text
	RuleInline   = "inline-query" // `= …` and `$= …` no longer begin so
	RuleTemplate = "template-tag" // <% becomes &lt;%, in code < %
	RuleHTML     = "active-html"  // scripts, frames, event handlers and the like are removed
	RuleLink     = "unsafe-link"  // a target other than http, https, mailto or a note is taken away
)

// Options say which rules run. The zero value runs all.
type Options struct {
	Skip []string // rules that do not run
}

// maxPasses bounds how often a text is gone over because what one pass took
// away let something else come alive.
const maxPasses = 8

// Defuse returns the edits that make body safe, in order and without overlap.
// A body that hides one payload within another is replaced by one edit, and one
// that does not come to rest becomes a block of code.
func Defuse(body []byte, o Options) []repair.Edit {
	first := pass(body, o)
	text := body
	for n, edits := 0, first; len(edits) > 0; n++ {
		next, _, err := repair.Apply(text, n, edits)
		if err != nil || n == maxPasses {
			return []repair.Edit{{Rule: RuleHTML, Span: repair.Span{End: len(body)}, Now: fence(body), Confidence: 1}}
		}
		text, edits = next, pass(next, o)
		if len(edits) == 0 && n > 0 {
			return []repair.Edit{{Rule: first[0].Rule, Span: repair.Span{End: len(body)}, Now: string(text), Confidence: 1}}
		}
	}
	return first
}

// fence shows the text as code, with a fence longer than any run within it.
func fence(body []byte) string {
	longest, run := 2, 0
	for _, b := range body {
		if run++; b != '~' {
			run = 0
		}
		longest = max(longest, run)
	}
	marks := strings.Repeat("~", longest+1)
	return marks + "text\n" + strings.ReplaceAll(string(body), "<%", "< %") + "\n" + marks + "\n"
}

// pass returns the edits for what the text holds as it stands.
func pass(body []byte, o Options) []repair.Edit {
	d := defuser{body: body, skip: o.Skip}
	for _, b := range markdown.Blocks(body) {
		d.block(b)
	}
	slices.SortStableFunc(d.edits, func(a, b repair.Edit) int { return a.Span.Start - b.Span.Start })
	last := 0
	return slices.DeleteFunc(d.edits, func(e repair.Edit) bool { // the next pass sees what is left out
		if e.Span.Start < last {
			return true
		}
		last = e.Span.End
		return false
	})
}

type defuser struct {
	body  []byte
	skip  []string
	edits []repair.Edit
}

func (d *defuser) edit(rule string, start, end int, now string) {
	if !slices.Contains(d.skip, rule) {
		d.edits = append(d.edits, repair.Edit{Rule: rule, Span: repair.Span{Start: start, End: end}, Now: now, Confidence: 1})
	}
}

var activeFence = regexp.MustCompile(`(?i)^\s*\{?\s*\.?(dataview(js)?|tasks|templater|query|button|meta-bind[\w-]*|js-engine|customjs|run-\w+|execute\w*|tracker|chartsview|base)\b`)

func (d *defuser) block(b markdown.Block) {
	d.templates(b)
	switch b.Kind {
	case markdown.Code:
		if activeFence.MatchString(b.Info) {
			line := d.body[b.Span.Start:b.Text.Start]
			at := b.Span.Start + bytes.LastIndex(line, []byte(b.Info))
			d.edit(RuleFence, at, at+len(b.Info), "text")
		}
	case markdown.Definition:
		if target := b.Text; !safeTarget(string(d.body[target.Start:target.End])) {
			d.edit(RuleLink, target.Start, target.End, "#")
		}
	case markdown.Math, markdown.Rule:
	default:
		for _, in := range markdown.Inlines(d.body, b.Text) {
			d.inline(in)
		}
	}
}

// templates breaks up Templater's opening mark, which it reads anywhere.
func (d *defuser) templates(b markdown.Block) {
	now := "&lt;%"
	if b.Kind == markdown.Code {
		now = "< %"
	}
	for at := b.Span.Start; ; {
		i := bytes.Index(d.body[at:b.Span.End], []byte("<%"))
		if i < 0 {
			return
		}
		d.edit(RuleTemplate, at+i, at+i+2, now)
		at += i + 2
	}
}

func (d *defuser) inline(in markdown.Inline) {
	text := string(d.body[in.Span.Start:in.Span.End])
	switch in.Kind {
	case markdown.CodeSpan:
		inner := strings.TrimLeft(text, "`")
		trimmed := strings.TrimLeft(inner, " ")
		if strings.HasPrefix(trimmed, "=") || strings.HasPrefix(trimmed, "$=") {
			at := in.Span.Start + len(text) - len(trimmed)
			d.edit(RuleInline, at, at, "\\")
		}
	case markdown.Link, markdown.Image:
		if !safeTarget(string(d.body[in.Target.Start:in.Target.End])) {
			d.edit(RuleLink, in.Target.Start, in.Target.End, "#")
		}
	case markdown.Autolink:
		if inner := text[1 : len(text)-1]; !safeTarget(inner) {
			d.edit(RuleLink, in.Span.Start, in.Span.End, "`"+inner+"`")
		}
	case markdown.Tag:
		if activeTag.MatchString(text) || handler.MatchString(text) {
			d.edit(RuleHTML, in.Span.Start, in.Span.End, "")
		}
	}
}

var (
	activeTag = regexp.MustCompile(`(?i)^</?(script|iframe|frame|frameset|object|embed|applet|style|link|meta|base|form|input|button|textarea|select|webview|portal|svg|math|template|noscript)\b`)
	handler   = regexp.MustCompile(`(?i)[\s"'/](on[a-z]+|style|srcdoc|formaction)\s*=|=\s*["']?\s*(javascript|vbscript|data|file|obsidian):|=\s*["']?\s*\\\\`)
	scheme    = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]*):`)
)

// safeTarget says whether a link may keep its target: a web or mail address, a
// note, or a place in one. UNC paths and other schemes may not.
func safeTarget(target string) bool {
	target = strings.Trim(target, "<> \t\r\n")
	if strings.HasPrefix(target, `\`) || strings.ContainsAny(target, "\x00\t\r\n") {
		return false
	}
	lower := strings.ToLower(target)
	// A colon may be hidden behind an entity or an escape.
	if strings.Contains(lower, "&#") || strings.Contains(lower, "&colon;") || strings.Contains(lower, "&tab;") || strings.Contains(lower, "&newline;") || strings.Contains(lower, `\:`) {
		return strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://")
	}
	m := scheme.FindStringSubmatch(lower)
	return m == nil || m[1] == "http" || m[1] == "https" || m[1] == "mailto"
}
