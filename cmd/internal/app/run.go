package app

import (
	"context"
	"errors"
	"iter"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/clipmend/clipmend/annotate/packs"
	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/normalize"
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
	pack    *packs.Pack // nil: no facts
	memory  *outcomes
	how     preparing

	modelNotes []string // the notes about models that were there at the start
	stated     *statedSpool
	taken      map[string][]string // by the clip's origin: rules of what it may not do, one a time
	tally      tally
}

func (s *session) newRun(c *cli.Context, verb string) (*run, error) {
	if folder := c.String("folder"); folder != "" && !filepath.IsLocal(filepath.FromSlash(folder)) {
		return nil, usagef("--folder: %q is no folder inside the vault", folder)
	}
	r := &run{
		session: s, folder: c.String("folder"), dryRun: c.Bool("dry-run"), stated: &statedSpool{}, taken: map[string][]string{},
		view: planView{session: s, json: c.Bool("json"), diff: c.Bool("diff"), dryRun: c.Bool("dry-run")},
	}
	if !r.dryRun {
		s.outliveReader()
	}
	if !c.Bool("no-facts") {
		pack, err := packFor(c.StringSlice("pack"))
		if err != nil {
			return nil, err
		}
		if r.readers, err = newFactReader(c, pack); err != nil {
			return nil, err
		}
		r.pack, r.schema = pack, schemaOf(pack)
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
	r.how = preparing{options: o, readers: r.readers, own: r.vault.Dir(), pictures: r.images, memory: r.memory}
	changes, err := r.carryOut(ctx, func() (*vault.Plan, error) {
		return r.vault.Plan(ctx, r.wanted(ctx, r.session.prepareAll(ctx, clips, r.how), p))
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
	r.view.failed = r.tally.failed > 0
	return errors.Join(ctx.Err(), r.view.finish(), r.verdict())
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
