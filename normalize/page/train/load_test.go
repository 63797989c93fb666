package main

import (
	"fmt"
	"testing"

	"github.com/clipmend/clipmend/normalize/page/content"
)

func TestSiteOf(t *testing.T) {
	for _, tt := range []struct{ id, url, canonical, want string }{
		{"1", "https://www.kilns.co.uk/a", "", "kilns.co.uk"},
		{"1", "https://ada.github.io/a", "", "ada.github.io"},
		{"1", "", "https://blog.kilns.com/a", "kilns.com"},
		{"1", "https://example.org/a", "https://kilns.com/", "kilns.com"},
		{"bricks-001", "https://example.org/a", "", "bricks"},
		{"bricks--two", "", "", "bricks"},
		{"bricks-2", "://", "", "bricks"},
	} {
		if got := siteOf(entry{ID: tt.id, URL: tt.url}, tt.canonical); got != tt.want {
			t.Errorf("siteOf(%q, %q, %q) = %q, want %q", tt.id, tt.url, tt.canonical, got, tt.want)
		}
	}
}

// Pages of one site are in one fold, the pages of a kind are spread evenly,
// and the order in which pages come changes nothing.
func TestDeal(t *testing.T) {
	pages := func(backwards bool) []labelled {
		list := make([]labelled, 120)
		for i := range list {
			k := i
			if backwards {
				k = len(list) - 1 - i
			}
			list[k] = labelled{entry: entry{ID: fmt.Sprint(i), Type: []string{"article", "forum"}[i%20%2]}, set: "s", site: fmt.Sprint("site", i%20), sample: &content.Sample{}}
		}
		deal(list)
		return list
	}
	fold := map[string]int{}
	size := map[string]*[folds]int{"article": {}, "forum": {}}
	for _, l := range pages(false) {
		if f, ok := fold[l.site]; ok && f != l.sample.Fold {
			t.Errorf("%s is in folds %d and %d", l.site, f, l.sample.Fold)
		}
		fold[l.site] = l.sample.Fold
		size[l.Type][l.sample.Fold]++
	}
	for kind, n := range size {
		for f := range n {
			if n[f] != 60/folds {
				t.Errorf("%s: fold %d has %d pages of 60", kind, f, n[f])
			}
		}
	}
	for _, l := range pages(true) {
		if fold[l.site] != l.sample.Fold {
			t.Errorf("%s is dealt to %d, backwards to %d", l.site, fold[l.site], l.sample.Fold)
		}
	}
}
