package frontmatter

import (
	"bytes"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/internal/lazyregexp"
	"github.com/clipmend/clipmend/normalize/repair"
)

// lists writes lists in the style, each item as it was where that is possible.
func (s Style) lists(text []byte, d *Doc) ([]repair.Edit, []Property) {
	var edits []repair.Edit
	for _, p := range d.Properties {
		entry := text[p.Span.Start:p.Span.End]
		n := keyEnd(entry)
		if s.Lists == "" || p.Value.Kind != List || len(p.Value.Items) == 0 || n == 0 {
			continue
		}
		raw, style := rawItems(entry[n:])
		if style == "" || style == s.Lists || len(raw) != len(p.Value.Items) {
			continue
		}
		end := p.Span.Start + len(bytes.TrimRight(entry, "\r\n"))
		edits = append(edits, repair.Edit{Span: repair.Span{Start: p.Span.Start + n, End: end}, Now: writeItems(raw, p.Value.Items, s.Lists, d.EOL)})
	}
	return edits, d.Properties
}

var (
	blockItem = lazyregexp.New(`^[ ]*-[ ]+(\S.*?)[ \t]*$`)
	// flowHostile matches what ends an item in a list of one line.
	flowHostile = lazyregexp.New(`[,\[\]{}]|: |:$`)
)

// rawItems returns the items of a list as they are written, and how; "" for one
// that has comments or more than plain items.
func rawItems(value []byte) ([]string, ListStyle) {
	text := strings.TrimRight(string(value), " \t\r\n")
	if line := strings.TrimLeft(text, " "); strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") && !strings.ContainsAny(line, "\n#&*!{") {
		return splitFlow(line[1 : len(line)-1]), FlowList
	}
	lines := strings.Split(text, "\n")
	if strings.TrimSpace(lines[0]) != "" || len(lines) < 2 {
		return nil, ""
	}
	var items []string
	for _, line := range lines[1:] {
		m := blockItem.FindStringSubmatch(strings.TrimRight(line, "\r"))
		if m == nil || comment([]byte(" "+m[1])) >= 0 || strings.ContainsAny(m[1][:1], "&*!|>[{-?#") {
			return nil, ""
		}
		items = append(items, m[1])
	}
	return items, BlockList
}

// splitFlow splits the items of a list of one line.
func splitFlow(line string) []string {
	var items []string
	for _, span := range flowSpans(line) {
		items = append(items, line[span.Start:span.End])
	}
	return items
}

// flowSpans says where the items of a list of one line are.
func flowSpans(line string) []repair.Span {
	var spans []repair.Span
	quote, start := byte(0), 0
	end := func(at int) {
		if item := strings.TrimSpace(line[start:at]); item != "" {
			start += strings.Index(line[start:at], item)
			spans = append(spans, repair.Span{Start: start, End: start + len(item)})
		}
		start = at + 1
	}
	for i := range len(line) {
		switch c := line[i]; {
		case quote != 0:
			if c == quote && (quote == '\'' || line[i-1] != '\\') {
				quote = 0
			}
		case (c == '"' || c == '\'') && strings.TrimSpace(line[start:i]) == "":
			quote = c
		case c == ',':
			end(i)
		}
	}
	end(len(line))
	return spans
}

// writeItems writes a list. An item that would end early is put in quotes.
func writeItems(raw, items []string, style ListStyle, eol string) string {
	if style == BlockList {
		var out strings.Builder
		for _, item := range raw {
			out.WriteString(eol + "  - " + item)
		}
		return out.String()
	}
	safe := slices.Clone(raw)
	for i, item := range safe {
		if item[0] != '"' && item[0] != '\'' && flowHostile.MatchString(item) {
			if now, err := scalar(items[i]); err == nil {
				safe[i] = now
			}
		}
	}
	return " [" + strings.Join(safe, ", ") + "]"
}

// quotes gives quoted values of one line, and items, the quotes of the style.
func (s Style) quotes(text []byte, d *Doc) ([]repair.Edit, []Property) {
	var edits []repair.Edit
	for _, p := range d.Properties {
		entry := text[p.Span.Start:p.Span.End]
		n := keyEnd(entry)
		if s.Quotes == "" || n == 0 || p.Value.Kind != Text && p.Value.Kind != List {
			continue
		}
		at := p.Span.Start + n
		if e, ok := s.flowQuotes(p, entry[n:], at); ok {
			edits = append(edits, e...)
			continue
		}
		for l := range bytes.Lines(entry[n:]) {
			if m := quotedValue.FindSubmatchIndex(l); m != nil {
				if now := s.requote(string(l[m[2]:m[3]])); now != "" {
					edits = append(edits, repair.Edit{Span: repair.Span{Start: at + m[2], End: at + m[3]}, Now: now})
				}
			}
			at += len(l)
		}
	}
	return edits, d.Properties
}

// flowQuotes is quotes for a list of one line, which begins at at; ok is false for
// what is none.
func (s Style) flowQuotes(p Property, value []byte, at int) (edits []repair.Edit, ok bool) {
	raw, style := rawItems(value)
	if style != FlowList || len(raw) != len(p.Value.Items) {
		return nil, false
	}
	changed := false
	for i, item := range raw {
		if item[0] != '"' && item[0] != '\'' {
			continue
		}
		if now := s.requote(item); now != "" {
			raw[i], changed = now, true
		}
	}
	if changed {
		end := at + len(bytes.TrimRight(value, "\r\n"))
		edits = []repair.Edit{{Span: repair.Span{Start: at, End: end}, Now: writeItems(raw, p.Value.Items, FlowList, "")}}
	}
	return edits, true
}

// quotedValue matches a value in quotes that is all of its line, but for a
// comment.
var quotedValue = lazyregexp.New(`^(?:[ ]*-)?[ ]+("(?:[^"\\\r\n]|\\.)*"|'(?:[^'\r\n]|'')*')[ \t]*(?:[ \t]#.*)?\r?\n?$`)

// requote returns a quoted scalar with the quotes of the style, "" to leave it.
func (s Style) requote(written string) string {
	root, err := parseYAML([]byte("k: " + written))
	if err != nil || root == nil {
		return ""
	}
	is := root.Content[1].Value
	switch now, err := scalar(is); {
	case err != nil:
		return ""
	case s.Quotes == NoQuotes && !strings.HasPrefix(now, `"`):
		return now
	case s.Quotes == DoubleQuotes && written[0] == '\'':
		if now, err = quoted(is); err == nil {
			return now
		}
	case s.Quotes == SingleQuotes && written[0] == '"' && !strings.ContainsRune(written, '\\'):
		return "'" + strings.ReplaceAll(is, "'", "''") + "'"
	}
	return ""
}
