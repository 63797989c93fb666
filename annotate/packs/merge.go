package packs

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// change is a list of phrases that changes another.
type change struct {
	Add    Phrases `yaml:"add"`
	Remove Phrases `yaml:"remove"`
	Only   Phrases `yaml:"only"`
}

// Merge returns the pack that base becomes by what over says. Neither is
// changed.
//
//   - What is one value (a type, a unit, a range, a flag, the factor of a word)
//     takes the place of base's.
//   - Phrases and examples are added to base's. {add: …, remove: …} also takes
//     phrases away, as base writes them; {only: …} takes the place of all.
//   - Attributes, units, names, terms and relations are joined by name. A name
//     with the value null (~) is taken away.
//
// What is taken away must be there. The result is checked as a whole.
func Merge(base, over *Pack) (*Pack, error) {
	files := slices.Concat(base.files, over.files)
	shifted := shift(over.root, len(base.files))
	root, err := merge(reflect.TypeFor[Pack](), base.root, shifted, "")
	if err != nil {
		return nil, yamlError(err, files)
	}
	p, err := decode(root, files)
	if err != nil {
		return nil, err
	}
	p.Extends = ""
	return p, check(p)
}

// shift returns a copy of n whose lines are those of a later file.
func shift(n *yaml.Node, files int) *yaml.Node {
	out := *n
	out.Line += files << fileShift
	out.Content = make([]*yaml.Node, len(n.Content))
	for i, c := range n.Content {
		out.Content[i] = shift(c, files)
	}
	return &out
}

var (
	phrasesType  = reflect.TypeFor[Phrases]()
	examplesType = reflect.TypeFor[[]Example]()
)

// merge joins two values of the type t; path names them in errors.
func merge(t reflect.Type, base, over *yaml.Node, path string) (*yaml.Node, error) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case isNull(base):
		return over, whole(t, over)
	case t == phrasesType:
		return mergePhrases(base, over, path)
	case t == examplesType && base.Kind == yaml.SequenceNode && over.Kind == yaml.SequenceNode:
		return withContent(base, slices.Concat(base.Content, over.Content)), nil
	case t.Kind() != reflect.Map && (t.Kind() != reflect.Struct || t == reflect.TypeFor[Range]()):
		return over, nil
	case base.Kind != yaml.MappingNode || over.Kind != yaml.MappingNode:
		return over, nil
	}
	content := slices.Clone(base.Content)
	at := make(map[string]int, len(content)/2) // of the value, −1 once it is taken away
	for i := 0; i+1 < len(content); i += 2 {
		at[content[i].Value] = i + 1
	}
	for i := 0; i+1 < len(over.Content); i += 2 {
		key, value := over.Content[i], over.Content[i+1]
		inner := strings.TrimPrefix(path+"."+key.Value, ".")
		j, there := at[key.Value]
		switch {
		case isNull(value) && !there:
			return nil, &Error{Line: key.Line, Err: fmt.Errorf("%s: there is nothing to take away", inner)}
		case isNull(value):
			content[j-1], content[j] = nil, nil
		case !there:
			if err := whole(elem(t, key.Value), value); err != nil {
				return nil, err
			}
			content = append(content, key, value)
		default:
			merged, err := merge(elem(t, key.Value), content[j], value, inner)
			if err != nil {
				return nil, err
			}
			content[j] = merged
		}
	}
	return withContent(base, slices.DeleteFunc(content, func(n *yaml.Node) bool { return n == nil })), nil
}

// elem returns the type of what stands under a key.
func elem(t reflect.Type, key string) reflect.Type {
	if t.Kind() == reflect.Map {
		return t.Elem()
	}
	for field := range t.Fields() {
		if field.Tag.Get("yaml") == key {
			return field.Type
		}
	}
	return reflect.TypeFor[any]() // the decoder has refused it already
}

// whole reports a list under n, of the type t, that changes another: it stands
// where there is none to change.
func whole(t reflect.Type, n *yaml.Node) error {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case n.Kind != yaml.MappingNode:
		return nil
	case t == phrasesType:
		return &Error{Line: n.Line, Err: errPartial}
	case t.Kind() != reflect.Map && t.Kind() != reflect.Struct:
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if err := whole(elem(t, n.Content[i].Value), n.Content[i+1]); err != nil {
			return err
		}
	}
	return nil
}

func mergePhrases(base, over *yaml.Node, path string) (*yaml.Node, error) {
	list, added := elements(base), elements(over)
	if over.Kind == yaml.MappingNode {
		added = items(over, "add")
		if _, only := value(over, "only"); only != nil {
			list = elements(only)
		}
		for _, gone := range items(over, "remove") {
			at := slices.IndexFunc(list, func(n *yaml.Node) bool { return n.Value == gone.Value })
			if at < 0 {
				return nil, &Error{Line: gone.Line, Err: fmt.Errorf("%s: %q is not there to be taken away", path, gone.Value)}
			}
			list = slices.Delete(slices.Clone(list), at, at+1)
		}
	}
	out := withContent(base, slices.Concat(list, added))
	out.Kind, out.Tag, out.Value = yaml.SequenceNode, "!!seq", ""
	return out, nil
}

// elements returns the phrases of a node that is one or a list.
func elements(n *yaml.Node) []*yaml.Node {
	switch n.Kind {
	case yaml.ScalarNode:
		return []*yaml.Node{n}
	case yaml.SequenceNode:
		return n.Content
	}
	return nil
}

func items(n *yaml.Node, key string) []*yaml.Node {
	if _, v := value(n, key); v != nil {
		return elements(v)
	}
	return nil
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

func withContent(n *yaml.Node, content []*yaml.Node) *yaml.Node {
	out := *n
	out.Content = content
	return &out
}

// errPartial is what a list that changes another is in a pack that adds to none.
var errPartial = errors.New("add, remove and only change a list of another pack, and there is none to change")
