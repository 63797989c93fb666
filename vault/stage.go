package vault

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/clipmend/clipmend/vault/books"
	"github.com/clipmend/clipmend/vault/merge"
	"github.com/clipmend/clipmend/vault/place"
)

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
		if err := w.vault.tree.WriteTemp(j.temp, c.Path, text, w.vault.options.KeepTimes || c.keepTime); err != nil {
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
	c.keepTime = false
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
		again, err := w.plan.rewrite(c.Path, theirs)
		c.Doubts = again.Doubts
		return again.Text, "", err
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
