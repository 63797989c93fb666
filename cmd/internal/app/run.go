package app

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

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
	readers *factReader // nil: no facts
	schema  models.Schema
	marks   models.Marks
	names   models.Names

	modelNotes []string // the notes about models that were there at the start
	stated     *statedSpool
	taken      map[string][]string // by the clip's origin: rules of what it may not do, one a time
	tally      tally
}

func (s *session) newRun(c *cli.Context, verb string) (*run, error) {
	r := &run{
		session: s, folder: c.String("folder"), dryRun: c.Bool("dry-run"), stated: &statedSpool{}, taken: map[string][]string{},
		view: planView{session: s, json: c.Bool("json"), diff: c.Bool("diff"), dryRun: c.Bool("dry-run")},
	}
	if !c.Bool("no-facts") {
		pack, err := packFor(c.StringSlice("pack"))
		if err != nil {
			return nil, err
		}
		if r.readers, err = newFactReader(c, pack); err != nil {
			return nil, err
		}
		r.schema = schemaOf(pack)
		r.marks = models.Marks{Highlight: c.Bool("highlight"), Callout: !c.Bool("no-callout")}
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

func (r *run) close() error { return errors.Join(r.stated.close(), r.vault.Close(), r.cleanUp()) }

// learnNames notes which models have notes already.
func (r *run) learnNames() error {
	if r.readers == nil {
		return nil
	}
	for path, err := range r.vault.Notes(r.schema.Folder) {
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
	how := preparing{options: o, readers: r.readers, own: r.vault.Dir(), pictures: r.images}
	changes, err := r.carryOut(ctx, func() (*vault.Plan, error) {
		return r.vault.Plan(ctx, r.wanted(r.session.prepareAll(ctx, clips, how), p))
	})
	p.clear()
	if err != nil {
		return err
	}
	if r.readers != nil {
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
		others := []string{f.Model, f.Other}
		if r.schema.Links[f.Attribute] {
			others = append(others, f.Value.Text)
		}
		for _, model := range others {
			if model != "" {
				r.names.Learn(model, stemOf(model))
			}
		}
	}
	origin := p.clip.Origin.String()
	text := p.note.Text
	if r.readers != nil {
		marked, ids, err := models.Mark(text, p.facts, r.schema, r.names.File, r.marks)
		if err == nil {
			err = r.stated.add(stated{origin, p.title(), models.Statements(p.facts, ids, r.schema, r.names.File)})
		}
		if err != nil {
			return vault.Wanted{}, failedIn("annotate", p.clip.Origin, err)
		}
		text = marked
	}
	if rules := takenOut(p.note); len(rules) > 0 {
		r.taken[origin] = rules
	}
	if p.unread != nil {
		r.tally.count(r.session, failedIn("reader", p.clip.Origin, p.unread))
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
		report, err := r.session.apply(ctx, r.vault, plan)
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
