package models

import (
	"cmp"
	"slices"
	"strings"
)

// An Edge leads from one thing to another, each by the name of its note.
type Edge struct {
	From, To string
	Label    string // as a person reads it: "outperforms", "base model", "variant"
	Kind     string // a relation's name, the attribute of a lineage, or Variant
}

// Variant is the kind of the edge from a family to one of its forms.
const Variant = "variant"

// isLineage reports whether the edge says where its end comes from, and so has
// its place to the left of it.
func (s Schema) isLineage(e Edge) bool { return e.Kind == Variant || s.Links[e.Kind] }

// Edges returns what the rows of a thing's note say of others. Denials and rows
// of a person or another reader give none.
func Edges(stem string, rows []Row, s Schema) []Edge {
	var edges []Edge
	for _, r := range rows {
		before, other, after, ok := linkedTo(r.Value)
		if !ok || other == stem || r.Target() == "" || r.foreign() || strings.HasPrefix(r.Value, "not ") {
			continue
		}
		e := Edge{From: stem, To: other, Label: strings.TrimSpace(before + " " + after)}
		switch kind := strings.ReplaceAll(before, " ", "_"); {
		case s.Links[r.Attribute]:
			e = Edge{From: other, To: stem, Label: strings.ToLower(words(r.Attribute)), Kind: r.Attribute}
		case slices.Contains(s.Kinds, kind):
			e.Kind = kind
		default:
			continue
		}
		edges = append(edges, e)
	}
	return edges
}

// Rows returns the rows of a thing's note.
func Rows(note []byte) []Row {
	_, rows, _, _ := splitTable(string(note))
	return rows
}

// linkedTo cuts a value at its link: what stands before it, the note that it
// leads to, what stands after.
func linkedTo(value string) (before, note, after string, ok bool) {
	before, link, ok := strings.Cut(value, "[[")
	if !ok {
		return "", "", "", false
	}
	link, after, ok = strings.Cut(link, "]]")
	link, _, _ = strings.Cut(link, "|")
	return strings.TrimSpace(before), link[strings.LastIndexByte(link, '/')+1:], strings.TrimSpace(after), ok && link != ""
}

// Variants returns an edge from each family to its forms, as their names tell:
// "Foo 7B" is a form of "Foo", and "Foo 7B Chat" of "Foo 7B".
func Variants(stems []string) []Edge {
	byKey := map[string]string{}
	for _, stem := range stems {
		byKey[strings.Join(parts(stem), " ")] = stem
	}
	var edges []Edge
	for _, stem := range stems {
		p := parts(stem)
		for n := len(p) - 1; n > 0; n-- {
			if family, ok := byKey[strings.Join(p[:n], " ")]; ok {
				edges = append(edges, Edge{From: family, To: stem, Label: Variant, Kind: Variant})
				break
			}
		}
	}
	return edges
}

// parts cuts a name at spaces and hyphens.
func parts(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == ' ' || r == '-' || r == '_' })
}

// tidy sorts edges, drops repetitions, and drops a variant where a lineage of the
// same two says more.
func tidy(edges []Edge, s Schema) []Edge {
	type pair struct{ from, to string }
	said := map[pair]bool{}
	for _, e := range edges {
		if e.Kind != Variant && s.isLineage(e) {
			said[pair{e.From, e.To}], said[pair{e.To, e.From}] = true, true
		}
	}
	edges = slices.DeleteFunc(slices.Clone(edges), func(e Edge) bool { return e.Kind == Variant && said[pair{e.From, e.To}] })
	slices.SortFunc(edges, func(a, b Edge) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Label, b.Label))
	})
	return slices.CompactFunc(edges, func(a, b Edge) bool { return a.From == b.From && a.To == b.To && a.Kind == b.Kind })
}
