package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
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
		}, slices.Concat(ruleFlags(), styleFlags())...),
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
	view := planView{session: s, json: c.Bool("json"), diff: c.Bool("diff"), dryRun: !c.Bool("write"), next: "--write applies this, --diff shows it, clipmend review decides note by note"}
	for _, g := range s.byVault(paths, &t) {
		changes, err := s.cleanVault(c, g, o, most, &view)
		if err != nil {
			if c.Context.Err() != nil {
				return c.Context.Err()
			}
			if _, tooMany := errors.AsType[tooManyError](err); tooMany {
				return err
			}
			t.count(s, fmt.Errorf("%s: clean: %w", g.dir, err))
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
	t.kept = true
	return t.verdict()
}

// tooManyError stops a run that would change more than it may.
type tooManyError struct {
	dir           string
	changes, most int
}

func (e tooManyError) Error() string {
	return fmt.Sprintf("%s: %d notes would change, which is more than the %d that --max-changes allows; nothing was written", e.dir, e.changes, e.most)
}

// inVault is what is to be cleaned of one vault: folders and notes in it.
type inVault struct {
	dir    string
	inside []string
}

// byVault sorts paths by the vault that they are in, so that one vault has one
// run. One that is not there is reported.
func (s *session) byVault(paths []string, t *tally) []inVault {
	var groups []inVault
	for _, p := range paths {
		dir, inside, err := vault.Locate(p)
		if err != nil {
			t.count(s, fmt.Errorf("%s: clean: %w", p, err))
			continue
		}
		i := slices.IndexFunc(groups, func(g inVault) bool { return g.dir == dir })
		if i < 0 {
			i = len(groups)
			groups = append(groups, inVault{dir: dir})
		}
		groups[i].inside = append(groups[i].inside, inside)
	}
	return groups
}

// cleanVault plans, and with --write applies, the cleaning of notes of a vault.
func (s *session) cleanVault(c *cli.Context, g inVault, o normalize.Options, most limit, view *planView) ([]vault.Change, error) {
	v, cleanUp, err := openVault(c.Context, g.dir, c.Path("state"), c.Command.Name, !c.Bool("write"))
	if err != nil {
		return nil, errors.Join(err, cleanUp())
	}
	defer v.Close()
	pr := s.progress("clean")
	plan, err := v.PlanFiles(c.Context, notesBelow(v, g.inside, pr), cleaner(g.dir, o))
	pr.clear()
	if err != nil {
		return nil, err
	}
	defer plan.Close()
	if n, most := plan.Writes(), most.of(len(plan.Changes)); n > most {
		return nil, tooManyError{g.dir, n, most}
	}
	if err := view.diffs(plan); err != nil || !c.Bool("write") {
		return plan.Changes, err
	}
	report, err := s.apply(c.Context, v, plan)
	if report.Run != "" {
		view.undo = append(view.undo, fmt.Sprintf("clipmend undo --vault %s", shellQuote(v.Dir())))
	}
	return report.Changes, err
}

// apply carries a plan out and shows how far it has come.
func (s *session) apply(ctx context.Context, v *vault.Vault, plan *vault.Plan) (vault.Report, error) {
	pr := s.progress("write")
	defer pr.clear()
	return v.Apply(ctx, plan, func(_, of int) { pr.stepOf(of) })
}

// shellQuote writes an argument so that it can be copied to a shell.
func shellQuote(arg string) string {
	if strings.Trim(arg, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+,:@") == "" {
		return arg
	}
	return "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
}

// notesBelow yields the notes that are named, and those of the folders that are,
// each once.
func notesBelow(v *vault.Vault, inside []string, pr *progress) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		seen := map[string]bool{}
		for _, at := range inside {
			notes := v.Notes(at)
			if info, err := os.Stat(filepath.Join(v.Dir(), filepath.FromSlash(at))); err == nil && !info.IsDir() {
				notes = each([]string{at})
			}
			for note, err := range notes {
				if seen[note] {
					continue
				}
				seen[note] = true
				pr.step(note)
				if !yield(note, err) {
					return
				}
			}
		}
	}
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// cleaner makes the function that mends one note.
func cleaner(dir string, o normalize.Options) vault.Rewrite {
	return func(at string, text []byte) (vault.Rewritten, error) {
		clip := ingest.Clip{Origin: ingest.Origin{Path: filepath.Join(dir, filepath.FromSlash(at))}, MediaType: "text/markdown", Body: text}
		note, err := normalize.Normalize(clip, o)
		if err != nil {
			return vault.Rewritten{}, fmt.Errorf("normalize: %w", err)
		}
		p, out := prepared{note: note}, note.Text
		if bytes.HasPrefix(text, byteOrderMark) && note.Encoding == "utf-8" && !bytes.HasPrefix(out, byteOrderMark) {
			out = slices.Concat(byteOrderMark, out) // it is the person's, and does no harm
		}
		return vault.Rewritten{Text: out, Why: p.why(), Doubts: doubtsOf(note)}, nil
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
