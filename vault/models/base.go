package models

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"
)

// A base is a file of views over notes, in the form of Obsidian's Bases.
type base struct {
	Filters *condition `yaml:"filters,omitempty"`
	Views   []baseView `yaml:"views"`
}

type condition struct {
	And []string `yaml:"and"`
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

// Base returns the views over the notes about models: all of them, by
// organization, the largest, the newest, and those that sources disagree on.
// It depends on the schema alone, so a person's changes to the file last.
func Base(s Schema) ([]byte, error) {
	columns := append([]string{"file.name"}, present(s, "organization", "parameters", "active_parameters", "training_tokens",
		"context_length", "architecture", "license", "release_date")...)
	all := base{
		Filters: &condition{And: []string{fmt.Sprintf("file.inFolder(%q)", s.folder()), `file.ext == "md"`}},
		Views:   []baseView{{Type: "table", Name: "All", Order: columns}},
	}
	if len(present(s, "organization")) > 0 {
		all.Views = append(all.Views, baseView{Type: "table", Name: "By organization", GroupBy: &ordering{"organization", "ASC"}, Order: columns})
	}
	for _, v := range []struct{ name, property string }{{"Largest", "parameters"}, {"Newest", "release_date"}} {
		if len(present(s, v.property)) == 0 {
			continue
		}
		all.Views = append(all.Views, baseView{
			Type: "table", Name: v.name, Order: columns, Sort: []ordering{{v.property, "DESC"}},
			Filters: &condition{And: []string{"!" + v.property + ".isEmpty()"}},
		})
	}
	all.Views = append(all.Views, baseView{
		Type: "table", Name: "Disputed", Order: append([]string{"file.name", "disputed"}, columns[1:]...),
		Filters: &condition{And: []string{"!disputed.isEmpty()"}},
	})
	out, err := yaml.Dump(all, yaml.WithIndent(2))
	if err != nil {
		return nil, fmt.Errorf("models: views: %w", err)
	}
	return out, nil
}

// present returns those of the attributes that the schema has.
func present(s Schema, attributes ...string) []string {
	var have []string
	for _, a := range attributes {
		if slices.Contains(s.Order, a) {
			have = append(have, a)
		}
	}
	return have
}
