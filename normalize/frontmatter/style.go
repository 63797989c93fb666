package frontmatter

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/normalize/repair"
)

// The names of the rules of Restyle, which are a matter of taste.
const (
	RuleRename    = "property-rename"
	RuleEmpty     = "property-empty"
	RuleDayMonth  = "property-day-month"
	RuleListStyle = "property-list-style"
	RuleQuotes    = "property-quotes"
	RuleOrder     = "property-order"
)

// StyleRules returns the rules in the order in which they run.
func StyleRules() []Rule {
	return []Rule{
		{RuleRename, "properties get the names that --property-rename gives them"},
		{RuleEmpty, "properties without a value are dropped"},
		{RuleDayMonth, "dates such as 1/2/2024 are taken to be what --property-dates says, day-first unless it does"},
		{RuleListStyle, "lists are written as --property-lists says, one item a line unless it does"},
		{RuleQuotes, "quoted values get the quotes that --property-quotes says, double ones unless it does"},
		{RuleOrder, "properties come in the order of --property-order, or that of clippers"},
	}
}

// A ListStyle is a way to write lists.
type ListStyle string

// The styles of lists.
const (
	BlockList ListStyle = "block" // one item a line
	FlowList  ListStyle = "flow"  // [a, b]
)

// A QuoteStyle is a way to write values that are in quotes.
type QuoteStyle string

// The styles of quotes.
const (
	DoubleQuotes QuoteStyle = "double"
	SingleQuotes QuoteStyle = "single" // where nothing needs an escape
	NoQuotes     QuoteStyle = "plain"  // none, where that reads the same
)

// A DateOrder says which number of 1/2/2024 is the day.
type DateOrder string

// The orders of dates.
const (
	DayFirst   DateOrder = "day-first"
	MonthFirst DateOrder = "month-first"
)

// A Style says how properties should look. The zero value changes nothing.
type Style struct {
	Names     map[string]string // old name → new
	DropEmpty bool
	Dates     DateOrder
	Lists     ListStyle
	Quotes    QuoteStyle
	Order     []string // these first, in this order; the others behind, as they were
}

// Without returns the style without the rules that are off.
func (s Style) Without(off func(rule string) bool) Style {
	if off(RuleRename) {
		s.Names = nil
	}
	if off(RuleDayMonth) {
		s.Dates = ""
	}
	if off(RuleListStyle) {
		s.Lists = ""
	}
	if off(RuleQuotes) {
		s.Quotes = ""
	}
	if off(RuleOrder) {
		s.Order = nil
	}
	s.DropEmpty = s.DropEmpty && !off(RuleEmpty)
	return s
}

// Restyle gives the properties a style, a pass of repairs each rule that does
// something. Values, unknown keys and comments stay. What cannot be proven safe
// is left as it is.
func Restyle(text []byte, s Style) ([]byte, []repair.Repair, error) {
	if len(s.Names) == 0 && !s.DropEmpty && s.Dates == "" && s.Lists == "" && s.Quotes == "" && len(s.Order) == 0 {
		return text, nil, nil
	}
	doc, err := Parse(text)
	if err != nil || doc.Format != YAML {
		return text, nil, err
	}
	var all []repair.Repair
	for _, rule := range []struct {
		id    string
		edits func(text []byte, d *Doc) ([]repair.Edit, []Property)
	}{
		{RuleRename, s.rename},
		{RuleEmpty, s.dropEmpty},
		{RuleDayMonth, s.dates},
		{RuleListStyle, s.lists},
		{RuleQuotes, s.quotes},
		{RuleOrder, s.order},
	} {
		edits, want := rule.edits(text, doc)
		for i := range edits {
			edits[i].Rule, edits[i].Confidence = rule.id, 1
		}
		out, repairs, err := repair.Apply(text, passOf(all), edits)
		if err != nil {
			return text, all, fmt.Errorf("frontmatter: %w", err)
		}
		again, err := Parse(out)
		if len(repairs) == 0 || err != nil || !same(again.Properties, want) || !bytes.Equal(out[again.Body.Start:], text[doc.Body.Start:]) {
			continue
		}
		text, doc, all = out, again, append(all, repairs...)
	}
	return text, all, nil
}

// passOf returns the number of the pass behind the repairs.
func passOf(repairs []repair.Repair) int {
	if len(repairs) == 0 {
		return 0
	}
	return repairs[len(repairs)-1].Pass + 1
}

func (s Style) rename(text []byte, d *Doc) ([]repair.Edit, []Property) {
	var changes []Change
	taken := map[string]bool{}
	for _, key := range d.Keys() {
		taken[key] = true
	}
	for _, old := range slices.Sorted(maps.Keys(s.Names)) {
		if to := s.Names[old]; taken[old] && to != "" && !taken[to] {
			changes = append(changes, Change{Op: Rename, Key: old, To: to})
			taken[to] = true
		}
	}
	return s.planned(text, d, changes)
}

// planned returns the edits of changes that can be made, and the properties
// after them.
func (s Style) planned(text []byte, d *Doc, changes []Change) ([]repair.Edit, []Property) {
	edits, want, err := plan(text, d, changes)
	if err != nil {
		return nil, d.Properties
	}
	return edits, want
}

func (s Style) dropEmpty(text []byte, d *Doc) ([]repair.Edit, []Property) {
	var changes []Change
	for _, p := range d.Properties {
		v := p.Value
		empty := v.Kind == Empty || v.Kind == Text && v.Text == "" || v.Kind == List && len(v.Items) == 0
		if entry := text[p.Span.Start:p.Span.End]; s.DropEmpty && empty && bytes.IndexByte(entry, '#') < 0 && !bytes.ContainsAny(entry, "&*!") {
			changes = append(changes, Change{Op: Delete, Key: p.Key})
		}
	}
	return s.planned(text, d, changes)
}

func (s Style) dates(text []byte, d *Doc) ([]repair.Edit, []Property) {
	var changes []Change
	for _, p := range d.Properties {
		if iso := dayMonth(p.Value.Text, s.Dates); isDateKey(p.Key) && p.Value.Kind == Text && iso != "" {
			changes = append(changes, Change{Op: Set, Key: p.Key, Value: Value{Kind: Date, Text: iso}})
		}
	}
	return s.planned(text, d, changes)
}

// order moves each property with the comments before it.
func (s Style) order(text []byte, d *Doc) ([]repair.Edit, []Property) {
	rank := func(p Property) int {
		if i := slices.Index(s.Order, p.Key); i >= 0 {
			return i
		}
		return len(s.Order)
	}
	sorted := slices.Clone(d.Properties)
	slices.SortStableFunc(sorted, func(a, b Property) int { return rank(a) - rank(b) })
	if len(sorted) == 0 {
		return nil, sorted
	}
	begins := map[string]int{}
	at := d.Text.Start
	for _, p := range d.Properties {
		begins[p.Key] = at
		at = p.Span.End
	}
	var now strings.Builder
	for _, p := range sorted {
		now.Write(text[begins[p.Key]:p.Span.End])
	}
	return []repair.Edit{{Span: repair.Span{Start: d.Text.Start, End: at}, Now: now.String()}}, sorted
}
