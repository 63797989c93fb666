package packs

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"go.yaml.in/yaml/v4"

	"github.com/clipmend/clipmend/internal/lazyregexp"
)

// A node of a merged pack says in its line which file it is from: the number of
// the file stands above fileShift. No file has so many lines, by MaxSize.
const fileShift = 23

// place tells the file and the line of a node.
func place(line int, files []string) (string, int) {
	if n := line >> fileShift; n < len(files) {
		return files[n], line & (1<<fileShift - 1)
	}
	return "", line
}

// lineOf finds the place in the YAML library's messages.
var lineOf = lazyregexp.New(`line (\d+):? ?`)

// yamlError puts the first place that the YAML library names in front.
func yamlError(err error, files []string) error {
	var e *Error
	if errors.As(err, &e) {
		if e.File == "" {
			e.File, e.Line = place(e.Line, files)
		}
		return e
	}
	text := err.Error()
	at := lineOf.FindStringSubmatchIndex(text)
	if at == nil {
		return &Error{File: files[0], Err: err}
	}
	line, _ := strconv.Atoi(text[at[2]:at[3]])
	e = &Error{Err: errors.New(text[at[1]:])}
	e.File, e.Line = place(line, files)
	return e
}

// maxAliased bounds the nodes that the aliases of a file stand for.
const maxAliased = 100_000

// expand returns the document's content with each alias replaced by what it
// stands for. An alias within its own anchor is an error, as is a key that
// stands twice in a mapping.
func expand(doc *yaml.Node) (*yaml.Node, error) {
	if doc.Kind != yaml.DocumentNode || len(doc.Content) != 1 {
		return nil, &Error{Err: errors.New("no pack")}
	}
	x := expander{open: map[*yaml.Node]bool{}}
	root, err := x.node(doc.Content[0], false)
	if err == nil && root.Kind != yaml.MappingNode {
		err = &Error{Line: root.Line, Err: errors.New("a pack is `KEY: VALUE`")}
	}
	return root, err
}

type expander struct {
	open    map[*yaml.Node]bool // the nodes around the present one
	aliased int
}

func (x *expander) node(n *yaml.Node, aliased bool) (*yaml.Node, error) {
	if aliased {
		if x.aliased++; x.aliased > maxAliased {
			return nil, &Error{Line: n.Line, Err: errors.New("aliases make the pack too large")}
		}
	}
	if n.Kind == yaml.AliasNode {
		if x.open[n.Alias] {
			return nil, &Error{Line: n.Line, Err: fmt.Errorf("*%s stands within &%s: a cycle", n.Value, n.Value)}
		}
		return x.node(n.Alias, true)
	}
	if n.Kind == yaml.MappingNode {
		if err := uniqueKeys(n); err != nil {
			return nil, err
		}
	}
	x.open[n] = true
	defer delete(x.open, n)
	out := *n
	out.Anchor, out.Content = "", nil
	for _, c := range n.Content {
		child, err := x.node(c, aliased)
		if err != nil {
			return nil, err
		}
		out.Content = append(out.Content, child)
	}
	return &out, nil
}

// uniqueKeys is what the YAML library checks too, in time that grows with the
// square of the keys.
func uniqueKeys(n *yaml.Node) error {
	seen := make(map[string]bool, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if key.Kind != yaml.ScalarNode {
			return &Error{Line: key.Line, Err: errors.New("a key is text")}
		}
		if seen[key.Value] {
			return &Error{Line: key.Line, Err: fmt.Errorf("%q stands twice", key.Value)}
		}
		seen[key.Value] = true
	}
	return nil
}

// strict are the options with which nodes are decoded.
var strict = yaml.Options(yaml.WithKnownFields(), yaml.WithUniqueKeys(false))

// value returns the key and the value of a mapping's entry, nil if it has none.
func value(n *yaml.Node, key string) (k, v *yaml.Node) {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil, nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i], n.Content[i+1]
		}
	}
	return nil, nil
}

// fail returns an error with the place of the entry that the keys lead to, or
// of the last on the way that is there.
func (p *Pack) fail(err error, keys ...string) error {
	n, line := p.root, 1
	for _, key := range keys {
		k, v := value(n, key)
		if k == nil {
			break
		}
		if n, line = v, k.Line; v.Kind == yaml.ScalarNode && v.Line > 0 {
			line = v.Line // a merged pack has the key of one file and the value of another
		}
	}
	e := &Error{Err: err}
	e.File, e.Line = place(line, p.files)
	return e
}

// UnmarshalYAML reads a phrase or a list of them, with their lines. Of a list
// that changes another it reads what is added.
func (p *Phrases) UnmarshalYAML(n *yaml.Node) error {
	switch n.Kind {
	case yaml.ScalarNode:
		*p = Phrases{{Text: n.Value, Line: n.Line}}
		return nil
	case yaml.SequenceNode:
		for _, c := range n.Content {
			if c.Kind != yaml.ScalarNode {
				return &Error{Line: c.Line, Err: errors.New("a phrase is text")}
			}
			*p = append(*p, Phrase{Text: c.Value, Line: c.Line})
		}
		return nil
	}
	var c change
	if err := n.Load(&c, strict); err != nil {
		return &Error{Line: n.Line, Err: errors.New("phrases are a list, or {add, remove, only}")}
	}
	*p = append(c.Add, c.Only...)
	return nil
}

// UnmarshalYAML reads [min, max].
func (r *Range) UnmarshalYAML(n *yaml.Node) error {
	var ends []float64
	if err := n.Decode(&ends); err != nil {
		return &Error{Line: n.Line, Err: fmt.Errorf("range: %w", err)}
	}
	if len(ends) != 2 || !(ends[0] <= ends[1]) || math.IsInf(ends[0], 0) || math.IsInf(ends[1], 0) {
		return &Error{Line: n.Line, Err: fmt.Errorf("range: %v is not [min, max]", ends)}
	}
	r.Min, r.Max = ends[0], ends[1]
	return nil
}

// UnmarshalYAML reads an example with its line.
func (e *Example) UnmarshalYAML(n *yaml.Node) error {
	type plain Example
	if err := n.Load((*plain)(e), strict); err != nil {
		return err
	}
	e.Line = n.Line
	return nil
}
