package models

import (
	"maps"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/annotate"
)

// A Schema says how the attributes of a domain are shown. The zero value works.
type Schema struct {
	Order  []string        // attributes in the order of the table
	Single map[string]bool // attributes of which a model has one value, so that two are a dispute
	Folder string          // of the notes about models, "" for "Models"
}

func (s Schema) folder() string {
	if s.Folder == "" {
		return "Models"
	}
	return s.Folder
}

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
	case f.Attribute == "base_model":
		b.WriteString(s.link(f.Value.Text, file))
	default:
		if f.Benchmark != "" {
			b.WriteString(f.Benchmark + " ")
		}
		if f.Hedge != "" {
			b.WriteString("≈ ")
		}
		b.WriteString(valueText(f.Value))
		if !plainUnits[f.Unit] {
			b.WriteString(" " + f.Unit)
		}
	}
	for _, limit := range []string{f.Metric, f.Setting, f.Qualifier, f.Scope} {
		if limit != "" {
			b.WriteString(" (" + limit + ")")
		}
	}
	return b.String()
}

func valueText(v annotate.Value) string {
	switch {
	case !v.Numeric:
		return v.Text
	case v.IsRange():
		return FormatNumber(v.Min) + "–" + FormatNumber(v.Max)
	}
	return FormatNumber(v.Min)
}

// link gives a wiki link to the note of a model, or its bare name.
func (s Schema) link(model string, file func(string) string) string {
	if file == nil || file(model) == "" {
		return model
	}
	name := file(model)
	if name == model {
		return "[[" + s.folder() + "/" + name + "|" + name + "]]"
	}
	return "[[" + s.folder() + "/" + name + "|" + linkText(model) + "]]"
}

// disputed returns the attributes that one model should have one value of and
// has several, in alphabetical order.
func (s Schema) disputed(rows []Row) []string {
	first := map[string]string{}
	found := map[string]bool{}
	for _, r := range rows {
		if !s.Single[r.Attribute] || !plainValue(r.Value) {
			continue
		}
		if v, seen := first[r.Attribute]; seen && v != bare(r.Value) {
			found[r.Attribute] = true
		} else if !seen {
			first[r.Attribute] = bare(r.Value)
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// bare takes away the mark of a hedge.
func bare(value string) string { return strings.TrimPrefix(value, "≈ ") }

// plainValue reports whether a value holds without limits: "2T (second stage)"
// and "not MoE" say nothing of the model as a whole.
func plainValue(value string) bool {
	return value != "" && !strings.HasPrefix(value, "not ") && !strings.HasSuffix(value, ")")
}
