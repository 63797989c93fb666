package frontmatter

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/clipmend/clipmend/normalize/repair"
)

// The names of the rules of Mend.
const (
	RuleBroken  = "property-broken-line"
	RuleMisread = "property-misread"
	RulePlural  = "property-plural"
	RuleList    = "property-list"
	RuleTags    = "property-tags"
)

// A Rule is one way in which Mend changes properties.
type Rule struct{ ID, Why string }

// Rules returns the rules in the order in which they run.
func Rules() []Rule {
	return []Rule{
		{RuleBroken, "a line that is no YAML, such as \"title: a: b\", is put in quotes"},
		{RuleMisread, "[[links]], leading zeros, long numbers and 1:30 are put in quotes, so that they stay text"},
		{RulePlural, "tag, alias and cssclass become tags, aliases and cssclasses, as Obsidian names them"},
		{RuleList, "a single value of tags, aliases or cssclasses becomes a list"},
		{RuleTags, "tags lose what Obsidian does not allow in them"},
	}
}

// Options say which rules run. The zero value runs all.
type Options struct {
	Only []string // if not empty, no other rule runs
	Skip []string
}

func (o Options) runs(rule string) bool {
	return (len(o.Only) == 0 || slices.Contains(o.Only, rule)) && !slices.Contains(o.Skip, rule)
}

// Mend returns the edits of text that mend its properties, in order. The rule
// of an edit is the last that changed its lines. Properties that no rule makes
// valid, and those with duplicate keys, are an error without edits.
func Mend(text []byte, o Options) ([]repair.Edit, error) {
	b, err := Split(text)
	if err != nil || b.Format != YAML {
		return nil, err
	}
	block := text[b.Text.Start:b.Text.End]
	if err := guard(block); err != nil {
		return nil, err
	}
	_, invalid := parseYAML(block)
	var edits []repair.Edit
	var keys []string
	for l := range bytes.Lines(block) {
		if n := keyEnd(l); n > 0 {
			keys = append(keys, string(l[:n-1]))
		}
	}
	at := b.Text.Start
	for l := range bytes.Lines(block) {
		start := at
		at += len(l)
		entry := bytes.TrimRight(l, "\r\n")
		if n := keyEnd(entry); n == 0 || alone(block, at-b.Text.Start) {
			now, rule := mendLine(string(entry), keys, o, invalid != nil)
			if now != string(entry) {
				now = strings.ReplaceAll(now, "\n", b.EOL)
				edits = append(edits, repair.Edit{Rule: rule, Span: repair.Span{Start: start, End: start + len(entry)}, Now: now, Confidence: 0.95})
			}
		}
	}
	out, _, err := repair.Apply(text, 0, edits)
	if err != nil {
		return nil, fmt.Errorf("frontmatter: %w", err)
	}
	if _, err := Parse(out); err != nil {
		return nil, err
	}
	return edits, nil
}

// alone says whether the line that ends at next has no lines that belong to it.
func alone(block []byte, next int) bool {
	rest := bytes.TrimLeft(block[next:], "\r\n")
	return len(rest) == 0 || rest[0] == '#' || keyEnd(rest) > 0
}

// mendLine runs the rules on a property of one line.
func mendLine(entry string, keys []string, o Options, invalid bool) (now, rule string) {
	n := keyEnd([]byte(entry))
	if n == 0 {
		return entry, ""
	}
	key, val := entry[:n-1], strings.Trim(entry[n:], " \t")
	apply := func(id string, changed bool) bool {
		if changed = changed && o.runs(id); changed {
			rule = id
		}
		return changed
	}
	rest := entry[n:]
	if _, err := parseYAML([]byte(entry)); err != nil {
		if invalid && apply(RuleBroken, val != "" && !strings.ContainsAny(val[:1], "|>&*!")) {
			if s, err := quoted(strings.Trim(val, "\"'")); err == nil {
				rest = " " + s
			}
		}
	} else if apply(RuleMisread, misread.MatchString(val)) {
		if s, err := quoted(val); err == nil {
			rest = " " + s
		}
	}
	if apply(RulePlural, !slices.Contains(keys, plural(key))) {
		key = plural(key)
	}
	return mendList(key, rest, apply), rule
}

// mendList makes the value of a key that Obsidian wants as a list one.
func mendList(key, rest string, apply func(string, bool) bool) string {
	line := key + ":" + rest
	root, err := parseYAML([]byte(line))
	if err != nil || root == nil || comment([]byte(rest)) >= 0 || strings.ContainsAny(rest, "&*!") ||
		key != "tags" && key != "aliases" && key != "cssclasses" {
		return line
	}
	v := value(root.Content[1])
	items := v.Items
	switch {
	case v.Kind == Empty || v.Kind == Other || v.Kind == List && key != "tags":
		return line
	case v.Kind == List:
	case !apply(RuleList, strings.TrimSpace(v.Text) != ""):
		return line
	case key == "tags":
		items = strings.FieldsFunc(v.Text, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
	default:
		items = []string{v.Text}
	}
	if key == "tags" {
		legal := slices.Clone(items)
		for i := range legal {
			legal[i] = legalTag(legal[i])
		}
		legal = slices.DeleteFunc(legal, func(s string) bool { return s == "" })
		if apply(RuleTags, !slices.Equal(legal, items)) {
			items = legal
		} else if v.Kind == List {
			return line
		}
	}
	written, err := writeValue(ListValue(items...), "\n")
	if err != nil {
		return line
	}
	return key + ":" + written
}

// plural returns what Obsidian calls the property now, if it was renamed.
func plural(key string) string {
	switch key {
	case "tag":
		return "tags"
	case "alias":
		return "aliases"
	case "cssclass":
		return "cssclasses"
	}
	return key
}

// misread matches plain values that YAML or Obsidian takes for something else.
var misread = regexp.MustCompile(`^(\[\[[^\[\]]+\]\]|0\d+|\d{16,}|\d+(:\d\d)+)$`)

// quoted writes s in quotes, also where it could go without.
func quoted(s string) (string, error) {
	out, err := scalar(s)
	if err == nil && !strings.HasPrefix(out, `"`) {
		out = `"` + out + `"` // plain text has neither quotes nor backslashes
	}
	return out, err
}

// legalTag returns the tag as Obsidian allows it: letters, digits, "_", "-" and
// "/", not only digits. Spaces become "-".
func legalTag(tag string) string {
	letters := false
	tag = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return '-'
		case unicode.IsDigit(r):
			return r
		case unicode.IsLetter(r) || unicode.IsMark(r) || r == '_' || r == '-' || r == '/' || unicode.Is(unicode.So, r):
			letters = true
			return r
		}
		return -1
	}, strings.TrimSpace(tag))
	if tag != "" && !letters {
		return "_" + tag
	}
	return tag
}
