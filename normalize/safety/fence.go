package safety

import (
	"bytes"
	"html"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/internal/lazyregexp"
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
var runAttribute = lazyregexp.New(`(?i)\{[^}]*\b(cmd|run|exec|eval)\b`)

// infoName returns the language of an info string in lower case, as a reader may
// decode it, and all of the info string so. A name as in notebooks, {python}, has
// its brace.
func infoName(info string) (name, whole string) {
	whole = strings.ToLower(html.UnescapeString(strings.ReplaceAll(info, `\`, "")))
	return languageOf(whole), whole
}

func languageOf(info string) string {
	name := strings.Trim(info, " \t")
	if strings.HasPrefix(name, "{") {
		if name = strings.TrimLeft(name[1:], " \t"); !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "#") {
			return "{" + name
		}
	}
	name = strings.TrimLeft(name, ".")
	if i := strings.IndexAny(name, " \t{},:;=|"); i >= 0 {
		name = name[:i]
	}
	return name
}

// plainLanguage says whether a language is known for plain code. No language is.
func plainLanguage(name string) bool {
	return name == "" || plainLanguages[name] || strings.HasPrefix(name, "diff-") && plainLanguages[name[len("diff-"):]]
}

// activeInfo says whether something is known to run a fence with the info string.
func activeInfo(info string) bool {
	name, whole := infoName(info)
	return strings.HasPrefix(name, "{") || runAttribute.MatchString(whole) ||
		slices.ContainsFunc(strings.Fields(activeLanguages), func(l string) bool {
			return name == l || strings.HasSuffix(l, "*") && strings.HasPrefix(name, l[:len(l)-1])
		})
}

// safeInfo returns the info string that code may have instead of its own, by
// which rule; "" for one that may stay.
func safeInfo(info string) (now, rule string) {
	if activeInfo(info) {
		return "text", RuleFence
	}
	name, _ := infoName(info)
	first, _, _ := strings.Cut(strings.TrimSpace(info), " ")
	switch {
	case !plainLanguage(name) || !plainLanguage(languageOf(strings.ToLower(info))):
		return "text " + info, RuleUnknownFence
	case strings.ContainsRune(first, ':'): // js:file.js; some plugin has names with a colon
		return strings.Replace(info, ":", " :", 1), RuleUnknownFence
	}
	return "", ""
}

// fenced says whether the code has fences.
func (d *defuser) fenced(b markdown.Block) bool {
	return openFence.Match(d.body[b.Span.Start:b.Text.Start])
}

// fence makes code plain that is run, or may be.
func (d *defuser) fence(b markdown.Block) {
	now, rule := safeInfo(b.Info)
	if name, _ := infoName(b.Info); name == "mermaid" && activeDiagram(d.body[b.Text.Start:b.Text.End]) {
		now, rule = "text "+b.Info, RuleFence
	}
	if rule == "" {
		return
	}
	if i := bytes.LastIndex(d.body[b.Span.Start:b.Text.Start], []byte(b.Info)); i >= 0 {
		at := b.Span.Start + i
		d.edit(rule, at, at+len(b.Info), now)
	}
}

var (
	// diagramLink matches a line of a diagram that makes something a link, with
	// what it leads to.
	diagramLink = lazyregexp.New(`(?im)(?:^|;)[ \t>]*(?:click|links?|callback)[ \t]+([^\r\n]*)`)
	// diagramTarget matches all that such a line may say.
	diagramTarget = lazyregexp.New(`^[\pL\pN_.-]+:?(?: [^"@]*@)?[ \t]+(?:href[ \t]+)?"?https?://[^"\s;#<>\\]*"?(?:[ \t]+"[^"#<>\\]*")?(?:[ \t]+_(?:self|blank|parent|top))?[ \t]*;?[ \t]*$`)
	diagramCode   = lazyregexp.New(`(?i)` + activeTag + `|<(?:img|a|video|audio|source|image|use|animate|set|foreignobject)\b|on[a-z]+\s*=|themecss|securitylevel|url\s*\(|@import|&#|(?:java|vb)script\s*:`)
)

// activeDiagram says whether a Mermaid diagram does more than show something:
// calls a function, leads elsewhere than to the web, or brings its own style.
func activeDiagram(text []byte) bool {
	if diagramCode.Match(text) {
		return true
	}
	for _, m := range diagramLink.FindAllSubmatch(text, -1) {
		if !diagramTarget.Match(m[1]) {
			return true
		}
	}
	return false
}

// openFence matches a line that some reader may take for the beginning of code.
var openFence = lazyregexp.New("(?m)^[ \t>*+\\-0-9.)]*(?:`{3,}|~{3,})[ \t]*([^`\\s][^`\r\n]*)?")

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
		info := string(d.body[start:end])
		now, rule := safeInfo(info)
		if name, _ := infoName(info); name == "mermaid" && activeDiagram(d.body[end:b.Span.End]) {
			now, rule = "text", RuleFence
		}
		if rule != "" {
			d.edit(rule, start, end, now)
		}
	}
}
