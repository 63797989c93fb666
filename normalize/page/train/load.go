package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/clipmend/clipmend/normalize/page/content"
	"github.com/clipmend/clipmend/normalize/page/dom"
	"github.com/clipmend/clipmend/normalize/page/metadata"
)

// entry is a line of a manifest.
type entry struct {
	ID, Path, URL, Type, Ref string
	RefMD                    bool `json:"refmd"`
}

// labelled is a page with the text that should come out.
type labelled struct {
	entry
	set    string
	site   string
	sample *content.Sample
}

func (l *labelled) group() string { return strings.TrimSpace(l.set + " " + l.Type) }

// sets are what is trained on, and how much a page of each counts.
var sets = []struct {
	name   string
	weight float32
}{{"wcxb-dev", 1}, {"readability", 1}, {"defuddle", 0.7}}

// load reads all pages and deals them out into folds.
func load(root string) ([]labelled, error) {
	var all []labelled
	for _, set := range sets {
		list, err := loadSet(root, set.name, set.weight)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", set.name, err)
		}
		all = append(all, list...)
	}
	deal(all)
	return all, nil
}

var markup = regexp.MustCompile(`!?\[([^\]]*)\]\([^)]*\)`)

func loadSet(root, set string, weight float32) ([]labelled, error) {
	f, err := os.Open(filepath.Join(root, "manifest", set+".jsonl"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var list []labelled
	for d := json.NewDecoder(f); d.More(); {
		l := labelled{set: set}
		if err := d.Decode(&l.entry); err != nil {
			return nil, err
		}
		src, err := os.ReadFile(filepath.Join(root, l.Path))
		if err != nil {
			return nil, err
		}
		doc, err := dom.Parse(src)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.ID, err)
		}
		hints := metadata.Collect(doc)
		l.site = siteOf(l.entry, hints.Canonical)
		l.sample = content.NewSample(doc, content.NewAbout(hints, cmp.Or(l.URL, hints.Canonical)), markup.ReplaceAllString(l.Ref, " $1 "), weight)
		l.sample.Kind = l.Type
		list = append(list, l)
	}
	return list, nil
}

// siteOf is the registrable domain of a page, else the name of the family
// that a made-up page belongs to.
func siteOf(e entry, canonical string) string {
	for _, address := range []string{e.URL, canonical} {
		u, err := url.Parse(address)
		if err != nil || strings.HasPrefix(u.Hostname(), "example.") || strings.Contains(u.Hostname(), ".example.") {
			continue
		}
		suffix, listed := publicsuffix.PublicSuffix(u.Hostname())
		if site, err := publicsuffix.EffectiveTLDPlusOne(u.Hostname()); err == nil && (listed || strings.Contains(suffix, ".")) {
			return site
		}
	}
	family, _, _ := strings.Cut(e.ID, "--")
	return strings.TrimRight(family, "-0123456789")
}

// deal puts all pages of a site into one fold, and about as many pages of
// each kind into every fold.
func deal(all []labelled) {
	bySite := map[string][]int{}
	for i := range all {
		bySite[all[i].site] = append(bySite[all[i].site], i)
	}
	order := make([]string, 0, len(bySite))
	for s := range bySite {
		order = append(order, s)
	}
	slices.SortFunc(order, func(a, b string) int {
		if n := len(bySite[b]) - len(bySite[a]); n != 0 {
			return n
		}
		if ha, hb := hash(a), hash(b); ha != hb {
			return int(int64(ha) - int64(hb))
		}
		return strings.Compare(a, b)
	})
	dealt := map[string]*[folds]int{}
	for _, site := range order {
		kind := all[bySite[site][0]].group()
		if dealt[kind] == nil {
			dealt[kind] = new([folds]int)
		}
		fold := 0
		for f, n := range dealt[kind] {
			if n < dealt[kind][fold] {
				fold = f
			}
		}
		for _, i := range bySite[site] {
			all[i].sample.Fold = fold
		}
		dealt[kind][fold] += len(bySite[site])
	}
}

func hash(s string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32()
}
