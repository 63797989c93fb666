package models

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/normalize/frontmatter"
)

// Update returns the note of a model with the rows of the notes that a run
// touched: rows that name a touched note as their source are replaced by the
// new ones, all others stay. A nil existing makes a new note; aliases are other
// names of the model, for a new note only.
//
// Properties follow from the rows. One whose value is not what the old rows
// would have given is a person's, and stays. A new note without rows is nil.
func Update(existing []byte, aliases []string, rows []Row, touched func(note string) bool, s Schema) ([]byte, error) {
	if existing == nil {
		return create(aliases, sortRows(rows, s.Order), s)
	}
	before, old, after, found := splitTable(string(existing))
	kept := slices.DeleteFunc(slices.Clone(old), func(r Row) bool { return r.Target() != "" && touched(r.Target()) })
	merged := sortRows(append(kept, rows...), s.Order)

	text := []byte(before)
	if !found {
		text = append(text, separator(before)...)
	}
	text = appendTable(text, merged)
	if after == "" {
		after = "\n"
	}
	text = append(text, after...)
	return setProperties(text, propertiesOf(old, s), propertiesOf(merged, s))
}

func separator(before string) string {
	switch {
	case before == "" || strings.HasSuffix(before, "\n\n"):
		return ""
	case strings.HasSuffix(before, "\n"):
		return "\n"
	}
	return "\n\n"
}

func create(aliases []string, rows []Row, s Schema) ([]byte, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	props := propertiesOf(rows, s)
	if len(aliases) > 0 {
		props = slices.Insert(props, 0, frontmatter.Property{Key: "aliases", Value: frontmatter.ListValue(aliases...)})
	}
	text, err := frontmatter.Render(props)
	if err != nil {
		return nil, fmt.Errorf("models: %w", err)
	}
	return append(appendTable(text, rows), '\n'), nil
}

// propertiesOf gives the properties that rows imply, in the schema's order:
// numbers as numbers, dates as dates, lists where a model may have several. A
// row without a source is a person's and implies none.
func propertiesOf(rows []Row, s Schema) []frontmatter.Property {
	var props []frontmatter.Property
	for _, r := range rows {
		if r.Target() == "" || !propertyAttribute(r.Attribute) || !plainValue(r.Value) {
			continue
		}
		i := slices.IndexFunc(props, func(p frontmatter.Property) bool { return p.Key == r.Attribute })
		switch {
		case i < 0 && s.Single[r.Attribute]:
			props = append(props, frontmatter.Property{Key: r.Attribute, Value: scalar(bare(r.Value))})
		case i < 0:
			props = append(props, frontmatter.Property{Key: r.Attribute, Value: frontmatter.ListValue(bare(r.Value))})
		case !s.Single[r.Attribute] && !slices.Contains(props[i].Value.Items, bare(r.Value)):
			props[i].Value.Items = append(props[i].Value.Items, bare(r.Value))
		}
	}
	if disputed := s.disputed(rows); len(disputed) > 0 {
		props = append(props, frontmatter.Property{Key: "disputed", Value: frontmatter.ListValue(disputed...)})
	}
	return props
}

// propertyAttribute leaves relations and scores to the table, where their other
// side is seen.
func propertyAttribute(attribute string) bool {
	return attribute != "comparison" && attribute != "benchmark_result" && attribute != "contribution"
}

func scalar(value string) frontmatter.Value {
	if n := ParseNumber(value); !math.IsNaN(n) {
		return frontmatter.Value{Kind: frontmatter.Number, Text: FormatPlain(n)}
	}
	if isDate(value) {
		return frontmatter.Value{Kind: frontmatter.Date, Text: value}
	}
	return frontmatter.TextValue(value)
}

// isDate reports a full date, the only form that Obsidian sorts as one.
func isDate(s string) bool {
	if len(s) != len("2024-05-06") || s[4] != '-' || s[7] != '-' {
		return false
	}
	return strings.Trim(s[:4]+s[5:7]+s[8:], "0123456789") == ""
}

// setProperties brings the properties that the old rows implied to what the new
// ones imply.
func setProperties(text []byte, old, wanted []frontmatter.Property) ([]byte, error) {
	doc, err := frontmatter.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("models: %w", err)
	}
	var changes []frontmatter.Change
	last := "aliases"
	for _, p := range wanted {
		if personal(doc, p.Key, old) {
			continue
		}
		changes = append(changes, frontmatter.Change{Op: frontmatter.Set, Key: p.Key, Value: p.Value, After: last})
		last = p.Key
	}
	for _, p := range old {
		if !has(wanted, p.Key) && !personal(doc, p.Key, old) {
			changes = append(changes, frontmatter.Change{Op: frontmatter.Delete, Key: p.Key})
		}
	}
	out, _, err := frontmatter.Edit(text, changes)
	if err != nil {
		return nil, fmt.Errorf("models: %w", err)
	}
	return out, nil
}

// personal reports whether a property has a value that the old rows do not
// explain.
func personal(doc *frontmatter.Doc, key string, old []frontmatter.Property) bool {
	have, ok := doc.Get(key)
	if !ok {
		return false
	}
	i := slices.IndexFunc(old, func(p frontmatter.Property) bool { return p.Key == key })
	if i < 0 {
		return true
	}
	return have.Value.Text != old[i].Value.Text || !slices.Equal(have.Value.Items, old[i].Value.Items)
}

func has(props []frontmatter.Property, key string) bool {
	return slices.ContainsFunc(props, func(p frontmatter.Property) bool { return p.Key == key })
}
