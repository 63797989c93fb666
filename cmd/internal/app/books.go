package app

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/clipmend/clipmend/vault"
)

// booksFlags name the vault and its books.
func booksFlags() []cli.Flag {
	return []cli.Flag{
		&cli.PathFlag{Name: "vault", Usage: "the vault's `DIR`", EnvVars: []string{"CLIPMEND_VAULT"}},
		&cli.PathFlag{Name: "state", Usage: "the books are in `DIR`", EnvVars: []string{"CLIPMEND_STATE"}},
		&cli.BoolFlag{Name: "json", Usage: "print JSON, for scripts"},
	}
}

// withVault opens the vault that the flags name, for f.
func withVault(c *cli.Context, readOnly bool, f func(*vault.Vault) error) error {
	if c.Path("vault") == "" {
		return usagef("%s: say where the vault is: --vault DIR, or CLIPMEND_VAULT", c.Command.Name)
	}
	v, err := vault.OpenContext(c.Context, c.Path("vault"), vault.Options{
		State: c.Path("state"), ReadOnly: readOnly, Verb: c.Command.Name, Wait: lockWait,
	})
	if err != nil {
		return err
	}
	return errors.Join(f(v), v.Close())
}

func (s *session) undoVerb() *cli.Command {
	return &cli.Command{
		Name:      "undo",
		Usage:     "take back what a run wrote",
		ArgsUsage: "[RUN]",
		Description: `Gives each note the exact bytes it had before, or takes it away if the run
made it. A note that was edited since loses only the run's changes, or is kept
where that is not possible. Undoing can be undone. Modification times become now,
but stay after clean --mtime keep.

   clipmend undo --vault ~/Notes
   clipmend undo --vault ~/Notes 12 --dry-run --diff`,
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "dry-run", Aliases: []string{"n"}, Usage: "print the plan, write nothing"},
			&cli.BoolFlag{Name: "diff", Usage: "show what changes in each note"},
		}, booksFlags()...),
		Action: func(c *cli.Context) error {
			return withVault(c, c.Bool("dry-run"), func(v *vault.Vault) error { return s.undo(c, v) })
		},
	}
}

func (s *session) undo(c *cli.Context, v *vault.Vault) error {
	if len(v.Status().Runs) == 0 {
		return errors.New("undo: the books know of no run")
	}
	r := &run{session: s, vault: v, dryRun: c.Bool("dry-run"), view: planView{
		session: s, json: c.Bool("json"), diff: c.Bool("diff"), dryRun: c.Bool("dry-run"),
	}}
	if !r.dryRun {
		s.outliveReader()
	}
	if _, err := r.carryOut(c.Context, func() (*vault.Plan, error) { return v.PlanUndo(c.Context, c.Args().First()) }); err != nil {
		return err
	}
	return errors.Join(r.view.finish(), r.verdict())
}

func (s *session) statusVerb() *cli.Command {
	return &cli.Command{
		Name:        "status",
		Usage:       "say what is in the vault's books",
		Description: "Shows how many notes are known, the last runs, and what waits for a decision.",
		Flags:       booksFlags(),
		Action: func(c *cli.Context) error {
			return withVault(c, true, func(v *vault.Vault) error { return s.status(c, v) })
		},
	}
}

// runsShown is how many of the last runs status lists.
const runsShown = 10

func (s *session) status(c *cli.Context, v *vault.Vault) error {
	st := v.Status()
	if c.Bool("json") {
		if err := s.printJSON(struct {
			vault.Status
			Doubts map[string][]vault.Doubt `json:"doubts,omitempty"`
		}{st, v.Doubts()}); err != nil {
			return err
		}
	} else if err := s.printStatus(v, st); err != nil {
		return err
	}
	if n := len(st.Conflicts) + len(st.Rescued); n > 0 {
		return conflictsError(n)
	}
	return nil
}

func (s *session) printStatus(v *vault.Vault, st vault.Status) error {
	var b strings.Builder
	fmt.Fprintf(&b, "vault %s\nbooks %s\n%d %s brought in, %d deleted by a person\n", v.Dir(), v.Books(), st.Notes, plural(st.Notes, "note", "notes"), st.Gone)
	for _, r := range st.Runs[max(0, len(st.Runs)-runsShown):] {
		verb, _, _ := strings.Cut(r.Verb, " ")
		fmt.Fprintf(&b, "  run %s  %s  %s  %d %s\n", r.ID, r.Time.Local().Format(time.DateTime), verb, r.Changes, plural(r.Changes, "change", "changes"))
	}
	for _, p := range st.Conflicts {
		fmt.Fprintf(&b, "conflict %s: clipped again while you edited it\n", p.Path)
	}
	for _, path := range slices.Sorted(maps.Keys(st.Rescued)) {
		fmt.Fprintf(&b, "rescued %s: a text of yours that found no place is in the books\n", path)
	}
	doubts := v.Doubts()
	for _, path := range slices.Sorted(maps.Keys(doubts)) {
		fmt.Fprintf(&b, "doubtful %s: %d %s\n", path, len(doubts[path]), plural(len(doubts[path]), "best guess", "best guesses"))
	}
	if len(st.Conflicts)+len(st.Rescued)+len(doubts) > 0 {
		fmt.Fprintf(&b, "to decide: clipmend review --vault %s\n", v.Dir())
	}
	for _, line := range st.BadLines {
		fmt.Fprintf(&b, "damaged %s\n", line)
	}
	_, err := fmt.Fprint(s.out, b.String())
	return err
}

func (s *session) doctorVerb() *cli.Command {
	return &cli.Command{
		Name:        "doctor",
		Usage:       "check the vault's books, and with --mend put them right",
		Description: "Checks every line of the journal and every text against its hash, and shows\nwhere settings come from. The notes themselves are not touched.",
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "mend", Usage: "put right what can be"},
		}, booksFlags()...),
		Action: func(c *cli.Context) error {
			return withVault(c, !c.Bool("mend"), func(v *vault.Vault) error { return s.doctor(c, v) })
		},
	}
}

func (s *session) doctor(c *cli.Context, v *vault.Vault) error {
	s.writes.Store(c.Bool("mend"))
	findings, err := v.Doctor(c.Context, c.Bool("mend"))
	if err != nil {
		return err
	}
	left := 0
	for _, f := range findings {
		if !f.Mended {
			left++
		}
	}
	if c.Bool("json") {
		err = s.printJSON(map[string]any{"vault": v.Dir(), "books": v.Books(), "settings": s.settings.file, "findings": findings})
	} else {
		err = s.printFindings(v, findings)
	}
	if err == nil && left > 0 {
		err = fmt.Errorf("doctor: %d %s not mended", left, plural(left, "finding", "findings"))
	}
	return err
}

func (s *session) printFindings(v *vault.Vault, findings []vault.Finding) error {
	settings := s.settings.file
	if settings == "" {
		settings = "none"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "vault %s\nbooks %s\nsettings file %s\n", v.Dir(), v.Books(), settings)
	for _, f := range findings {
		state := "found"
		if f.Mended {
			state = "mended"
		}
		fmt.Fprintf(&b, "%s: %s\n", state, f.What)
	}
	if len(findings) == 0 {
		b.WriteString("nothing is wrong\n")
	}
	_, err := fmt.Fprint(s.out, b.String())
	return err
}
