package packs

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"go.yaml.in/yaml/v4"
)

// lineOf finds the place in the YAML library's messages.
var lineOf = regexp.MustCompile(`line (\d+):? ?`)

// yamlError puts the first place that the YAML library names in front.
func yamlError(err error, name string) error {
	var e *Error
	if errors.As(err, &e) {
		e.File = name
		return e
	}
	text := err.Error()
	at := lineOf.FindStringSubmatchIndex(text)
	if at == nil {
		return &Error{File: name, Err: err}
	}
	line, _ := strconv.Atoi(text[at[2]:at[3]])
	return &Error{File: name, Line: line, Err: errors.New(text[at[1]:])}
}

// UnmarshalYAML reads a phrase or a list of them, with their lines.
func (p *Phrases) UnmarshalYAML(n *yaml.Node) error {
	switch n.Kind {
	case yaml.ScalarNode:
		*p = Phrases{{n.Value, n.Line}}
		return nil
	case yaml.SequenceNode:
		for _, c := range n.Content {
			if c.Kind != yaml.ScalarNode {
				return &Error{Line: c.Line, Err: errors.New("a phrase is text")}
			}
			*p = append(*p, Phrase{c.Value, c.Line})
		}
		return nil
	}
	return &Error{Line: n.Line, Err: errors.New("phrases are a list")}
}

// UnmarshalYAML reads [min, max].
func (r *Range) UnmarshalYAML(n *yaml.Node) error {
	var ends []float64
	if err := n.Decode(&ends); err != nil {
		return &Error{Line: n.Line, Err: fmt.Errorf("range: %w", err)}
	}
	if len(ends) != 2 || !(ends[0] <= ends[1]) {
		return &Error{Line: n.Line, Err: fmt.Errorf("range: %v is not [min, max]", ends)}
	}
	r.Min, r.Max = ends[0], ends[1]
	return nil
}

// UnmarshalYAML reads an example with its line.
func (e *Example) UnmarshalYAML(n *yaml.Node) error {
	type plain Example
	if err := n.Decode((*plain)(e)); err != nil {
		return err
	}
	e.Line = n.Line
	return nil
}
