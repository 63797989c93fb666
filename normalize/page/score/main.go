// Score converts a folder of pages and writes, for each, one line of JSON
// with its Markdown and metadata, in the form that the scorers of the page
// sets read.
//
//	go run ./normalize/page/score PAGES SET > SET.ours.jsonl
//
// PAGES holds manifest/SET.jsonl, whose lines have the fields id, path and
// url.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/clipmend/clipmend/normalize/page"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: score PAGES SET")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "score:", err)
		os.Exit(1)
	}
}

func run(root, set string) error {
	list, err := os.Open(filepath.Join(root, "manifest", set+".jsonl"))
	if err != nil {
		return err
	}
	defer list.Close()
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for d := json.NewDecoder(list); d.More(); {
		var e struct{ ID, Path, URL string }
		if err := d.Decode(&e); err != nil {
			return err
		}
		src, err := os.ReadFile(filepath.Join(root, e.Path))
		if err != nil {
			return err
		}
		p, err := page.Convert(src, page.Options{URL: e.URL})
		if err != nil {
			return fmt.Errorf("%s: %w", e.ID, err)
		}
		line, err := json.Marshal(map[string]any{
			"id": e.ID, "kind": p.Kind, "text": string(p.Markdown), "warnings": p.Warnings,
			"meta": map[string]string{
				"title": p.Meta.Title, "author": p.Meta.Author(), "published": p.Meta.Published,
				"site": p.Meta.Site, "lang": p.Meta.Lang,
			},
			"source": p.Meta.Source,
		})
		if err != nil {
			return err
		}
		out.Write(append(line, '\n'))
	}
	return nil
}
