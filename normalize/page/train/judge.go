package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/clipmend/clipmend/normalize/page"
	"github.com/clipmend/clipmend/normalize/page/content"
)

// score sums up pages of one group.
type score struct {
	precision, recall, f1 float64
	ceiling               float64 // F1 of the blocks that the labels would keep
	pages, kinds          int     // kinds that were guessed right
}

// crossValidate converts every page with a model that saw none of its fold.
func crossValidate(pages []labelled, root, out string) error {
	scores := map[string]*score{}
	lines := map[string][]string{}
	for f := range folds {
		fmt.Fprintf(os.Stderr, "fold %d of %d\n", f+1, folds)
		m := content.Train(samples(pages), folds, f)
		for i := range pages {
			if pages[i].sample.Fold != f {
				continue
			}
			line, err := judge(&pages[i], root, m, scores)
			if err != nil {
				return fmt.Errorf("%s: %w", pages[i].ID, err)
			}
			lines[pages[i].set] = append(lines[pages[i].set], line)
		}
	}
	for _, g := range slices.Sorted(maps.Keys(scores)) {
		s, n := scores[g], float64(scores[g].pages)
		fmt.Printf("%-24s F1 %.3f  precision %.3f  recall %.3f  ceiling %.3f  kind %.3f  pages %d\n", g, s.f1/n, s.precision/n, s.recall/n, s.ceiling/n, float64(s.kinds)/n, s.pages)
	}
	if out == "" {
		return nil
	}
	for set, list := range lines {
		if err := write(filepath.Join(out, set+".ours.jsonl"), list); err != nil {
			return err
		}
	}
	return nil
}

// judge converts a page, takes its score into its groups and returns it as a
// line of JSON.
func judge(l *labelled, root string, m *content.Model, scores map[string]*score) (string, error) {
	src, err := os.ReadFile(filepath.Join(root, l.Path))
	if err != nil {
		return "", err
	}
	p, err := page.Convert(src, page.Options{URL: l.URL, Model: m})
	if err != nil {
		return "", err
	}
	ref := l.Ref
	if l.RefMD {
		ref = plain(ref)
	}
	signs := l.set != "wcxb-dev"
	precision, recall, f1 := match(words(plain(string(p.Markdown)), signs), words(ref, signs))
	ceiling := l.sample.F1(l.sample.Index.Choose(l.sample.Labels))
	for _, g := range []string{l.set, l.group()} {
		s := scores[g]
		if s == nil {
			s = &score{}
			scores[g] = s
		}
		s.precision, s.recall, s.f1 = s.precision+precision, s.recall+recall, s.f1+f1
		s.ceiling += ceiling
		if string(p.Kind) == l.Type {
			s.kinds++
		}
		s.pages++
		if l.Type == "" {
			break
		}
	}
	line, err := json.Marshal(map[string]any{
		"id": l.ID, "fold": l.sample.Fold, "f1": f1, "precision": precision, "recall": recall, "ceiling": ceiling, "type": l.Type, "kind": p.Kind, "text": string(p.Markdown),
		"meta": map[string]string{"title": p.Meta.Title, "author": p.Meta.Author(), "published": p.Meta.Published, "site": p.Meta.Site, "lang": p.Meta.Lang},
	})
	return string(line), err
}

func write(path string, lines []string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	for _, l := range lines {
		w.WriteString(l + "\n")
	}
	if err := w.Flush(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
