package frontmatter

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/clipmend/clipmend/internal/lazyregexp"
	"github.com/clipmend/clipmend/normalize/repair"
)

// The names of the rules of Mend.
const (
	RuleBroken  = "property-broken-line"
	RuleMisread = "property-misread"
	RulePlural  = "property-plural"
	RuleList    = "property-list"
	RuleTags    = "property-tags"
	RuleDate    = "property-date"
	RuleTabs    = "property-tabs"
)

// A Rule is one way in which Mend changes properties.
type Rule struct{ ID, Why string }

// Rules returns the rules in the order in which they run.
func Rules() []Rule {
	return []Rule{
		{RuleTabs, "tabs before a line, which YAML forbids, become spaces"},
		{RuleBroken, "a line that is no YAML, such as \"title: a: b\", is put in quotes"},
		{RuleMisread, "[[links]], leading zeros, long numbers and 1:30 are put in quotes, so that they stay text"},
		{RulePlural, "tag, alias and cssclass become tags, aliases and cssclasses, as Obsidian names them"},
		{RuleDate, "dates that can mean but one day are written year first, as Obsidian wants them"},
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
	m := mender{block: block, o: o, invalid: invalid != nil}
	for l := range bytes.Lines(block) {
		if n := keyEnd(l); n > 0 {
			m.keys = append(m.keys, string(l[:n-1]))
		}
	}
	var edits []repair.Edit
	at := b.Text.Start
	for l := range bytes.Lines(block) {
		start := at
		at += len(l)
		entry := string(bytes.TrimRight(l, "\r\n"))
		if now := m.line(entry, at-b.Text.Start); now != entry {
			now = strings.ReplaceAll(now, "\n", b.EOL)
			edits = append(edits, repair.Edit{Rule: m.rule, Span: repair.Span{Start: start, End: start + len(entry)}, Now: now, Confidence: 0.95})
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

// A mender mends a block line by line.
type mender struct {
	block   []byte
	keys    []string
	o       Options
	invalid bool   // the block is no YAML as it is
	list    string // the key whose items the lines are, "" if they are none
	rule    string // the last that changed the line
}

// apply notes that a rule would change the line; it says whether it may.
func (m *mender) apply(rule string, changes bool) bool {
	if changes = changes && m.o.runs(rule); changes {
		m.rule = rule
	}
	return changes
}

// maxLine is the longest line, in bytes, that is mended: no person's property
// is longer, and mending makes it grow.
const maxLine = 8 << 10

var listItem = lazyregexp.New(`^(\s*-[ \t]+)(\S.*?)[ \t]*$`)

// line returns a line of the block as it should be. The next begins at next.
func (m *mender) line(entry string, next int) string {
	if len(entry) > maxLine {
		m.list = ""
		return entry
	}
	text := strings.TrimLeft(entry, " \t")
	if indent := entry[:len(entry)-len(text)]; m.apply(RuleTabs, m.invalid && text != "" && strings.Contains(indent, "\t")) {
		entry = strings.ReplaceAll(indent, "\t", "  ") + text
	}
	n := keyEnd([]byte(entry))
	item := listItem.FindStringSubmatch(entry)
	switch {
	case n > 0 && m.alone(next):
		m.list = ""
		return m.property(entry, n)
	case n > 0:
		m.list = ""
		if val := strings.TrimSpace(entry[n:]); val == "" || val[0] == '#' {
			m.list = entry[:n-1]
		}
		if key := entry[:n-1]; m.apply(RulePlural, !slices.Contains(m.keys, plural(key))) {
			m.list = plural(m.list)
			return plural(key) + entry[n-1:]
		}
	case text == "" || text[0] == '#':
	case item != nil && m.list != "" && m.ends(next):
		return item[1] + m.item(item[2])
	default:
		m.list = ""
	}
	return entry
}

// alone says whether the line that ends at next has no lines that belong to it.
func (m *mender) alone(next int) bool {
	rest := bytes.TrimLeft(m.block[next:], "\r\n")
	return len(rest) == 0 || rest[0] == '#' || keyEnd(rest) > 0
}

// ends says whether the item whose line ends at next does not go on in the next.
func (m *mender) ends(next int) bool {
	first, _, _ := bytes.Cut(m.block[next:], []byte("\n"))
	return m.alone(next) || listItem.Match(bytes.TrimRight(first, "\r"))
}

// property runs the rules on a property of one line, whose key with its colon
// has n bytes.
func (m *mender) property(entry string, n int) string {
	key, val, rest := entry[:n-1], strings.Trim(entry[n:], " \t"), entry[n:]
	if now := m.value(entry, val); now != val {
		rest = " " + now
	}
	if m.apply(RulePlural, !slices.Contains(m.keys, plural(key))) {
		key = plural(key)
	}
	if isDateKey(key) {
		rest = m.date(key, rest)
	}
	return m.asList(key, rest)
}

// value puts in quotes what is no YAML or would be misread. The whole is the
// line that the value stands in.
func (m *mender) value(whole, val string) string {
	rule := RuleMisread
	text := val
	if _, err := parseYAML([]byte(whole)); err != nil {
		if !m.invalid || val == "" || strings.ContainsAny(val[:1], "|>&*!") {
			return val
		}
		rule, text = RuleBroken, strings.Trim(val, "\"'")
	} else if !misread.MatchString(val) {
		return val
	}
	if s, err := quoted(text); err == nil && m.apply(rule, true) {
		return s
	}
	return val
}

// item runs the rules on the value of a list's item.
func (m *mender) item(val string) string {
	val = m.value("k: "+val, val)
	root, err := parseYAML([]byte("k: " + val))
	if err != nil || root == nil || m.list != "tags" || comment([]byte(" "+val)) >= 0 || strings.ContainsAny(val[:1], "&*!|>") {
		return val
	}
	v := value(root.Content[1])
	if v.Kind == Empty || v.Kind == List || v.Kind == Other {
		return val
	}
	tag := legalTag(v.Text)
	if s, err := scalar(tag); err == nil && m.apply(RuleTags, tag != "" && tag != v.Text) {
		return s
	}
	return val
}

// date writes the value of a date with the year first.
func (m *mender) date(key, rest string) string {
	root, err := parseYAML([]byte(key + ":" + rest))
	if err != nil || root == nil || comment([]byte(rest)) >= 0 || strings.ContainsAny(rest, "&*!") {
		return rest
	}
	v := value(root.Content[1])
	if iso := isoOf(v.Text); m.apply(RuleDate, v.Kind == Text && iso != "") {
		return " " + iso
	}
	return rest
}

// asList makes the value of a key that Obsidian wants as a list one.
func (m *mender) asList(key, rest string) string {
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
	case !m.apply(RuleList, strings.TrimSpace(v.Text) != ""):
		return line
	case key == "tags":
		items = strings.FieldsFunc(v.Text, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
	default:
		items = []string{v.Text}
	}
	if key == "tags" {
		legal := legalTags(items)
		changes := m.apply(RuleTags, !slices.Equal(legal, items))
		if v.Kind == List && !changes {
			return line
		}
		if now, ok := inFlow(rest, items, legal); ok {
			return key + ":" + now
		}
		if changes {
			items = taggable(legal)
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
var misread = lazyregexp.New(`^(\[\[[^\[\]]+\]\]|0\d+|\d{16,}|\d+(:\d\d)+)$`)

// quoted writes s in quotes, also where it could go without.
func quoted(s string) (string, error) {
	out, err := scalar(s)
	if err == nil && !strings.HasPrefix(out, `"`) {
		out = `"` + out + `"` // plain text has neither quotes nor backslashes
	}
	return out, err
}
