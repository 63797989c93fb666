// Train fits the model that tells main content from the rest and writes it
// to a file; the same pages give the same bytes. It prints the F1 of pages
// that the judging models did not see, by cross-validation.
//
//	go run ./normalize/page/train PAGES normalize/page/content/model.bin
//
// PAGES holds manifest/SET.jsonl, whose lines have the fields id, path, url,
// type and ref, the text that should come out.
package main

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/clipmend/clipmend/normalize/page/content"
	"github.com/clipmend/clipmend/normalize/page/dom"
)

const folds = 5

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: train PAGES MODEL")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

type labelled struct {
	*content.Sample
	group string
}

func run(root, out string) error {
	var all []labelled
	for _, set := range []struct {
		name   string
		weight float32
	}{{"wcxb-dev", 1}, {"readability", 1}, {"defuddle", 0.7}} {
		list, err := load(root, set.name, set.weight)
		if err != nil {
			return err
		}
		all = append(all, list...)
	}
	samples := make([]*content.Sample, len(all))
	for i := range all {
		samples[i] = all[i].Sample
	}
	// Indexes are scratch of one training at a time, so the final model is
	// made before the pages are judged.
	if err := os.WriteFile(out, content.Train(samples, folds, -1).AppendBinary(nil), 0o644); err != nil {
		return err
	}
	scores := map[string][]float64{}
	for f := range folds {
		fmt.Fprintf(os.Stderr, "judging fold %d of %d\n", f+1, folds)
		m := content.Train(samples, folds, f)
		for _, s := range all {
			if s.Fold == f {
				v := s.F1(s.Index.Choose(s.Index.Weigh(m)))
				scores[s.group] = append(scores[s.group], v)
			}
		}
	}
	for _, g := range slices.Sorted(maps.Keys(scores)) {
		var sum float64
		for _, v := range scores[g] {
			sum += v
		}
		fmt.Printf("%-28s %.3f (%d)\n", g, sum/float64(len(scores[g])), len(scores[g]))
	}
	return nil
}

var markup = regexp.MustCompile(`!?\[([^\]]*)\]\([^)]*\)`)

func load(root, set string, weight float32) ([]labelled, error) {
	f, err := os.Open(filepath.Join(root, "manifest", set+".jsonl"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var list []labelled
	for d := json.NewDecoder(f); d.More(); {
		var e struct{ ID, Path, URL, Type, Ref string }
		if err := d.Decode(&e); err != nil {
			return nil, err
		}
		src, err := os.ReadFile(filepath.Join(root, e.Path))
		if err != nil {
			return nil, err
		}
		doc, err := dom.Parse(src)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.ID, err)
		}
		ref := markup.ReplaceAllString(e.Ref, " $1 ")
		list = append(list, labelled{content.NewSample(doc, ref, fold(e.URL, e.ID), weight), set + " " + e.Type})
	}
	return list, nil
}

// fold puts pages of one host into one fold; made-up hosts say nothing.
func fold(address, id string) int {
	h := fnv.New32a()
	if u, err := url.Parse(address); err == nil && u.Host != "" && u.Host != "fakehost" {
		id = u.Host
	}
	h.Write([]byte(id))
	return int(h.Sum32() % folds)
}
