package models

import (
	"cmp"
	"math"
	"strings"

	"github.com/clipmend/clipmend/annotate"
)

// A Schema says how the facts of a domain are shown. The zero value works.
type Schema struct {
	Order    []string          // attributes in the order of the table
	Single   map[string]bool   // attributes of which a thing has one value, so that two are a dispute
	Dates    map[string]bool   // attributes that are dates
	Units    map[string]string // what a value's number counts, by attribute
	Links    map[string]bool   // attributes whose value is another thing
	Tabled   map[string]bool   // attributes that the table alone shows, such as comparisons
	Kinds    []string          // of relations, in the order of their colours
	Columns  []string          // of the views, in order
	Group    string            // attribute that views group by
	Largest  string            // quantity that views order by
	Newest   string            // date that views order by, and that the timeline shows
	Folder   string            // of the notes about the things, "" for "Models"
	Property string            // of a clip's note, that links to the things it speaks of, "" for "models"
}

func (s Schema) folder() string { return cmp.Or(s.Folder, "Models") }

func (s Schema) property() string { return cmp.Or(s.Property, "models") }

// plainUnits need not be shown, since the attribute implies them.
var plainUnits = map[string]bool{"": true, "parameters": true, "tokens": true}

// Text shows what a fact says: "671B", "≈ 2T", "not MoE", "outperforms
// [[Models/GPT-4|GPT-4]]". file maps the name of another model to the name of
// its note; nil means that no note is linked.
func Text(f annotate.Fact, s Schema, file func(model string) string) string {
	var b strings.Builder
	if f.Negated {
		b.WriteString("not ")
	}
	switch {
	case f.Relation != "":
		b.WriteString(strings.ReplaceAll(f.Relation, "_", " ") + " " + s.link(f.Other, file))
	case s.Links[f.Attribute]:
		b.WriteString(s.link(f.Value.Text, file))
	default:
		if f.Benchmark != "" {
			b.WriteString(f.Benchmark + " ")
		}
		if f.Hedge != "" {
			b.WriteString("≈ ")
		}
		b.WriteString(valueText(f.Value, f.Unit))
	}
	for _, limit := range []string{f.Metric, f.Setting, f.Qualifier, f.Scope} {
		if limit != "" {
			b.WriteString(" (" + limit + ")")
		}
	}
	return b.String()
}

// valueText writes a number short where its unit goes without saying, 671B, and
// in full before a unit that is shown: 5000 mAh.
func valueText(v annotate.Value, unit string) string {
	write, after := FormatNumber, ""
	if !plainUnits[unit] {
		after = " " + unit
		if max(math.Abs(v.Min), math.Abs(v.Max)) < 1e6 {
			write = FormatPlain
		}
	}
	switch {
	case !v.Numeric:
		return v.Text
	case v.IsRange():
		return write(v.Min) + "–" + write(v.Max) + after
	}
	return write(v.Min) + after
}

// link gives a wiki link to the note of a model, or its bare name.
func (s Schema) link(model string, file func(string) string) string {
	if file == nil || file(model) == "" {
		return model
	}
	return "[[" + s.folder() + "/" + file(model) + "|" + linkText(model) + "]]"
}
