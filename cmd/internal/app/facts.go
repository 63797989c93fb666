package app

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/clipmend/clipmend/annotate"
	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/batch"
	"github.com/clipmend/clipmend/ingest/source"
	"github.com/clipmend/clipmend/normalize"
	"github.com/clipmend/clipmend/vault/models"
)

func (s *session) factsVerb() *cli.Command {
	return &cli.Command{
		Name:      "facts",
		Usage:     "list the facts that notes state, each with its words",
		ArgsUsage: "PATH...",
		Description: `Reads notes and pages and prints what they say about models. Nothing is written.

   clipmend facts ~/Notes/Clippings
   clipmend facts --json note.md
   clipmend facts --format csv --attribute parameters notes/ > sizes.csv
   clipmend facts --where 'parameters >= 100B or model ~ qwen' notes/

` + whereHelp,
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "format", Value: "table", Usage: "the form of the output: `table|json|jsonl|csv|parquet`"},
			&cli.BoolFlag{Name: "json", Usage: `one object a file: {"path", "facts": […]}`},
			&cli.StringSliceFlag{Name: "model", Usage: "only facts about the model `NAME`, however it is spelled"},
			&cli.StringSliceFlag{Name: "attribute", Usage: "only facts of the attribute `NAME`"},
			&cli.StringSliceFlag{Name: "where", Usage: "only facts for which `EXPR` holds, as told above"},
			packFlag(),
			&cli.PathFlag{Name: "check-pack", Usage: "check the pack in `FILE` and run its examples, then stop"},
		}, readerFlags()...),
		Action: s.facts,
	}
}

func (s *session) facts(c *cli.Context) error {
	if path := c.Path("check-pack"); path != "" {
		return s.checkPack(append(c.StringSlice("pack"), path))
	}
	sources, err := s.sources(c)
	if err != nil {
		return err
	}
	pack, err := packFor(c.StringSlice("pack"))
	if err != nil {
		return err
	}
	readers, err := newFactReader(c, pack)
	if err != nil {
		return err
	}
	keep, err := factFilter(c, slices.Sorted(maps.Keys(pack.Attributes)))
	if err != nil {
		return err
	}
	format := c.String("format")
	if c.Bool("json") {
		format = "perfile"
	}
	w, err := s.factWriter(format, len(sources) > 1 || isFolder(sources[0]))
	if err != nil {
		return err
	}
	var t tally
	found := 0
	p := s.progress("facts")
	for f, err := range s.factsOf(c.Context, sources, readers) {
		p.step(f.Path)
		if err != nil {
			p.clear()
			t.count(s, err)
			continue
		}
		t.done++
		if f.unread != nil {
			p.clear()
			t.count(s, f.unread)
		}
		f.Facts = slices.DeleteFunc(f.Facts, func(x annotate.Fact) bool { return !keep(f.Path, x) })
		found += len(f.Facts)
		if err := w.write(f); err != nil {
			return err
		}
	}
	p.clear()
	if err := errors.Join(w.close(), c.Context.Err()); err != nil {
		return err
	}
	if found == 0 && t.done > 0 && format == "table" && !s.quiet {
		fmt.Fprintf(s.err, "no such facts in %d %s\n", t.done, plural(t.done, "file", "files"))
	}
	return t.verdict()
}

// A factFile is what one file states.
type factFile struct {
	Path  string          `json:"path"`
	Facts []annotate.Fact `json:"facts"`

	unread error // what kept the second reader from reading
}

// factsOf reads the sources and yields the facts of each clip, in order.
func (s *session) factsOf(ctx context.Context, sources []string, readers *factReader) func(func(factFile, error) bool) {
	clips := source.Open(ctx, sources, source.Options{Stdin: s.in})
	return batch.Map(ctx, clips, s.jobs, func(ctx context.Context, clip ingest.Clip) (factFile, error) {
		f := factFile{Path: clip.Origin.String(), Facts: []annotate.Fact{}}
		note, err := normalize.Normalize(clip, normalize.Options{TextOnly: true})
		if err != nil {
			return f, failedIn("normalize", clip.Origin, err)
		}
		facts, err := readers.read(ctx, note.Text[note.Body.Start:note.Body.End])
		if f.Facts = append(f.Facts, facts...); err != nil {
			f.unread = failedIn("reader", clip.Origin, err)
		}
		return f, nil
	})
}

// factFilter joins --model, --attribute and --where. attributes are those of the
// pack.
func factFilter(c *cli.Context, attributes []string) (where, error) {
	var wheres []where
	for _, expr := range c.StringSlice("where") {
		w, err := parseWhere(expr, attributes)
		if err != nil {
			return nil, usagef("--where: %w", err)
		}
		wheres = append(wheres, w)
	}
	asked := c.StringSlice("attribute")
	for _, name := range asked {
		if !slices.ContainsFunc(attributes, func(a string) bool { return strings.EqualFold(a, name) }) {
			return nil, usagef("--attribute: the pack has no %q%s", name, didYouMean(name, attributes))
		}
	}
	names := c.StringSlice("model")
	return func(path string, f annotate.Fact) bool {
		return (len(names) == 0 || slices.ContainsFunc(names, func(n string) bool { return models.SameName(n, f.Model) })) &&
			(len(asked) == 0 || slices.ContainsFunc(asked, func(a string) bool { return strings.EqualFold(a, f.Attribute) })) &&
			!slices.ContainsFunc(wheres, func(w where) bool { return !w(path, f) })
	}, nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
