package models

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// A base is a file of views over notes, in the form of Obsidian's Bases.
type base struct {
	Filters    *condition             `yaml:"filters,omitempty"`
	Properties map[string]displayName `yaml:"properties,omitempty"`
	Views      []baseView             `yaml:"views"`
}

type condition struct {
	And []string `yaml:"and"`
}

type displayName struct {
	DisplayName string `yaml:"displayName"`
}

type baseView struct {
	Type    string     `yaml:"type"`
	Name    string     `yaml:"name"`
	Filters *condition `yaml:"filters,omitempty"`
	GroupBy *ordering  `yaml:"groupBy,omitempty"`
	Order   []string   `yaml:"order"` // the columns
	Sort    []ordering `yaml:"sort,omitempty"`
}

type ordering struct {
	Property  string `yaml:"property"`
	Direction string `yaml:"direction"`
}

// maxColumns bounds the columns of a view where the schema names none.
const maxColumns = 8

// Base returns the views over the notes of the schema's folder: all of them, in
// groups, the largest, the newest, and those that sources disagree on. It
// depends on the schema alone, so a person's changes to the file last.
func Base(s Schema) ([]byte, error) {
	attributes := s.Columns
	if len(attributes) == 0 {
		attributes = slices.DeleteFunc(slices.Clone(s.Order), func(a string) bool { return s.Tabled[a] })
		attributes = attributes[:min(len(attributes), maxColumns)]
	}
	columns := append([]string{"file.name"}, notes(attributes...)...)
	table := func(name string, order []string) baseView { return baseView{Type: "table", Name: name, Order: order} }
	all := base{
		Filters:    &condition{And: []string{fmt.Sprintf("file.inFolder(%q)", s.folder()), `file.ext == "md"`}},
		Properties: map[string]displayName{"file.name": {singular(s.folder())}},
		Views:      []baseView{table("All", columns)},
	}
	for _, a := range attributes {
		all.Properties["note."+a] = displayName{words(a)}
	}
	if s.Group != "" {
		v := table("By "+strings.ToLower(words(s.Group)), columns)
		v.GroupBy = &ordering{"note." + s.Group, "ASC"}
		all.Views = append(all.Views, v)
	}
	for _, by := range []struct{ name, property string }{{"Largest", s.Largest}, {"Newest", s.Newest}} {
		if by.property == "" {
			continue
		}
		v := table(by.name, columns)
		v.Sort = []ordering{{"note." + by.property, "DESC"}}
		v.Filters = &condition{And: []string{"!" + expression(by.property) + ".isEmpty()"}}
		all.Views = append(all.Views, v)
	}
	v := table("Disputed", slices.Insert(slices.Clone(columns), 1, "note.disputed"))
	v.Filters = &condition{And: []string{"!note.disputed.isEmpty()"}}
	all.Views = append(all.Views, v)
	out, err := yaml.Dump(all, yaml.WithIndent(2))
	if err != nil {
		return nil, fmt.Errorf("models: views: %w", err)
	}
	return out, nil
}

// notes names properties of notes as views do.
func notes(attributes ...string) []string {
	var out []string
	for _, a := range attributes {
		out = append(out, "note."+a)
	}
	return out
}

// expression names a property of notes in a filter, where a name that is no
// identifier would be read as a sum or a difference.
func expression(attribute string) string {
	for i, r := range attribute {
		if r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (i == 0 || r < '0' || r > '9') {
			return fmt.Sprintf("note[%q]", attribute)
		}
	}
	return "note." + attribute
}

// words writes an attribute for people: "Training tokens".
func words(attribute string) string {
	w := strings.ReplaceAll(attribute, "_", " ")
	if w == "" {
		return w
	}
	return strings.ToUpper(w[:1]) + w[1:]
}

// singular is what one note of a folder is called.
func singular(folder string) string { return strings.TrimSuffix(folder, "s") }
