// Package annotate reads facts out of notes: which model, which attribute,
// which value, and the exact words that say so.
//
// It promises that every fact shows its evidence (Quote == Body[Span], always),
// that the same input gives the same facts in the same order, and that nothing
// is inferred from outside the text.
package annotate

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/clipmend/clipmend/normalize"
)

// Evidence is the text that a fact was read from, in the terms of the W3C Web
// Annotation model: TextPositionSelector (Span) and TextQuoteSelector (Quote,
// Prefix, Suffix).
type Evidence struct {
	Span   normalize.Span `json:"span"` // half-open, bytes of the note's body
	Quote  string         `json:"quote"`
	Prefix string         `json:"prefix"`
	Suffix string         `json:"suffix"`
}

// A Value is a number, a range of numbers, or text. The zero Value is none.
type Value struct {
	Text     string
	Min, Max float64 // equal for a number
	Numeric  bool
}

// Text returns a value that is text.
func Text(s string) Value { return Value{Text: s} }

// Number returns a value that is one number.
func Number(n float64) Value { return Value{Min: n, Max: n, Numeric: true} }

// Range returns a value between two numbers.
func Range(least, most float64) Value { return Value{Min: least, Max: most, Numeric: true} }

// IsZero reports whether there is no value.
func (v Value) IsZero() bool { return v == Value{} }

// IsRange reports whether the value has two ends.
func (v Value) IsRange() bool { return v.Numeric && v.Min != v.Max }

// String returns the value for people: 671000000000, 1.5–7, MoE.
func (v Value) String() string {
	switch {
	case !v.Numeric:
		return v.Text
	case v.IsRange():
		return format(v.Min) + "–" + format(v.Max)
	}
	return format(v.Min)
}

// MarshalJSON writes a number, {"min", "max"}, or a string.
func (v Value) MarshalJSON() ([]byte, error) {
	switch {
	case !v.Numeric:
		return json.Marshal(v.Text)
	case v.IsRange():
		return []byte(`{"min":` + format(v.Min) + `,"max":` + format(v.Max) + `}`), nil
	}
	return []byte(format(v.Min)), nil
}

// format writes whole numbers without an exponent, as far as they are exact.
func format(f float64) string {
	if f == math.Trunc(f) && math.Abs(f) < 1e21 {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

// A Fact is one statement of a text: Model has Value for Attribute. A relation
// has Relation, Other and Scope instead of a value; a score has Benchmark, and
// Metric and Setting if the text gives them.
type Fact struct {
	Model      string
	Attribute  string
	Value      Value  // in the canonical unit
	Unit       string // the canonical unit
	Qualifier  string // what the statement is limited to: "pre-training"
	Hedge      string // the words that make it less than certain: "about"
	Relation   string
	Other      string
	Scope      string
	Benchmark  string
	Metric     string
	Setting    string
	Negated    bool    // the text denies it
	Origin     string  // the reader that found it; empty for the engine
	Rule       string  // the rule that read it
	Confidence float64 // 0–1
	Evidence   Evidence
}

// flat is a fact as one flat object.
type flat struct {
	Model      string  `json:"model"`
	Attribute  string  `json:"attribute"`
	Value      *Value  `json:"value,omitempty"`
	Unit       string  `json:"unit,omitempty"`
	Relation   string  `json:"relation,omitempty"`
	Other      string  `json:"other,omitempty"`
	Scope      string  `json:"scope,omitempty"`
	Benchmark  string  `json:"benchmark,omitempty"`
	Metric     string  `json:"metric,omitempty"`
	Setting    string  `json:"setting,omitempty"`
	Qualifier  string  `json:"qualifier,omitempty"`
	Hedge      string  `json:"hedge,omitempty"`
	Negated    bool    `json:"negated,omitempty"`
	Origin     string  `json:"origin,omitempty"`
	Rule       string  `json:"rule"`
	Confidence float64 `json:"confidence"`
	Quote      string  `json:"quote"`
	Prefix     string  `json:"prefix,omitempty"`
	Suffix     string  `json:"suffix,omitempty"`
	Start      int     `json:"start"`
	End        int     `json:"end"`
}

// MarshalJSON writes the fact and its evidence as one flat object, without
// what is empty.
func (f Fact) MarshalJSON() ([]byte, error) {
	out := flat{
		Model: f.Model, Attribute: f.Attribute, Unit: f.Unit, Relation: f.Relation, Other: f.Other, Scope: f.Scope,
		Benchmark: f.Benchmark, Metric: f.Metric, Setting: f.Setting, Qualifier: f.Qualifier, Hedge: f.Hedge,
		Negated: f.Negated, Origin: f.Origin, Rule: f.Rule, Confidence: f.Confidence,
		Quote: f.Evidence.Quote, Prefix: f.Evidence.Prefix, Suffix: f.Evidence.Suffix,
		Start: f.Evidence.Span.Start, End: f.Evidence.Span.End,
	}
	if !f.Value.IsZero() {
		out.Value = &f.Value
	}
	return json.Marshal(out)
}
