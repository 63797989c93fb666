package safety

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/internal/lazyregexp"
	"github.com/clipmend/clipmend/normalize/frontmatter"
	"github.com/clipmend/clipmend/normalize/repair"
)

var (
	valueTag   = lazyregexp.New(activeTag + `|<[A-Za-z][A-Za-z0-9-]*[\s/][^<>]*=`)
	valueLink  = lazyregexp.New(`\](\()\s*(<?[^\s>\]]*)`)
	valueQuery = lazyregexp.New("(`+\\s*)(\\$?=)")
	valueEmbed = lazyregexp.New(`!(\[\[([^\[\]|#]*))`)
	// valueAddress matches what Obsidian makes a link of where it is all of a value.
	valueAddress = lazyregexp.New("(?i)^[\\s<]*(?:[a-z][a-z0-9+.-]*://|(?:javascript|vbscript|data|file|obsidian|app|blob|shell|smb|search-ms|ms-[a-z]+)\\s*:|\\\\\\\\|//)[^`]*$")
)

// Value makes a text safe that is to be a property's value, wherever Obsidian or
// a plugin shows it. Rules that are skipped are not run.
func Value(s string, skip ...string) string {
	on := func(rule string) bool { return !slices.Contains(skip, rule) }
	if on(RuleTemplate) {
		s = strings.ReplaceAll(s, "<%", "< %")
	}
	if on(RuleHTML) {
		s = valueTag.ReplaceAllStringFunc(s, func(tag string) string { return "< " + tag[1:] })
	}
	if on(RuleEmbed) {
		s = valueEmbed.ReplaceAllStringFunc(s, func(embed string) string {
			if slices.Contains(strings.Fields(media), strings.ToLower(path.Ext(embed))) {
				return embed
			}
			return embed[1:]
		})
	}
	if on(RuleInline) {
		s = valueQuery.ReplaceAllString(s, `${1}\${2}`)
	}
	if !on(RuleLink) {
		return s
	}
	if valueAddress.MatchString(s) && !safeTarget(s, false) {
		return codeSpan(strings.TrimSpace(s))
	}
	for _, m := range slices.Backward(valueLink.FindAllStringSubmatchIndex(s, -1)) {
		if !safeTarget(s[m[4]:m[5]], false) {
			s = s[:m[2]] + " " + s[m[2]:]
		}
	}
	return s
}

// Properties makes the properties of a note safe that comes with its own.
func Properties(text []byte, o Options) ([]byte, []repair.Repair, error) {
	doc, err := frontmatter.Parse(text)
	if err != nil || doc.Format != frontmatter.YAML {
		return text, nil, err
	}
	if slices.Contains(o.Skip, RuleProperty) {
		return o.templatesIn(text, nil)
	}
	var changes []frontmatter.Change
	for _, p := range doc.Properties {
		rule, active := o.activeKey(p.Key)
		if _, taken := doc.Get(clipped + p.Key); active && !taken && !slices.Contains(o.Skip, rule) {
			changes = append(changes, frontmatter.Change{Op: frontmatter.Rename, Key: p.Key, To: clipped + p.Key})
			continue // its value has no meaning any more
		}
		if v, changed := o.value(p.Value); changed {
			changes = append(changes, frontmatter.Change{Op: frontmatter.Set, Key: p.Key, Value: v})
		}
	}
	out, repairs, err := frontmatter.Edit(text, changes)
	if err != nil {
		return text, nil, fmt.Errorf("safety: %w", err)
	}
	for i := range repairs {
		repairs[i].Rule = RuleProperty
	}
	return o.templatesIn(out, repairs)
}

// clipped begins the names of properties that do not act any more.
const clipped = "clipped-"

// activeKey says which rule stops a property by its name.
func (o Options) activeKey(key string) (rule string, active bool) {
	key = strings.ToLower(key)
	switch {
	case strings.HasPrefix(key, clipped):
	case strings.HasSuffix(key, "-plugin"), strings.HasPrefix(key, "excalidraw-"):
		return RuleProperty, true
	case key == "cssclasses", key == "cssclass":
		return RuleStyle, o.Style
	}
	return "", false
}

// value returns a value made safe.
func (o Options) value(v frontmatter.Value) (frontmatter.Value, bool) {
	switch v.Kind {
	case frontmatter.Text:
		now := Value(v.Text, o.Skip...)
		return frontmatter.TextValue(now), now != v.Text
	case frontmatter.List:
		items := slices.Clone(v.Items)
		for i := range items {
			items[i] = Value(items[i], o.Skip...)
		}
		return frontmatter.ListValue(items...), !slices.Equal(items, v.Items)
	}
	return v, false
}

// templatesIn breaks up what Templater would still run in the block, which reads
// comments and keys too.
func (o Options) templatesIn(text []byte, repairs []repair.Repair) ([]byte, []repair.Repair, error) {
	block, err := frontmatter.Split(text)
	if err != nil || slices.Contains(o.Skip, RuleTemplate) {
		return text, repairs, err
	}
	var edits []repair.Edit
	for at := block.Text.Start; ; {
		i := bytes.Index(text[at:block.Text.End], []byte("<%"))
		if i < 0 {
			break
		}
		at += i + 1
		edits = append(edits, repair.Edit{Rule: RuleTemplate, Span: repair.Span{Start: at, End: at}, Now: " ", Confidence: 1})
	}
	out, more, err := repair.Apply(text, 1, edits)
	if err != nil {
		return text, repairs, err
	}
	if _, err := frontmatter.Parse(out); err != nil {
		return text, repairs, fmt.Errorf("safety: %w", err)
	}
	return out, append(repairs, more...), nil
}
