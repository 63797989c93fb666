package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/clipmend/clipmend/vault/books"
	"github.com/clipmend/clipmend/vault/merge"
	"github.com/clipmend/clipmend/vault/place"
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

// Apply carries out a plan of this vault. After each change it calls progress,
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
	w.id = w.vault.notes.nextRun()
	err := w.record(books.Record{Op: books.OpRun, Time: time.Now().UTC(), Verb: w.vault.options.Verb, Root: rootIdentity(w.vault.dir)})
	if err != nil {
		return err
	}
	return w.vault.journal.Sync() // without it nobody would sweep what a crash leaves
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
	if c.note == nil {
		return nil
	}
	if err := w.begin(); err != nil {
		return err
	}
	for _, ref := range []spooled{c.want, c.source} {
		if err := w.keepSpooled(ref); err != nil {
			return err
		}
	}
	if !c.note.Gone && c.Before != (Hash{}) {
		text, err := w.vault.tree.Read(c.Path)
		if err != nil || merge.HashOf(text) != c.Before {
			return nil // it changed: the next run looks again
		}
		if _, err := w.vault.blobs.Put(text); err != nil {
			return err
		}
	}
	return w.record(books.Record{Op: books.OpNote, Path: c.Path, Note: c.note})
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

// stage keeps the texts of a job and writes its temporary file.
func (w *writer) stage(j *job) error {
	text, err := w.plan.spool.textOf(j.change)
	if err == nil {
		err = w.stageText(j, text)
	}
	if err != nil {
		w.fail(j, err)
	}
	return nil
}

func (w *writer) stageText(j *job, text []byte) error {
	c := j.change
	if !j.before.Absent() {
		now, err := w.vault.tree.Read(c.Path)
		if err != nil {
			return err
		}
		if merge.HashOf(now) != j.before {
			return w.again(j, now)
		}
		if _, err := w.vault.blobs.Put(now); err != nil {
			return err
		}
	}
	if c.Action != Remove {
		if _, err := w.vault.blobs.Put(text); err != nil {
			return err
		}
	}
	for _, ref := range []spooled{c.want, c.source} {
		if err := w.keepSpooled(ref); err != nil {
			return err
		}
	}
	j.temp = place.TempName(c.Path)
	if c.Action != Remove {
		if err := w.vault.tree.WriteTemp(j.temp, c.Path, text); err != nil {
			return err
		}
	}
	w.batch = append(w.batch, j)
	return nil
}

// fail gives a job up.
func (w *writer) fail(j *job, err error) {
	if j.temp != "" {
		if err := w.vault.tree.Remove(j.temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
			w.unswept = true
		}
	}
	w.refuse(j, err)
}

func (w *writer) refuse(j *job, err error) {
	*j.change = refusal(*j.change, err)
	w.step()
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
	return w.record(books.Record{Op: books.OpDone, Path: j.change.Path})
}

// retry drops a job whose file changed and does it again on the new text.
func (w *writer) retry(j *job) error {
	if err := w.record(books.Record{Op: books.OpDropped, Path: j.change.Path}); err != nil {
		return err
	}
	if !j.after.Absent() {
		_ = w.vault.tree.Remove(j.temp)
	}
	now, err := w.vault.tree.Read(j.change.Path)
	if err == nil {
		err = w.again(j, now)
	}
	if err != nil {
		j.temp = ""
		w.fail(j, err)
	}
	return w.flush()
}

// maxTries bounds how often a file that keeps changing is tried.
const maxTries = 5

// again does a change on a text that a person wrote meanwhile, which wins.
func (w *writer) again(j *job, theirs []byte) error {
	if j.tries++; j.tries > maxTries {
		return fmt.Errorf("%s: it keeps changing", j.change.Path)
	}
	text, kept, err := w.redo(j.change, theirs)
	if err != nil {
		return err
	}
	c := j.change
	c.Before, c.After = merge.HashOf(theirs), merge.HashOf(text)
	j.before, j.after = c.Before, c.After
	if kept != "" || c.Before == c.After {
		c.Action, c.Reason, c.After = Kept, kept, c.Before
		w.step()
		return nil
	}
	c.Action = Replace
	if c.note != nil {
		note := *c.note
		note.Disk = c.After
		c.note = &note
	}
	if c.text, err = w.plan.spool.put(text); err != nil {
		return err
	}
	return w.stageText(j, text)
}

// redo makes a change's text anew on theirs. If that cannot be done, kept says
// why, and theirs stays.
func (w *writer) redo(c *Change, theirs []byte) (text []byte, kept string, err error) {
	if w.plan.rewrite != nil {
		text, _, err := w.plan.rewrite(c.Path, theirs)
		return text, "", err
	}
	base, err := w.vault.blobs.Get(c.base)
	if err != nil || c.Action == Remove {
		return nil, "someone else wrote it meanwhile", nil
	}
	ref := c.text
	if c.want != (spooled{}) {
		ref = c.want
	}
	ours, err := w.plan.spool.get(ref)
	if err != nil {
		return nil, "", err
	}
	merged, conflicts := merge.Merge(base, ours, theirs)
	if conflicts != nil {
		return nil, "a person changed the same words meanwhile; the next run looks again", nil
	}
	return merged, "", nil
}

// textOf returns the text that a change writes, nil for Remove.
func (s *spool) textOf(c *Change) ([]byte, error) {
	if c.Action == Remove {
		return nil, nil
	}
	return s.get(c.text)
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
