package safety

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/normalize/markdown"
)

// activeLanguages are the fences that Obsidian or a plugin runs, or whose text
// a plugin renders as Markdown, with what is in it. A name that ends with "*"
// stands for all that begin with it.
const activeLanguages = "ad-* advanced-chart base button buttons calendar-timeline chartsview col columns customjs " +
	"custom-frames datacore datacorejs datacorejsx datacorets datacoretsx dataview dataviewjs dynbedded embed " +
	"execute* iframe inline-js js-engine leaflet meta-bind* multi-column query req run run-* " +
	"tabs tasks templater timeline todoist tracker"

// runAttribute matches what runners read behind the language.
var runAttribute = regexp.MustCompile(`(?i)\{[^}]*\b(cmd|run|exec|eval)\b`)

// activeInfo says whether something may run a fence with the info string.
func activeInfo(info string) bool {
	info = strings.ToLower(html.UnescapeString(strings.ReplaceAll(info, `\`, "")))
	name := strings.TrimSpace(info)
	if strings.HasPrefix(name, "{") {
		if name = strings.TrimLeft(name[1:], " \t"); !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "#") {
			return true // as in notebooks
		}
	}
	name = strings.TrimLeft(name, ".")
	if i := strings.IndexAny(name, " \t{},:;=|"); i >= 0 {
		name = name[:i]
	}
	return runAttribute.MatchString(info) || slices.ContainsFunc(strings.Fields(activeLanguages), func(l string) bool {
		return name == l || strings.HasSuffix(l, "*") && strings.HasPrefix(name, l[:len(l)-1])
	})
}

// fenced says whether the code has fences.
func (d *defuser) fenced(b markdown.Block) bool {
	return openFence.Match(d.body[b.Span.Start:b.Text.Start])
}

// fence makes code plain that would be run.
func (d *defuser) fence(b markdown.Block) {
	if !activeInfo(b.Info) {
		return
	}
	if i := bytes.LastIndex(d.body[b.Span.Start:b.Text.Start], []byte(b.Info)); i >= 0 {
		at := b.Span.Start + i
		d.edit(RuleFence, at, at+len(b.Info), "text")
	}
}

// openFence matches a line that some reader may take for the beginning of code.
var openFence = regexp.MustCompile("(?m)^[ \t>*+\\-0-9.)]*(?:`{3,}|~{3,})[ \t]*([^`\\s][^`\r\n]*)?")

// looseFences makes fences plain that are none by the letter, since the editor
// is not so strict: too far indented, or after text that they may not interrupt.
func (d *defuser) looseFences(b markdown.Block) {
	text := d.body[b.Span.Start:b.Span.End]
	if !bytes.Contains(text, []byte("```")) && !bytes.Contains(text, []byte("~~~")) {
		return
	}
	for _, m := range openFence.FindAllSubmatchIndex(text, -1) {
		if m[2] < 0 {
			continue
		}
		start, end := b.Span.Start+m[2], b.Span.Start+m[3]
		if activeInfo(string(d.body[start:end])) {
			d.edit(RuleFence, start, end, "text")
		}
	}
}
