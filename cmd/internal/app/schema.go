package app

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipmend/clipmend/annotate/packs"
	"github.com/clipmend/clipmend/vault/models"
)

// schemaOf tells from a pack how facts are shown: quantities and dates first,
// then terms and names, relations and scores last; and which attributes have
// one value only. What the pack itself does not say is guessed by the types.
func schemaOf(p *packs.Pack) models.Schema {
	rank := map[string]int{packs.Quantity: 0, packs.Date: 0, packs.Term: 1, packs.Entity: 1, packs.Name: 1, packs.Relation: 2, packs.Score: 3}
	s := models.Schema{
		Folder: folderOf(p.Name), Property: strings.ToLower(folderOf(p.Name)),
		Single: map[string]bool{}, Dates: map[string]bool{}, Units: map[string]string{}, Links: map[string]bool{}, Tabled: map[string]bool{},
		Columns: p.Show.Columns,
	}
	s.Order = slices.SortedFunc(maps.Keys(p.Attributes), func(a, b string) int {
		return cmp.Or(cmp.Compare(rank[p.Attributes[a].Type], rank[p.Attributes[b].Type]), cmp.Compare(a, b))
	})
	first := map[string]string{} // attribute of a type
	for _, name := range s.Order {
		a := p.Attributes[name]
		first[a.Type] = cmp.Or(first[a.Type], name)
		s.Single[name] = a.Type == packs.Quantity || a.Type == packs.Date
		s.Dates[name] = a.Type == packs.Date
		s.Units[name] = strings.TrimPrefix(a.Unit, "data_") // as facts give it
		s.Links[name] = a.Type == packs.Entity
		s.Tabled[name] = a.Type == packs.Relation || a.Type == packs.Score
		s.Kinds = append(s.Kinds, slices.Sorted(maps.Keys(a.Relations))...)
	}
	s.Group = cmp.Or(p.Show.Group, first[packs.Name])
	s.Largest = cmp.Or(p.Show.Largest, p.Entity.Size, first[packs.Quantity])
	s.Newest = cmp.Or(p.Show.Newest, first[packs.Date])
	return s
}

// folderOf makes the folder of a vault for the things of a pack: models lie in
// Models. What may not stand in a name of a file is left out.
func folderOf(pack string) string {
	clean := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' || r == ' ' {
			return r
		}
		return -1
	}, pack)
	clean = strings.TrimSpace(clean)
	if clean == "" {
		return "Things"
	}
	r, n := utf8.DecodeRuneInString(clean)
	return string(unicode.ToUpper(r)) + clean[n:]
}
