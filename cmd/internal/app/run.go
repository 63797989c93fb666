package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/clipmend/clipmend/annotate"
	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/normalize"
	"github.com/clipmend/clipmend/normalize/safety"
	"github.com/clipmend/clipmend/vault"
	"github.com/clipmend/clipmend/vault/models"
)

// lockWait is how long to wait for another clipmend that is at work on the
// vault.
const lockWait = 10 * time.Second

// A run brings clips into one vault.
type run struct {
	session *session
	vault   *vault.Vault
	cleanUp func() error
	view    planView
	dryRun  bool
	folder  string
	files   string // the folder for attachments
	images  pictures
	engine  *annotate.Engine // nil: no facts
	schema  models.Schema
	names   models.Names

	modelNotes []string            // the notes about models that were there at the start
	stated     map[string]stated   // by the clip's origin
	taken      map[string][]string // by the clip's origin: rules of what it may not do, one a time
	tally      tally
}

// stated is what one clip says about models.
type stated struct {
	title string
	facts []annotate.Fact
	ids   []string
}

func (s *session) newRun(c *cli.Context, verb string) (*run, error) {
	r := &run{
		session: s, folder: c.String("folder"), dryRun: c.Bool("dry-run"), stated: map[string]stated{}, taken: map[string][]string{},
		view: planView{session: s, json: c.Bool("json"), diff: c.Bool("diff"), dryRun: c.Bool("dry-run")},
	}
	if !c.Bool("no-facts") {
		pack, err := packFor(c.Path("pack"))
		if err != nil {
			return nil, err
		}
		r.engine, r.schema = annotate.NewEngine(pack), schemaOf(pack)
	}
	var err error
	if r.images, err = picturesOf(c); err != nil {
		return nil, err
	}
	r.vault, r.cleanUp, err = openVault(c.Context, c.Path("vault"), c.Path("state"), verb, r.dryRun)
	if err != nil {
		return nil, errors.Join(err, r.cleanUp())
	}
	r.files = r.vault.AttachmentFolder(r.folder)
	return r, r.learnNames()
}

func (r *run) close() error { return errors.Join(r.vault.Close(), r.cleanUp()) }

// learnNames notes which models have notes already.
func (r *run) learnNames() error {
	for path, err := range r.vault.Notes(modelsFolder) {
		if err != nil {
			return err
		}
		r.modelNotes = append(r.modelNotes, path)
		r.names.Learn(stemOfPath(path), stemOfPath(path))
	}
	return nil
}

// clip carries the run out: first the notes, then the notes about models, whose
// links need to know where the former lie.
func (r *run) clip(ctx context.Context, clips iter.Seq2[ingest.Clip, error], o normalize.Options) error {
	p := r.session.progress("clip")
	o.Target = targetIn(r.folder, r.files)
	how := preparing{options: o, engine: r.engine, own: r.vault.Dir(), pictures: r.images}
	changes, err := r.carryOut(ctx, func() (*vault.Plan, error) {
		return r.vault.Plan(ctx, r.wanted(r.session.prepareAll(ctx, clips, how), p))
	})
	p.clear()
	if err != nil {
		return err
	}
	if r.engine != nil {
		if err := r.writeModels(ctx, changes); err != nil {
			return err
		}
	}
	return errors.Join(ctx.Err(), r.view.finish(), r.verdict())
}

// wanted turns prepared clips into the notes that the vault should hold.
func (r *run) wanted(seq iter.Seq2[prepared, error], p *progress) iter.Seq2[vault.Wanted, error] {
	seen := map[string]bool{}
	return func(yield func(vault.Wanted, error) bool) {
		for clip, err := range seq {
			p.step(clip.clip.Origin.String())
			var w vault.Wanted
			if err == nil {
				w, err = r.want(clip)
			}
			if err != nil {
				p.clear()
				r.tally.count(r.session, err)
				continue
			}
			for _, f := range clip.files(seen) { // a note's links lead somewhere from the start
				if !yield(r.wantFile(w.Origin, f), nil) {
					return
				}
			}
			if !yield(w, nil) {
				return
			}
		}
	}
}

// want marks the facts of a clip and says where it goes.
func (r *run) want(p prepared) (vault.Wanted, error) {
	for _, f := range p.facts {
		for _, model := range []string{f.Model, f.Other} {
			if model != "" {
				r.names.Learn(model, stemOf(model))
			}
		}
	}
	origin := p.clip.Origin.String()
	text := p.note.Text
	if r.engine != nil {
		marked, ids, err := models.Mark(text, p.facts, r.schema, r.names.File)
		if err != nil {
			return vault.Wanted{}, failedIn("annotate", p.clip.Origin, err)
		}
		text = marked
		r.stated[origin] = stated{p.title(), p.facts, ids}
	}
	if rules := takenOut(p.note); len(rules) > 0 {
		r.taken[origin] = rules
	}
	for _, warning := range p.note.Warnings {
		r.session.warn(origin, warning)
	}
	return vault.Wanted{
		Folder: r.folder, Title: p.title(), Text: text, URL: p.url(),
		Origin: origin, Saved: p.clip.Saved, Why: p.why(), Doubts: doubtsOf(p.note), Source: p.clip.Body,
	}, nil
}

// carryOut makes a plan, shows it, and applies it unless the run is dry. It
// returns the changes as they turned out.
func (r *run) carryOut(ctx context.Context, make func() (*vault.Plan, error)) ([]vault.Change, error) {
	plan, err := make()
	if err != nil {
		return nil, err
	}
	defer plan.Close()
	if err := r.view.diffs(plan); err != nil {
		return nil, err
	}
	changes := plan.Changes
	if !r.dryRun {
		report, err := r.vault.Apply(ctx, plan, nil)
		if err != nil {
			return nil, err
		}
		changes = report.Changes
	}
	r.tally.add(changes)
	for i := range changes {
		if changes[i].Writes() {
			r.view.takenOut(r.taken[changes[i].Origin])
		}
	}
	return changes, r.view.show(changes)
}

// takenOut returns the rules by which things were taken out of a clip that it
// may not do, one for each thing.
func takenOut(note *normalize.Note) []string {
	var rules []string
	for _, repair := range note.Repairs {
		if slices.ContainsFunc(safety.Rules(), func(rule safety.Rule) bool { return rule.ID == repair.Rule }) {
			rules = append(rules, repair.Rule)
		}
	}
	return rules
}

func (r *run) verdict() error {
	if err := r.tally.verdict(); err != nil {
		return err
	}
	if n := r.tally.conflicts; n > 0 {
		return conflictsError(n)
	}
	return nil
}

// writeModels brings the notes about models up to date with the clips that are
// in the vault now.
func (r *run) writeModels(ctx context.Context, changes []vault.Change) error {
	touched := map[string]bool{}
	rows := map[string][]models.Row{} // by the name of the model's note
	spelled := map[string]string{}
	for _, c := range changes {
		st, ok := r.stated[c.Origin]
		if !ok || c.Action == vault.Failed || c.Action == vault.Refused || c.Action == vault.Conflict {
			continue
		}
		note := strings.TrimSuffix(c.Path, ".md")
		touched[note] = true
		for model, list := range models.RowsOf(note, st.title, st.facts, st.ids, r.schema, r.names.File) {
			stem := r.names.File(model)
			rows[stem] = append(rows[stem], list...)
			if model != stem {
				spelled[stem] = min(model, cmp.Or(spelled[stem], model))
			}
		}
	}
	isTouched := func(note string) bool { return touched[note] }
	if _, err := r.carryOut(ctx, func() (*vault.Plan, error) {
		return r.vault.PlanFiles(ctx, each(r.modelNotes), func(path string, text []byte) (vault.Rewritten, error) {
			out, err := models.Update(text, nil, rows[stemOfPath(path)], isTouched, r.schema)
			return vault.Rewritten{Text: out, Why: []string{"facts"}}, err
		})
	}); err != nil {
		return err
	}
	_, err := r.carryOut(ctx, func() (*vault.Plan, error) {
		return r.vault.Plan(ctx, r.newModels(rows, spelled))
	})
	return err
}

// newModels wants a note for each model that has none yet, and the views over
// them.
func (r *run) newModels(rows map[string][]models.Row, spelled map[string]string) iter.Seq2[vault.Wanted, error] {
	have := map[string]bool{}
	for _, path := range r.modelNotes {
		have[stemOfPath(path)] = true
	}
	return func(yield func(vault.Wanted, error) bool) {
		for _, stem := range slices.Sorted(maps.Keys(rows)) {
			if have[stem] {
				continue
			}
			var aliases []string
			if other := spelled[stem]; other != "" {
				aliases = []string{other}
			}
			text, err := models.Update(nil, aliases, rows[stem], nil, r.schema)
			w := vault.Wanted{Path: modelsFolder + "/" + stem + ".md", Text: text, Why: []string{"facts"}}
			if err != nil {
				err = fmt.Errorf("%s: %w", w.Path, err)
			}
			if !yield(w, err) {
				return
			}
		}
		if len(rows) > 0 {
			text, err := models.Base(r.schema)
			yield(vault.Wanted{Path: modelsFolder + ".base", Text: text, Why: []string{"views"}}, err)
		}
	}
}

// each yields paths that are known to be there.
func each(paths []string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, p := range paths {
			if !yield(p, nil) {
				return
			}
		}
	}
}

func stemOf(model string) string { return strings.TrimSuffix(vault.FileName(model), ".md") }

func stemOfPath(path string) string {
	return strings.TrimSuffix(path[strings.LastIndexByte(path, '/')+1:], ".md")
}
