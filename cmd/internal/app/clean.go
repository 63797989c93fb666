package app

import (
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

	"github.com/clipmend/clipmend/vault"
)

func (s *session) cleanVerb() *cli.Command {
	return &cli.Command{
		Name:      "clean",
		Usage:     "mend notes where they lie",
		ArgsUsage: "PATH...",
		Description: `Mends encodings, broken characters, properties and lists of notes, and touches
nothing else in them. It prints the plan; --write applies it, and undo is in
the books. Text becomes UTF-8, whatever it was in.

In a folder it looks at notes (.md, .markdown), and with --ext at other plain
text, of which only characters are mended. A file that is named is mended
whatever its name.

   clipmend clean ~/Notes
   clipmend clean --diff ~/Notes/Clippings/old.md
   clipmend clean --write --max-changes 50% ~/Notes
   clipmend clean --ext txt,srt,csv --mtime keep ~/Archive
   clipmend clean --keep-encoding old.txt`,
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "write", Aliases: []string{"w"}, Usage: "apply the plan"},
			&cli.BoolFlag{Name: "diff", Usage: "show what changes in each note"},
			&cli.BoolFlag{Name: "json", Usage: "one object a line: the plan's changes, and at the end a summary"},
			&cli.StringSliceFlag{Name: "ext", Usage: "in folders, mend files with these endings too: `EXT,EXT,…`"},
			&cli.BoolFlag{Name: "keep-encoding", Usage: "write each file in the encoding that it was in; what that cannot hold is refused"},
			&cli.StringFlag{Name: "mtime", Value: "now", Usage: "set the modification time of files that change to now, or keep it, and backups and sync services may miss the change: `now|keep`"},
			&cli.StringFlag{Name: "max-changes", Value: "100%", Usage: "stop, writing nothing, if more notes than `N` would change, or N%"},
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
	how, err := newCleaning(c)
	if err != nil {
		return err
	}
	if c.Bool("write") {
		s.outliveReader()
	}
	most, err := parseLimit(c.String("max-changes"))
	if err != nil {
		return err
	}
	var t tally
	view := planView{
		session: s, encodings: map[string]int{}, empty: "nothing to do: no " + strings.Join(how.extensions, " or ") + " files there; --ext txt looks at those too",
		json: c.Bool("json"), diff: c.Bool("diff"), dryRun: !c.Bool("write"), next: "--write applies this, --diff shows it, clipmend review decides note by note",
	}
	for _, g := range s.byVault(paths, &t) {
		changes, err := s.cleanVault(c, g, how, most, &view)
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
	view.failed = t.failed > 0
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
		if p == "-" {
			t.count(s, errors.New("-: clean: it mends files where they lie; clipmend fix mends standard input"))
			continue
		}
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
func (s *session) cleanVault(c *cli.Context, g inVault, how cleaning, most limit, view *planView) ([]vault.Change, error) {
	v, err := vault.OpenContext(c.Context, g.dir, vault.Options{
		State: c.Path("state"), ReadOnly: !c.Bool("write"), Verb: c.Command.Name, Wait: lockWait, KeepTimes: how.keepTimes,
	})
	if err != nil {
		return nil, err
	}
	defer v.Close()
	pr := s.progress("clean")
	plan, err := v.PlanFiles(c.Context, filesBelow(v, g.inside, how.wanted, pr), how.in(g.dir))
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

// filesBelow yields the files that are named, and the wanted ones of the folders
// that are, each once.
func filesBelow(v *vault.Vault, inside []string, wanted func(name string) bool, pr *progress) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		seen := map[string]bool{}
		for _, at := range inside {
			files := v.Files(at, wanted)
			if info, err := os.Stat(filepath.Join(v.Dir(), filepath.FromSlash(at))); err == nil && !info.IsDir() {
				files = each([]string{at})
			}
			for file, err := range files {
				if seen[file] {
					continue
				}
				seen[file] = true
				pr.step(file)
				if !yield(file, err) {
					return
				}
			}
		}
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
