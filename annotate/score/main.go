// Command score reads labelled documents, one JSON object a line with "id" and
// "text", and writes the facts that the engine finds in each:
//
//	go run ./annotate/score [-pack FILE] [-without] < GOLD.jsonl > PRED.jsonl
//
// With -without, the pack knows none of the names of its list, so that every
// name is found by its shape and company.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/clipmend/clipmend/annotate"
	"github.com/clipmend/clipmend/annotate/packs"
)

func main() {
	pack := flag.String("pack", "", "a pack's `file`; the default is the embedded pack")
	without := flag.Bool("without", false, "forget the pack's list of names")
	flag.Parse()
	if err := run(os.Stdin, os.Stdout, *pack, *without); err != nil {
		fmt.Fprintln(os.Stderr, "score:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer, file string, without bool) error {
	p := packs.Default()
	if file != "" {
		f, err := os.Open(file)
		if err != nil {
			return err
		}
		defer f.Close()
		if p, err = packs.Load(f, file); err != nil {
			return err
		}
	}
	if without {
		bare := *p
		bare.Entity.Names = nil
		p = &bare
	}
	engine := annotate.NewEngine(p)
	type line struct {
		ID    string          `json:"id"`
		Text  string          `json:"text,omitempty"`
		Facts []annotate.Fact `json:"facts"`
	}
	type document struct{ ID, Text string }
	dec, w := json.NewDecoder(bufio.NewReader(in)), bufio.NewWriter(out)
	enc := json.NewEncoder(w)
	for {
		var doc document
		if err := dec.Decode(&doc); err == io.EOF {
			return w.Flush()
		} else if err != nil {
			return err
		}
		if err := enc.Encode(line{ID: doc.ID, Facts: engine.Annotate([]byte(doc.Text))}); err != nil {
			return err
		}
	}
}
