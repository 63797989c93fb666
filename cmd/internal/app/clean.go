package app

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/normalize"
	"github.com/clipmend/clipmend/vault"
)

func (s *session) cleanVerb() *cli.Command {
	return &cli.Command{
		Name:      "clean",
		Usage:     "mend notes where they lie",
		ArgsUsage: "PATH...",
		Description: `Mends encodings, broken characters, properties and lists of notes, and touches
nothing else in them. It prints the plan; --write applies it, and undo is in
the books.

   clipmend clean ~/Notes
   clipmend clean --diff ~/Notes/Clippings/old.md
   clipmend clean --write --max-changes 50% ~/Notes`,
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "write", Aliases: []string{"w"}, Usage: "apply the plan"},
			&cli.BoolFlag{Name: "diff", Usage: "show what changes in each note"},
			&cli.BoolFlag{Name: "json", Usage: "one object a line: the plan's changes"},
			&cli.StringFlag{Name: "max-changes", Value: "100%", Usage: "stop, writing nothing, if more notes than `N` or N% would change"},
			&cli.PathFlag{Name: "state", Usage: "keep the books in `DIR`", EnvVars: []string{"CLIPMEND_STATE"}},
		}, ruleFlags()...),
		Action: s.clean,
	}
}

func (s *session) clean(c *cli.Context) error {
	if c.Bool("list-rules") {
		return s.listRules()
	}
	paths, err := s.sources(c)
	if err != nil {
		return err
	}
	o, err := ruleOptions(c)
	if err != nil {
		return err
	}
	o.InPlace = true
	most, err := parseLimit(c.String("max-changes"))
	if err != nil {
		return err
	}
	var t tally
	view := planView{session: s, json: c.Bool("json"), diff: c.Bool("diff"), dryRun: !c.Bool("write")}
	for _, p := range paths {
		changes, err := s.cleanPath(c, p, o, most, &view)
		if err != nil {
			if c.Context.Err() != nil {
				return c.Context.Err()
			}
			if _, tooMany := errors.AsType[tooManyError](err); tooMany {
				return err
			}
			t.count(s, fmt.Errorf("%s: clean: %w", p, err))
			continue
		}
		t.add(changes)
		if err := view.show(changes); err != nil {
			return err
		}
	}
	if err := view.finish(); err != nil {
		return err
	}
	return t.verdict()
}

// tooManyError stops a run that would change more than it may.
type tooManyError struct {
	path          string
	changes, most int
}

func (e tooManyError) Error() string {
	return fmt.Sprintf("%s: %d notes would change, which is more than the %d that --max-changes allows; nothing was written", e.path, e.changes, e.most)
}

// cleanPath plans, and with --write applies, the cleaning of one file or
// folder.
func (s *session) cleanPath(c *cli.Context, p string, o normalize.Options, most limit, view *planView) ([]vault.Change, error) {
	dir, inside, err := vault.Locate(p)
	if err != nil {
		return nil, err
	}
	v, cleanUp, err := openVault(c.Context, dir, c.Path("state"), "clean", !c.Bool("write"))
	if err != nil {
		return nil, errors.Join(err, cleanUp())
	}
	defer v.Close()
	pr := s.progress("clean")
	plan, err := v.PlanFiles(c.Context, notesBelow(v, p, inside, pr), cleaner(dir, o))
	pr.clear()
	if err != nil {
		return nil, err
	}
	defer plan.Close()
	if n, most := plan.Writes(), most.of(len(plan.Changes)); n > most {
		return nil, tooManyError{p, n, most}
	}
	if err := view.diffs(plan); err != nil || !c.Bool("write") {
		return plan.Changes, err
	}
	report, err := v.Apply(c.Context, plan, nil)
	return report.Changes, err
}

// notesBelow yields the note itself, or the notes of a folder.
func notesBelow(v *vault.Vault, p, inside string, pr *progress) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		if info, err := os.Stat(p); err == nil && !info.IsDir() {
			yield(inside, nil)
			return
		}
		for note, err := range v.Notes(inside) {
			pr.step(note)
			if !yield(note, err) {
				return
			}
		}
	}
}

// cleaner makes the function that mends one note.
func cleaner(dir string, o normalize.Options) vault.Rewrite {
	return func(at string, text []byte) ([]byte, []string, error) {
		clip := ingest.Clip{Origin: ingest.Origin{Path: filepath.Join(dir, filepath.FromSlash(at))}, MediaType: "text/markdown", Body: text}
		note, err := normalize.Normalize(clip, o)
		if err != nil {
			return nil, nil, fmt.Errorf("normalize: %w", err)
		}
		p := prepared{note: note}
		return note.Text, p.why(), nil
	}
}

// A limit is a number of notes, or a share of all in percent.
type limit struct {
	n     int
	share bool
}

// parseLimit reads --max-changes.
func parseLimit(s string) (limit, error) {
	digits, share := strings.CutSuffix(s, "%")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 {
		return limit{}, usagef("--max-changes: %q is neither a number nor a share such as 50%%", s)
	}
	return limit{n, share}, nil
}

func (l limit) of(all int) int {
	if l.share {
		return all * l.n / 100
	}
	return l.n
}
