package app

import (
	"cmp"
	"maps"
	"slices"

	"github.com/clipmend/clipmend/annotate/packs"
	"github.com/clipmend/clipmend/vault/models"
)

// modelsFolder is where the notes about models lie in a vault.
const modelsFolder = "Models"

// schemaOf tells from a pack how facts are shown: quantities and dates first,
// then terms and names, relations and scores last; and which attributes have
// one value only.
func schemaOf(p *packs.Pack) models.Schema {
	rank := map[string]int{packs.Quantity: 0, packs.Date: 0, packs.Term: 1, packs.Entity: 1, packs.Name: 1, packs.Relation: 2, packs.Score: 3}
	s := models.Schema{Folder: modelsFolder, Single: map[string]bool{}}
	s.Order = slices.SortedFunc(maps.Keys(p.Attributes), func(a, b string) int {
		return cmp.Or(cmp.Compare(rank[p.Attributes[a].Type], rank[p.Attributes[b].Type]), cmp.Compare(a, b))
	})
	for name, a := range p.Attributes {
		s.Single[name] = a.Type == packs.Quantity || a.Type == packs.Date
	}
	return s
}
