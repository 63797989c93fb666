// Train fits the model that tells main content from the rest and writes it
// to a file; the same pages give the same bytes.
//
//	go run ./normalize/page/train PAGES normalize/page/content/model.bin
//
// With -judge it cross-validates instead: every page is made into Markdown by
// a model that saw no page of its site, and the word F1 of that is printed by
// set and kind of page. -out keeps the Markdown, in the form of
// normalize/page/score.
//
//	go run ./normalize/page/train -judge [-out DIR] PAGES
//
// PAGES holds manifest/SET.jsonl, whose lines have the fields id, path, url,
// type and ref, the text that should come out.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"

	"github.com/clipmend/clipmend/normalize/page/content"
)

const folds = 5

func main() {
	judge := flag.Bool("judge", false, "cross-validate")
	out := flag.String("out", "", "with -judge, the folder for the Markdown")
	flag.Parse()
	if err := run(*judge, *out, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(judge bool, out string, args []string) error {
	if judge && len(args) != 1 || !judge && len(args) != 2 {
		return errors.New("usage: train PAGES MODEL, or train -judge [-out DIR] PAGES")
	}
	pages, err := load(args[0])
	if err != nil {
		return err
	}
	if judge {
		return crossValidate(pages, args[0], out)
	}
	return os.WriteFile(args[1], content.Train(samples(pages), folds, -1).AppendBinary(nil), 0o644)
}

func samples(pages []labelled) []*content.Sample {
	list := make([]*content.Sample, len(pages))
	for i := range pages {
		list[i] = pages[i].sample
	}
	return list
}
