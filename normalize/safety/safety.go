// Package safety takes from a clipped Markdown body what would run, reach out
// or pose as the reader's own when the note is opened in Obsidian: code that
// plugins run, template commands, HTML beyond a short list, links to other
// programs and to files, embedded notes, hidden comments and inline fields.
//
// HTML, its attributes, the schemes of links and the languages of fences are
// allowed by list, so what nobody thought of is stopped. A fence in a language
// that is not known for plain code keeps its name behind "text". What is taken
// away stays in the repairs; what can be shown as text is. Text that holds
// none of it passes byte for byte, and what was made safe once is not changed
// again. Remote images are kept: whether to load them is not decided here.
package safety

import (
	"cmp"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/normalize/markdown"
	"github.com/clipmend/clipmend/normalize/repair"
)

// The names of the rules.
const (
	RuleFence        = "active-fence"
	RuleUnknownFence = "unknown-fence"
	RuleInline       = "inline-query"
	RuleTemplate     = "template-tag"
	RuleHTML         = "active-html"
	RuleLink         = "unsafe-link"
	RuleEmbed        = "note-embed"
	RuleComment      = "hidden-comment"
	RuleField        = "inline-field"
	RuleTag          = "body-tag"
	RuleMath         = "active-math"
	RuleProperty     = "active-property"
	RuleStyle        = "style-property"
)

// A Rule is one kind of thing that a clip may not do.
type Rule struct {
	ID          string // as in Edit.Rule and Options.Skip
	Explanation string // one line
	Default     bool   // whether it runs unless asked not to
}

// Rules returns the rules.
func Rules() []Rule {
	return []Rule{
		{RuleFence, "code that plugins run, such as ```dataviewjs, and diagrams that call functions become ```text", true},
		{RuleUnknownFence, "a fence in no language known for plain code, which some plugin may run, becomes ```text NAME", true},
		{RuleInline, "`= …` and `$= …`, which Dataview runs, no longer begin so", true},
		{RuleTemplate, "<%, which Templater runs, becomes &lt;% or, in code, < %", true},
		{RuleHTML, "elements and attributes outside a short list are removed, scripts and frames with what is in them", true},
		{RuleLink, "links to anything but http, https, mailto, notes and places in them are shown as text", true},
		{RuleEmbed, "![[note]] becomes [[note]]; pictures, sound and films stay", true},
		{RuleComment, "%% becomes %\\%, so that what a comment hides can be seen", true},
		{RuleField, "key:: value, which Dataview collects, becomes key:\\: value", true},
		{RuleMath, "commands of formulas that link, style or load, such as \\href{javascript:…}, become \\text{href}", true},
		{RuleProperty, "properties that make plugins act, such as excalidraw-…, are renamed to clipped-…, and values lose what would run where they are shown", true},
		{RuleStyle, "cssclasses, which dress the note in the vault's own styles, becomes clipped-cssclasses", false},
		{RuleTag, "#tag becomes \\#tag, so that a clip adds none to the vault's", false},
	}
}

// Options say which rules run. The zero value runs those that are on by default.
type Options struct {
	Skip  []string // rules that do not run
	Tags  bool     // run RuleTag too, as is right for what comes from the web
	Style bool     // run RuleStyle too
}

// What one pass takes away may let something else come alive. From patience on
// tags are escaped, not removed, so that nothing new is joined; a text that has
// not come to rest by then becomes code.
const (
	patience  = 4
	maxPasses = 12
)

// Defuse returns the edits that make body safe, in order and without overlap.
func Defuse(body []byte, o Options) []repair.Edit {
	edits := pass(body, o, false)
	text, last := body, edits
	for n := 1; len(last) > 0; n++ {
		next, _, err := repair.Apply(text, n, last)
		if err != nil || n == maxPasses {
			return []repair.Edit{{Rule: last[0].Rule, Span: repair.Span{End: len(body)}, Now: asCode(body), Confidence: 1}}
		}
		text, last = next, pass(next, o, n >= patience)
		if len(last) > 0 {
			edits = compose(text, edits, last)
		}
	}
	return edits
}

// asCode shows the text as code, with a fence longer than any run within it.
func asCode(body []byte) string {
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
func pass(body []byte, o Options, escape bool) []repair.Edit {
	d := defuser{body: body, skip: o.Skip, tags: o.Tags, escape: escape}
	d.templates()
	for _, b := range markdown.Blocks(body) {
		d.block(b)
	}
	slices.SortStableFunc(d.edits, func(a, b repair.Edit) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(b.Span.End, a.Span.End))
	})
	last := 0
	return slices.DeleteFunc(d.edits, func(e repair.Edit) bool { // the next pass sees what is left out
		if e.Span.Start < last {
			return true
		}
		last = e.Span.End
		return false
	})
}

// A defuser collects the edits of one pass.
type defuser struct {
	body   []byte
	skip   []string
	tags   bool // escape tags
	escape bool // escape HTML and do not remove it
	edits  []repair.Edit

	shown repair.Span // marks that were skipped to see what the text after them
	query bool        // is: a query or not
}

func (d *defuser) edit(rule string, start, end int, now string) {
	if !slices.Contains(d.skip, rule) {
		d.edits = append(d.edits, repair.Edit{Rule: rule, Span: repair.Span{Start: start, End: end}, Now: now, Confidence: 1})
	}
}

func (d *defuser) block(b markdown.Block) {
	if b.Kind == markdown.Code && (b.Info != "" || b.Span.Start < b.Text.Start && d.fenced(b)) {
		d.fence(b)
		d.codeBlock(b)
		return
	}
	d.looseFences(b)
	switch b.Kind {
	case markdown.Code:
		d.codeBlock(b)
	case markdown.HTML:
		d.html(b)
		d.words(b, nil)
	case markdown.Math:
		d.math(b.Span)
		d.looseQueries(b, nil)
	case markdown.Definition:
		if !safeTarget(string(d.body[b.Text.Start:b.Text.End]), false) {
			d.edit(RuleLink, b.Text.Start, b.Text.End, "#")
		}
	default:
		inlines := markdown.Inlines(d.body, b.Text)
		d.tagsOf(b, inlines)
		for _, in := range inlines {
			d.inline(in)
		}
		d.words(b, inlines)
	}
}
