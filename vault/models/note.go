package models

import (
	"fmt"
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
	rows = asRead(rows)
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
	text = appendTable(text, merged, s)
	if after == "" {
		after = "\n"
	}
	text = append(text, after...)
	return setProperties(text, propertiesOf(old, s), propertiesOf(merged, s))
}

// asRead returns the rows as parsing what is written of them gives them back.
func asRead(rows []Row) []Row {
	out := make([]Row, len(rows))
	plain := func(s string) string { return comments.Replace(strings.Join(strings.Fields(s), " ")) }
	for i, r := range rows {
		out[i] = Row{plain(r.Attribute), plain(r.Value), plain(r.Words), plain(r.Source)}
	}
	return out
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
	return append(appendTable(text, rows, s), '\n'), nil
}

// propertiesOf gives the properties that rows imply, in the schema's order:
// numbers as numbers, dates as dates, lists where a thing may have several. A
// range becomes two numbers, so that a property is always of one type. Of values
// that sources disagree on, the one that most of them state is taken.
func propertiesOf(rows []Row, s Schema) []frontmatter.Property {
	rows = sortRows(slices.Clone(rows), s.Order)
	var props []frontmatter.Property
	for i := 0; i < len(rows); {
		attribute := rows[i].Attribute
		var values []string
		for ; i < len(rows) && rows[i].Attribute == attribute; i++ {
			if rows[i].implies() {
				values = append(values, bare(rows[i].Value))
			}
		}
		switch {
		case len(values) == 0 || s.Tabled[attribute]:
		case s.Single[attribute]:
			props = append(props, s.scalar(attribute, commonest(values))...)
		default:
			props = append(props, frontmatter.Property{Key: attribute, Value: frontmatter.ListValue(distinct(values)...)})
		}
	}
	if disputed := s.disputed(rows); len(disputed) > 0 {
		props = append(props, frontmatter.Property{Key: "disputed", Value: frontmatter.ListValue(disputed...)})
	}
	return props
}

// commonest returns the value that stands most often, the first of equals.
func commonest(values []string) string {
	count := map[string]int{}
	for _, v := range values {
		count[v]++
	}
	best := values[0]
	for _, v := range values {
		if count[v] > count[best] {
			best = v
		}
	}
	return best
}

// distinct drops repetitions.
func distinct(values []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(values), func(v string) bool {
		defer func() { seen[v] = true }()
		return seen[v]
	})
}

// scalar gives the property of an attribute with one value, or the two of a range.
func (s Schema) scalar(attribute, value string) []frontmatter.Property {
	number := func(key string, n float64) frontmatter.Property {
		return frontmatter.Property{Key: key, Value: frontmatter.Value{Kind: frontmatter.Number, Text: FormatPlain(n)}}
	}
	if s.Dates[attribute] {
		kind := frontmatter.Text
		if isDate(value) {
			kind = frontmatter.Date
		}
		return []frontmatter.Property{{Key: attribute, Value: frontmatter.Value{Kind: kind, Text: value}}}
	}
	switch n, ok := s.number(attribute, value); {
	case !ok:
		return []frontmatter.Property{{Key: attribute, Value: frontmatter.TextValue(value)}}
	case n.min != n.max:
		return []frontmatter.Property{number(attribute+"_min", n.min), number(attribute+"_max", n.max)}
	default:
		return []frontmatter.Property{number(attribute, n.min)}
	}
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
