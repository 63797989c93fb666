// Command score reads labelled documents, one JSON object a line with "id" and
// "text", and writes the facts that the engine finds in each:
//
//	go run ./annotate/score [-pack FILE] [-leave] [-without] < GOLD.jsonl > PRED.jsonl
//
// With -leave, each document is read by a pack that does not list the families
// of the document's own "models". With -without, the pack lists no names at
// all, so that every name is found by its shape and company.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/annotate"
	"github.com/clipmend/clipmend/annotate/packs"
)

func main() {
	pack := flag.String("pack", "", "a pack's `file`; the default is the embedded pack")
	without := flag.Bool("without", false, "forget the pack's list of names")
	leave := flag.Bool("leave", false, "leave the families of each document out of the pack")
	flag.Parse()
	if err := run(os.Stdin, os.Stdout, *pack, *leave, *without); err != nil {
		fmt.Fprintln(os.Stderr, "score:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer, file string, leave, without bool) error {
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
	type document struct {
		ID, Text string
		Models   []struct{ Name string }
	}
	dec, w := json.NewDecoder(bufio.NewReader(in)), bufio.NewWriter(out)
	enc := json.NewEncoder(w)
	for {
		var doc document
		if err := dec.Decode(&doc); err == io.EOF {
			return w.Flush()
		} else if err != nil {
			return err
		}
		if leave {
			var own []string
			for _, m := range doc.Models {
				own = append(own, fold(m.Name))
			}
			engine = annotate.NewEngine(withoutFamilies(p, own))
		}
		if err := enc.Encode(line{ID: doc.ID, Facts: engine.Annotate([]byte(doc.Text))}); err != nil {
			return err
		}
	}
}

// withoutFamilies returns the pack without the names that any of own begins with.
func withoutFamilies(p *packs.Pack, own []string) *packs.Pack {
	family := func(name string) bool {
		return slices.ContainsFunc(own, func(o string) bool {
			return strings.HasPrefix(o, fold(name)) || strings.Contains(o, fold(name)) && len(name) > 3
		})
	}
	left := *p
	left.Entity.Names = map[string]packs.Aliases{}
	for name, a := range p.Entity.Names {
		var also packs.Phrases
		for _, ph := range a.Also {
			if !family(ph.Text) {
				also = append(also, ph)
			}
		}
		if family(name) {
			if len(also) == 0 {
				continue
			}
			name, also = also[0].Text, also[1:]
		}
		left.Entity.Names[name] = packs.Aliases{Also: also}
	}
	return &left
}

func fold(name string) string {
	return strings.NewReplacer(" ", "", "-", "", "_", "").Replace(strings.ToLower(name))
}
