package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/clipmend/clipmend/vault/books"
	"github.com/clipmend/clipmend/vault/merge"
)

// ErrReadOnly is returned where a vault that was opened read-only should be
// written to.
var ErrReadOnly = errors.New("vault: opened read-only")

// batchSize is how many files are made durable at once.
const batchSize = 1024

// A Report says what Apply did: the plan's changes, with the actions as they
// turned out.
type Report struct {
	Run     string // number of the run, "" if nothing was written
	Changes []Change
}

// Count returns the number of changes with an action.
func (r *Report) Count(action Action) int {
	count := 0
	for i := range r.Changes {
		if r.Changes[i].Action == action {
			count++
		}
	}
	return count
}

// Apply carries out a plan of this vault. All plans that are applied to one open
// Vault are one run, which undo takes back as a whole. After each change it calls progress,
// if not nil. A file that changed since the plan was made is compared anew; one
// that cannot be written is Failed, and the others go on. An error means that
// the run stopped; what was done until then is whole and in the books.
func (v *Vault) Apply(ctx context.Context, plan *Plan, progress func(done, of int)) (Report, error) {
	report := Report{Changes: plan.Changes}
	if v.options.ReadOnly {
		return report, ErrReadOnly
	}
	w := &writer{vault: v, plan: plan, ctx: ctx, progress: progress}
	err := w.run()
	report.Run = w.id
	if err != nil {
		err = fmt.Errorf("vault: apply: %w", err)
	}
	return report, err
}

// A writer is one run.
type writer struct {
	vault     *Vault
	plan      *Plan
	ctx       context.Context
	progress  func(done, of int)
	id        string // "" until the run begins
	done      int
	batch     []*job
	displaced []*job
	unswept   bool // a temporary file is left: the run does not end, so that the next Open looks
}

// A job is one file that is written.
type job struct {
	change *Change
	temp   string
	before Hash
	after  Hash
	tries  int
	at     time.Time // when the file was put in place
}

func (w *writer) run() error {
	for i := range w.plan.Changes {
		if w.ctx.Err() != nil {
			break
		}
		if err := w.take(&w.plan.Changes[i]); err != nil {
			return err
		}
		if len(w.batch) >= batchSize {
			if err := w.flush(); err != nil {
				return err
			}
		}
	}
	if err := w.flush(); err != nil {
		return err
	}
	if w.id != "" {
		if err := w.finish(); err != nil {
			return err
		}
	}
	return w.ctx.Err()
}

// begin starts the run in the journal.
func (w *writer) begin() error {
	if w.id != "" {
		return nil
	}
	w.vault.beginRun(w.plan.revert)
	w.id = w.vault.run
	err := w.record(books.Record{Op: books.OpRun, Time: time.Now().UTC(), Verb: w.vault.options.Verb, Root: rootIdentity(w.vault.dir), Times: w.vault.options.KeepTimes || w.plan.keepTimes})
	if err != nil {
		return err
	}
	return w.vault.journal.Sync() // without it nobody would sweep what a crash leaves
}

// beginRun numbers the run that begins, unless the vault has one already and the
// plan does not take it back.
func (v *Vault) beginRun(revert string) {
	if v.run == "" || v.run == revert {
		v.run = v.notes.nextRun()
	}
}

// record writes to the journal and follows it.
func (w *writer) record(r books.Record) error {
	r.Run = w.id
	if err := w.vault.journal.Append(r); err != nil {
		return err
	}
	w.vault.notes.replay(r)
	return nil
}

// take stages a change, or records what it says of the books.
func (w *writer) take(c *Change) error {
	if !c.Writes() {
		w.step()
		return w.learn(c)
	}
	if err := w.begin(); err != nil {
		return err
	}
	return w.stage(&job{change: c, before: c.Before, after: c.After})
}

func (w *writer) step() {
	w.done++
	if w.progress != nil {
		w.progress(w.done, len(w.plan.Changes))
	}
}

// learn puts in the books what a change without a file has to say.
func (w *writer) learn(c *Change) error {
	if c.note == nil && !c.forget {
		return w.learnRest(c)
	}
	if err := w.begin(); err != nil {
		return err
	}
	for _, ref := range []spooled{c.want, c.source} {
		if err := w.keepSpooled(ref); err != nil {
			return err
		}
	}
	if c.note != nil && !c.note.Gone && c.Before != (Hash{}) {
		text, err := w.vault.tree.Read(c.Path)
		if err != nil || merge.HashOf(text) != c.Before {
			return nil // it changed: the next run looks again
		}
		if _, err := w.vault.blobs.Put(text); err != nil {
			return err
		}
	}
	return w.conclude(c, books.Record{Op: books.OpNote, Path: c.Path, Note: c.note, Previous: w.previous(c.Path)})
}

// learnRest records what a change has to say that is about no note.
func (w *writer) learnRest(c *Change) error {
	if len(c.also) == 0 {
		return nil
	}
	if err := w.begin(); err != nil {
		return err
	}
	for _, r := range c.also {
		if err := w.record(r); err != nil {
			return err
		}
	}
	return nil
}

// conclude records what was done with a change, and what else it has to say.
func (w *writer) conclude(c *Change, deed books.Record) error {
	for _, r := range slices.Concat([]books.Record{deed}, c.also, w.vault.notes.doubting(c.Path, c.Doubts)) {
		if err := w.record(r); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) keepSpooled(ref spooled) error {
	if ref == (spooled{}) {
		return nil
	}
	frame, err := w.plan.spool.frame(ref)
	if err != nil {
		return err
	}
	return w.vault.blobs.PutFrame(ref.hash, frame)
}

// flush makes the batch durable, notes in the journal what will be done, then
// does it.
func (w *writer) flush() error {
	if len(w.batch) == 0 {
		return nil
	}
	batch := w.batch
	w.batch = nil
	if err := w.prepare(batch); err != nil {
		for _, j := range batch {
			w.fail(j, err)
		}
		return err
	}
	for _, j := range batch {
		if err := w.commit(j); err != nil {
			return err
		}
	}
	return w.vault.tree.Sync()
}

func (w *writer) prepare(batch []*job) error {
	if err := w.vault.blobs.Sync(); err != nil {
		return err
	}
	if err := w.vault.tree.Sync(); err != nil {
		return err
	}
	for _, j := range batch {
		err := w.record(books.Record{
			Op: books.OpIntent, Path: j.change.Path, Temp: j.temp, Before: j.before, After: j.after,
			Why: j.change.Why, Note: j.change.note, Previous: w.previous(j.change.Path),
		})
		if err != nil {
			return err
		}
	}
	return w.vault.journal.Sync()
}

func (w *writer) previous(path string) *books.Note {
	if known := w.vault.notes.byPath[path]; known != nil {
		return &known.Note
	}
	return nil
}

// commit puts one file in place. Only the journal's failure is an error.
func (w *writer) commit(j *job) error {
	intent := w.vault.notes.open[j.change.Path]
	err := w.vault.move(intent)
	if errors.Is(err, errChanged) || errors.Is(err, fs.ErrExist) {
		return w.retry(j)
	}
	if err != nil {
		op, unresolved := w.vault.resolve(intent)
		if unresolved != nil {
			w.unswept = true // the intent stays open, and the next Open looks
		}
		if op != books.OpDone {
			w.refuse(j, err)
			return nil
		}
	}
	j.at = time.Now()
	if j.before.Absent() {
		delete(w.vault.notes.temps, j.temp) // nothing was displaced
	} else {
		w.displaced = append(w.displaced, j)
	}
	w.step()
	if err != nil {
		return nil // resolve has recorded it
	}
	return w.conclude(j.change, books.Record{Op: books.OpDone, Path: j.change.Path})
}

// finish settles the displaced files and ends the run.
func (w *writer) finish() error {
	if err := w.vault.journal.Sync(); err != nil {
		return err
	}
	for _, j := range w.displaced {
		// One that cannot be settled now stays among the books' temporary files.
		_, _ = w.vault.settle(books.Record{Run: w.id, Path: j.change.Path, Temp: j.temp, Before: j.before, After: j.after}, j.at)
	}
	if err := w.vault.tree.Sync(); err != nil {
		return err
	}
	if w.unswept || len(w.vault.notes.open) > 0 {
		return w.vault.journal.Sync()
	}
	return w.vault.endRun()
}
