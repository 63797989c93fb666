package frontmatter

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"

	yaml "go.yaml.in/yaml/v4"

	"github.com/clipmend/clipmend/internal/lazyregexp"
	"github.com/clipmend/clipmend/normalize/repair"
)

// A Kind says what a property's value is.
type Kind uint8

// The kinds of value.
const (
	Empty Kind = iota
	Text
	Number
	Bool
	Date
	List
	Other // a map, or a list of more than scalars; read but not written
)

// A Value is what a property says, as it is written.
type Value struct {
	Kind  Kind
	Text  string   // of all but lists
	Items []string // of a list
}

// TextValue returns a value of text; "" is a text, not an empty value.
func TextValue(s string) Value { return Value{Kind: Text, Text: s} }

// ListValue returns a list of texts.
func ListValue(items ...string) Value { return Value{Kind: List, Items: items} }

// A Property is a key with its value.
type Property struct {
	Key   string
	Value Value
	Span  repair.Span // its lines in the text, with the last one's ending; comments before it are not in it
}

// A Doc is a text with its properties in order.
type Doc struct {
	Block
	Properties []Property
}

// Get returns the property with the key, whose case counts.
func (d *Doc) Get(key string) (Property, bool) {
	i := slices.IndexFunc(d.Properties, func(p Property) bool { return p.Key == key })
	if i < 0 {
		return Property{}, false
	}
	return d.Properties[i], true
}

// Keys returns the keys in order.
func (d *Doc) Keys() []string {
	var keys []string
	for _, p := range d.Properties {
		keys = append(keys, p.Key)
	}
	return keys
}

// Parse reads the properties of text. Without a YAML block it returns a Doc
// that has none.
func Parse(text []byte) (*Doc, error) {
	b, err := Split(text)
	if err != nil {
		return nil, err
	}
	d := &Doc{Block: b}
	if b.Format != YAML {
		return d, nil
	}
	block := text[b.Text.Start:b.Text.End]
	root, err := parseYAML(block)
	if err != nil || root == nil {
		return d, err
	}
	d.Properties, err = properties(block, root, b.Text.Start)
	return d, err
}

// parseYAML returns the mapping that the block is, nil for an empty one.
func parseYAML(block []byte) (root *yaml.Node, err error) {
	if err := guard(block); err != nil {
		return nil, err
	}
	defer func() { // the library panics on some broken input
		if r := recover(); r != nil {
			root, err = nil, fmt.Errorf("frontmatter: %w: %q", ErrBroken, fmt.Sprint(r))
		}
	}()
	var doc yaml.Node
	if err := yaml.Unmarshal(block, &doc); err != nil {
		return nil, broken(err)
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	root = doc.Content[0]
	if root.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("frontmatter: line %d: %w: not a list of keys", root.Line+1, ErrBroken)
	}
	return root, nil
}

// broken says in one line what the library found wrong, and where in the note:
// its lines are counted from the one that opens the block.
func broken(err error) error {
	e, ok := errors.AsType[*yaml.LoadError](err)
	if !ok {
		return fmt.Errorf("frontmatter: %w: %q", ErrBroken, err)
	}
	line, what := e.Mark.Line, e.Message
	if e.ContextMark.Line > 0 { // where the quote or list begins that has no end
		line, what = e.ContextMark.Line, e.ContextMsg+", "+what
	}
	if line == 0 {
		return fmt.Errorf("frontmatter: %w: %s", ErrBroken, what)
	}
	return fmt.Errorf("frontmatter: line %d: %w: %s", line+1, ErrBroken, what)
}

// guard refuses a block that is too big or too deep to parse.
func guard(block []byte) error {
	if len(block) > MaxBytes {
		return fmt.Errorf("frontmatter: %d bytes, at most %d are read: %w", len(block), MaxBytes, ErrTooBig)
	}
	depth, keys, n := 0, 0, -1
	for l := range bytes.Lines(block) {
		n++
		indent, dashes := len(l)-len(bytes.TrimLeft(l, " ")), bytes.Count(l, []byte("- "))+bytes.Count(l, []byte("? "))
		if indent > 4*MaxDepth || dashes > MaxDepth && bytes.HasPrefix(bytes.TrimLeft(l, " "), []byte("- -")) {
			return fmt.Errorf("frontmatter: line %d: nested deeper than %d: %w", n+2, MaxDepth, ErrTooBig)
		}
		keys += bytes.Count(l, []byte(": ")) + bytes.Count(l, []byte(":\n")) + bytes.Count(l, []byte(":\r\n"))
		depth += bytes.Count(l, []byte("[")) + bytes.Count(l, []byte("{"))
		if depth > MaxDepth {
			depth -= bytes.Count(l, []byte("]")) + bytes.Count(l, []byte("}"))
			if depth > MaxDepth {
				return fmt.Errorf("frontmatter: line %d: nested deeper than %d: %w", n+2, MaxDepth, ErrTooBig)
			}
			continue
		}
		depth = max(0, depth-bytes.Count(l, []byte("]"))-bytes.Count(l, []byte("}")))
	}
	if keys > MaxKeys {
		return fmt.Errorf("frontmatter: %d keys, at most %d are read: %w", keys, MaxKeys, ErrTooBig)
	}
	return nil
}

// properties pairs the keys of the mapping with their lines. Keys that do not
// stand at the beginning of a line cannot be edited.
func properties(block []byte, root *yaml.Node, base int) ([]Property, error) {
	starts := []int{0}
	for i, b := range block {
		if b == '\n' {
			starts = append(starts, i+1)
		}
	}
	var props []Property
	seen := map[string]bool{}
	for i := 0; i+1 < len(root.Content); i += 2 {
		k, v := root.Content[i], root.Content[i+1]
		if k.Kind != yaml.ScalarNode || k.Column != 1 || k.Line < 1 || k.Line > len(starts) {
			return nil, fmt.Errorf("frontmatter: line %d: %w", k.Line+1, ErrUnsafe)
		}
		if seen[k.Value] {
			return nil, fmt.Errorf("frontmatter: line %d: %q: %w", k.Line+1, k.Value, ErrDuplicate)
		}
		seen[k.Value] = true
		at := base + starts[k.Line-1]
		props = append(props, Property{Key: k.Value, Value: value(v), Span: repair.Span{Start: at}})
	}
	for i := range props {
		end := base + len(block)
		if i+1 < len(props) {
			end = props[i+1].Span.Start
		}
		if end <= props[i].Span.Start {
			return nil, fmt.Errorf("frontmatter: %q: %w", props[i].Key, ErrUnsafe)
		}
		props[i].Span.End = props[i].Span.Start + ownLines(block[props[i].Span.Start-base:end-base])
	}
	return props, nil
}

// ownLines returns the length of the property's lines, without the blank lines
// and comments at their end, which belong to what follows.
func ownLines(lines []byte) int {
	end, at := 0, 0
	for l := range bytes.Lines(lines) {
		at += len(l)
		if text := bytes.TrimSpace(l); len(text) > 0 && l[0] != '#' {
			end = at
		}
	}
	return end
}

var isoDate = lazyregexp.New(`^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$`)

func value(n *yaml.Node) Value {
	switch n.Kind {
	case yaml.ScalarNode:
		plain := n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0
		v := Value{Kind: Text, Text: n.Value}
		switch {
		case !plain:
		case n.Tag == "!!null":
			v.Kind = Empty
		case n.Tag == "!!int" || n.Tag == "!!float":
			v.Kind = Number
		case n.Tag == "!!bool":
			v.Kind = Bool
		case isoDate.MatchString(n.Value):
			v.Kind = Date
		}
		return v
	case yaml.SequenceNode:
		v := Value{Kind: List, Items: []string{}}
		for _, c := range n.Content {
			if c.Kind != yaml.ScalarNode {
				return Value{Kind: Other, Text: describe(n)}
			}
			v.Items = append(v.Items, c.Value)
		}
		return v
	}
	return Value{Kind: Other, Text: describe(n)}
}

// describe writes the structure of a node, to be compared.
func describe(n *yaml.Node) string { return string(appendNode(nil, n)) }

func appendNode(out []byte, n *yaml.Node) []byte {
	out = append(strconv.AppendUint(out, uint64(n.Kind), 10), n.Tag...)
	out = strconv.AppendQuote(strconv.AppendQuote(out, n.Anchor), n.Value)
	out = append(out, '(')
	for _, c := range n.Content {
		out = appendNode(out, c)
	}
	return append(out, ')')
}

// keyEnd returns the length of the key at the beginning of a line, with its
// colon, or 0. The colon is followed by white space or nothing.
func keyEnd(l []byte) int {
	i := 0
	if len(l) > 0 && (l[0] == '"' || l[0] == '\'') {
		n := bytes.IndexByte(l[1:], l[0])
		if n < 0 {
			return 0
		}
		i = n + 2
		if i < len(l) && l[i] == ':' {
			return i + 1
		}
		return 0
	}
	if len(l) == 0 || bytes.IndexByte([]byte(" \t-#[]{},&*!|>%@`\r\n"), l[0]) >= 0 {
		return 0
	}
	for ; i < len(l); i++ {
		if l[i] == ':' && (i+1 == len(l) || bytes.IndexByte([]byte(" \t\r\n"), l[i+1]) >= 0) {
			return i + 1
		}
	}
	return 0
}

var looseKeyPattern = lazyregexp.New(`^[A-Za-z_][A-Za-z0-9_-]*:[^ \t\r\n/]`)

// looseKey is keyEnd for "key:value", where the space is missing.
func looseKey(l []byte) int {
	if m := looseKeyPattern.FindIndex(l); m != nil {
		return m[1] - 1
	}
	return 0
}
