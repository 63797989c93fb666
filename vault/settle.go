package vault

import (
	"errors"
	"io/fs"
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
// place. It returns false, and the file stays, if a program still has it open or
// it cannot be read.
func (v *Vault) settle(r books.Record, displaced time.Time) (bool, error) {
	if !v.idle(r.Temp, displaced) {
		return false, nil
	}
	theirs, err := v.tree.Read(r.Temp)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		delete(v.notes.temps, r.Temp)
		return true, nil
	case err != nil:
		return v.putBack(r)
	}
	if merge.HashOf(theirs) != r.Before {
		if err := v.giveBack(r, theirs); err != nil {
			return false, err
		}
	}
	if err := v.tree.Remove(r.Temp); err != nil {
		return false, err
	}
	delete(v.notes.temps, r.Temp)
	return true, nil
}

// putBack exchanges a displaced file that is no note any more, a link that
// somebody put there say, with ours, unless ours was changed in turn.
func (v *Vault) putBack(r books.Record) (bool, error) {
	if now, err := v.tree.Hash(r.Path); err != nil || now != r.After || r.After.Absent() {
		return false, nil
	}
	if err := v.tree.Exchange(r.Temp, r.Path); err != nil {
		return false, nil
	}
	return v.settle(books.Record{Run: r.Run, Path: r.Path, Temp: r.Temp, Before: r.After}, time.Now())
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
// Where that cannot be done the text is kept in the books, by name.
func (v *Vault) giveBack(r books.Record, theirs []byte) error {
	if _, err := v.blobs.Put(theirs); err != nil {
		return err
	}
	for range maxTries {
		done, err := v.tryGiveBack(r, theirs)
		if done {
			return nil
		}
		if err != nil {
			break
		}
	}
	return v.rescue(r, merge.HashOf(theirs))
}

var errNoPlace = errors.New("there is no place for it")

// tryGiveBack returns false and no error if the file changed meanwhile.
func (v *Vault) tryGiveBack(r books.Record, theirs []byte) (bool, error) {
	now, disk, err := v.readNow(r.Path)
	if err != nil {
		return false, err
	}
	if disk.Absent() {
		if !r.After.Absent() {
			return false, errNoPlace // a person removed or moved what we wrote
		}
		return v.swap(r, disk, theirs)
	}
	base, err := v.blobs.Get(r.Before)
	if err != nil && !r.Before.Absent() {
		return false, err
	}
	text, conflicts := merge.Merge(base, now, theirs)
	if conflicts == nil {
		return v.swap(r, disk, text)
	}
	if disk != r.After {
		return false, errNoPlace // a person's second version is there
	}
	done, err := v.swap(r, disk, theirs)
	if done {
		err = v.reopen(r, merge.HashOf(theirs))
	}
	return done, err
}

// reopen records that ours gave way to a person's text: it waits for a decision.
func (v *Vault) reopen(r books.Record, theirs Hash) error {
	known := v.notes.byPath[r.Path]
	if known == nil || known.Disk != r.After {
		return nil
	}
	note := known.Note
	note.Base = r.Before
	note.Conflict = &books.Conflict{Base: r.Before, Ours: known.Base, Theirs: theirs}
	waits := books.Record{Op: books.OpNote, Run: r.Run, Path: r.Path, Note: &note}
	v.notes.replay(waits)
	return v.journal.Append(waits)
}

// rescue records a text of a person's, which is among the blobs, as one that
// found no file.
func (v *Vault) rescue(r books.Record, text Hash) error {
	rescued := books.Record{Op: books.OpRescued, Run: r.Run, Path: r.Path, After: text}
	v.notes.replay(rescued)
	return errors.Join(v.blobs.Sync(), v.journal.Append(rescued), v.journal.Sync())
}

// swap puts a text in a file's place at once, if the file still has the hash
// disk. Somebody who writes to what is displaced here is found in turn.
func (v *Vault) swap(r books.Record, disk Hash, text []byte) (bool, error) {
	after := merge.HashOf(text)
	if after == disk {
		return true, nil
	}
	if _, err := v.blobs.Put(text); err != nil {
		return false, err
	}
	intent := books.Record{
		Op: books.OpIntent, Run: r.Run, Path: r.Path, Temp: place.TempName(r.Path),
		Before: disk, After: after, Why: []string{"settled"},
	}
	if err := v.tree.WriteTemp(intent.Temp, r.Temp, text, v.options.KeepTimes); err != nil {
		return false, errors.Join(err, v.dropTemp(intent.Temp))
	}
	v.notes.replay(intent)
	err := errors.Join(v.blobs.Sync(), v.tree.Sync(), v.journal.Append(intent), v.journal.Sync())
	if err == nil {
		err = v.move(intent)
	}
	op, resolveErr := v.resolve(intent)
	if resolveErr != nil || op != books.OpDone {
		if errors.Is(err, fs.ErrExist) || errors.Is(err, errChanged) {
			err = nil
		}
		return false, errors.Join(err, resolveErr)
	}
	_, err = v.settle(intent, time.Now())
	return true, err
}

var errChanged = errors.New("the file changed meanwhile")

// move carries an intent out, unless the file is not as the intent says.
func (v *Vault) move(intent books.Record) error {
	now, err := v.tree.Hash(intent.Path)
	switch {
	case err != nil:
		return err
	case now != intent.Before:
		return errChanged
	case intent.After.Absent():
		return v.tree.Withdraw(intent.Path, intent.Temp)
	case intent.Before.Absent():
		return v.tree.Create(intent.Temp, intent.Path)
	}
	return v.tree.Exchange(intent.Temp, intent.Path)
}
