package vault

import (
	"errors"
	"io/fs"
	"strings"
	"time"

	"github.com/clipmend/clipmend/vault/books"
	"github.com/clipmend/clipmend/vault/merge"
	"github.com/clipmend/clipmend/vault/place"
)

const (
	patience = 2 * time.Second        // how long to wait for a program to close a displaced file
	grace    = 250 * time.Millisecond // the same where the system cannot tell
)

// settle looks at a displaced file a last time. If it is as it was, it goes. If
// somebody wrote to it, their text wins: ours is joined with it and put in
// place. It returns false if a program still has the file open.
func (v *Vault) settle(r books.Record, displaced time.Time) (bool, error) {
	if !v.idle(r.Temp, displaced) {
		return false, nil
	}
	theirs, err := v.tree.Read(r.Temp)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	if merge.HashOf(theirs) != r.Before {
		if err := v.giveBack(r, theirs); err != nil {
			return false, err
		}
	}
	return true, v.tree.Remove(r.Temp)
}

// idle waits until no program has a displaced file open for writing.
func (v *Vault) idle(temp string, displaced time.Time) bool {
	for deadline := time.Now().Add(patience); ; time.Sleep(2 * time.Millisecond) {
		err := v.tree.Idle(temp)
		switch {
		case err == nil, errors.Is(err, fs.ErrNotExist):
			return true
		case !errors.Is(err, place.ErrInUse):
			time.Sleep(time.Until(displaced.Add(grace)))
			return true
		case time.Now().After(deadline):
			return false
		}
	}
}

// giveBack puts a text that somebody wrote to a displaced file in its place.
// The text is kept among the blobs before anything else.
func (v *Vault) giveBack(r books.Record, theirs []byte) error {
	if _, err := v.blobs.Put(theirs); err != nil {
		return err
	}
	for range maxTries {
		now, disk, err := v.readNow(r.Path)
		if err != nil {
			return err
		}
		base, err := v.blobs.Get(r.Before)
		if err != nil && !r.Before.Absent() {
			return err
		}
		text, conflicts := merge.Merge(base, now, theirs)
		if conflicts != nil && disk == r.After {
			text, conflicts = theirs, nil // only ours is in dispute: theirs wins
		}
		if conflicts != nil || disk.Absent() {
			break
		}
		done, err := v.swap(r.Path, disk, text)
		if done || err != nil {
			return err
		}
	}
	// A person's second version is there: the first is kept in the books.
	rescued := books.Record{Op: books.OpRescued, Run: r.Run, Path: r.Path, After: merge.HashOf(theirs)}
	v.notes.replay(rescued)
	return errors.Join(v.journal.Append(rescued), v.journal.Sync())
}

// swap replaces one file at once, if it still has the hash disk. Somebody who
// writes to what is displaced here is found in turn.
func (v *Vault) swap(path string, disk Hash, text []byte) (bool, error) {
	after := merge.HashOf(text)
	if after == disk {
		return true, nil
	}
	if _, err := v.blobs.Put(text); err != nil {
		return false, err
	}
	intent := books.Record{Op: books.OpIntent, Path: path, Temp: place.TempName(path), Before: disk, After: after, Why: []string{"settled"}}
	if err := v.tree.WriteTemp(intent.Temp, path, text); err != nil {
		return false, err
	}
	v.notes.replay(intent)
	err := errors.Join(v.blobs.Sync(), v.tree.Sync(), v.journal.Append(intent), v.journal.Sync())
	if err != nil {
		return false, err
	}
	if now, err := v.tree.Hash(path); err != nil || now != disk {
		return false, errors.Join(err, v.tree.Remove(intent.Temp), v.finishIntent(intent, books.OpDropped))
	}
	if err := v.tree.Exchange(intent.Temp, path); err != nil {
		return false, err
	}
	if err := v.finishIntent(intent, books.OpDone); err != nil {
		return false, err
	}
	_, err = v.settle(intent, time.Now())
	return true, err
}

func (v *Vault) finishIntent(intent books.Record, op books.Op) error {
	r := books.Record{Op: op, Run: intent.Run, Path: intent.Path}
	v.notes.replay(r)
	return v.journal.Append(r)
}

// recover mends what a run left that did not end: it finds out which of its
// intents were carried out, settles displaced files and sweeps temporary ones.
func (v *Vault) recover() error {
	n := v.notes
	ended := len(n.runs) == 0 || n.runs[len(n.runs)-1].Ended
	if ended && len(n.temps) == 0 {
		return nil
	}
	for path, intent := range n.open {
		op, err := v.outcome(intent)
		if err != nil {
			return err
		}
		if op == books.OpDropped {
			if err := v.tree.Remove(intent.Temp); err != nil && !errors.Is(err, fs.ErrNotExist) && !intent.After.Absent() {
				return err
			}
		}
		if err := v.finishIntent(books.Record{Run: intent.Run, Path: path}, op); err != nil {
			return err
		}
	}
	for temp, intent := range n.temps {
		if intent.Before.Absent() { // a new file: nothing was displaced
			delete(n.temps, temp)
			continue
		}
		settled, err := v.settle(intent, time.Now())
		if err != nil {
			return err
		}
		if settled {
			delete(n.temps, temp)
		}
	}
	return v.endRun()
}

// outcome tells whether an intent was carried out, from what is on disk.
func (v *Vault) outcome(r books.Record) (books.Op, error) {
	now, err := v.tree.Hash(r.Path)
	if err != nil {
		return books.OpDropped, nil
	}
	temp, err := v.tree.Hash(r.Temp)
	if err != nil {
		return "", err
	}
	switch {
	case r.After.Absent() && !temp.Absent(), !r.After.Absent() && now == r.After:
		return books.OpDone, nil
	case temp == r.After, temp.Absent():
		return books.OpDropped, nil
	}
	return books.OpDone, nil // exchanged, and both were changed since
}

// endRun sweeps the temporary files that no intent names and ends the run.
func (v *Vault) endRun() error {
	err := fs.WalkDir(v.tree.FS(), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if entry.IsDir() && path != "." && strings.HasPrefix(entry.Name(), ".") {
			return fs.SkipDir
		}
		if _, named := v.notes.temps[path]; !named && entry.Type().IsRegular() && place.IsTemp(path) {
			return v.tree.Remove(path)
		}
		return nil
	})
	if err != nil {
		return err
	}
	left := make([]books.Record, 0, len(v.notes.temps))
	for _, r := range v.notes.temps {
		r.Op = books.OpLeft
		left = append(left, r)
	}
	for _, r := range append([]books.Record{{Op: books.OpEnd}}, left...) {
		v.notes.replay(r)
		if err := v.journal.Append(r); err != nil {
			return err
		}
	}
	return v.journal.Sync()
}
