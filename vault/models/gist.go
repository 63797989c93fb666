package models

import (
	"slices"
	"strings"
)

// The gist of a thing has at most so many parts, and so many values in a part.
const (
	gistParts  = 5
	gistValues = 3
)

// gist says in one line what the columns of the views say of a thing, "" if they
// say nothing: "671B parameters · MoE, MTP · release date 2024-12-26".
func (s Schema) gist(rows []Row) string {
	rows = sortRows(slices.Clone(rows), s.Order)
	var parts []string
	for _, attribute := range s.gistOrder() {
		var values []string
		for _, r := range rows {
			if r.Attribute == attribute && r.implies() {
				values = append(values, r.Value)
			}
		}
		switch {
		case len(values) == 0 || len(parts) == gistParts:
		case s.Single[attribute] && !s.Dates[attribute]:
			v := commonest(values)
			if !strings.HasSuffix(v, " "+s.Units[attribute]) || s.Units[attribute] == "" {
				v += " " + strings.ToLower(words(attribute))
			}
			parts = append(parts, v)
		case s.Single[attribute]:
			parts = append(parts, strings.ToLower(words(attribute))+" "+commonest(values))
		default:
			values = distinct(values)
			parts = append(parts, strings.Join(values[:min(len(values), gistValues)], ", "))
		}
	}
	line := comments.Replace(strings.Join(strings.Fields(strings.Join(parts, " · ")), " "))
	return strings.TrimLeft(line, "|") // a bar would make it a row of the table
}

// gistOrder is what a gist says first: the columns of the views, then the rest
// that has no link in it.
func (s Schema) gistOrder() []string {
	order := slices.Clone(s.Columns)
	for _, a := range s.Order {
		if !s.Links[a] && !s.Tabled[a] && !slices.Contains(order, a) {
			order = append(order, a)
		}
	}
	return order
}

// GistOf returns the line that a thing's note begins its region with, "" if it
// has none.
func GistOf(note []byte) string {
	_, region, _ := strings.Cut(string(note), regionBegin)
	for line := range strings.Lines(region) {
		if line = strings.TrimSpace(line); line != "" {
			if strings.HasPrefix(line, "|") || strings.HasPrefix(line, "<!--") {
				return ""
			}
			return line
		}
	}
	return ""
}
