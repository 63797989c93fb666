package vault

import (
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/clipmend/clipmend/vault/books"
	"github.com/clipmend/clipmend/vault/merge"
	"github.com/clipmend/clipmend/vault/place"
)

// recover mends what a run left that did not end: it finds out which of its
// intents were carried out, settles displaced files and sweeps temporary ones.
// A displaced file that cannot be dealt with stays, and does not keep the vault
// from opening.
func (v *Vault) recover() error {
	n := v.notes
	ended := len(n.runs) == 0 || n.runs[len(n.runs)-1].Ended
	if ended && len(n.temps) == 0 && len(n.open) == 0 {
		return nil
	}
	for _, intent := range slices.Collect(maps.Values(n.open)) {
		if _, err := v.resolve(intent); err != nil {
			return err
		}
	}
	opened := time.Now() // whoever had a displaced file open has the same time from here
	for temp, intent := range maps.Clone(n.temps) {
		if intent.Before.Absent() { // a new file: nothing was displaced
			delete(n.temps, temp)
			continue
		}
		_, _ = v.settle(intent, opened)
	}
	if err := v.sweep(); err != nil {
		return err
	}
	return v.endRun()
}

// resolve finds out from what is on disk whether an intent was carried out, and
// records it. The temporary file of one that was not goes.
func (v *Vault) resolve(intent books.Record) (books.Op, error) {
	if err := v.tree.Reclaim(intent.Temp); err != nil {
		return "", err
	}
	op := v.outcome(intent)
	if op == books.OpDropped {
		if err := v.dropTemp(intent.Temp); err != nil {
			return "", err
		}
	}
	r := books.Record{Op: op, Run: intent.Run, Path: intent.Path}
	v.notes.replay(r)
	return op, v.journal.Append(r)
}

// outcome tells whether an intent was carried out. A file that cannot be read
// any more is none that we wrote.
func (v *Vault) outcome(r books.Record) books.Op {
	now, err := v.tree.Hash(r.Path)
	there := err == nil && !r.After.Absent() && now == r.After
	temp, err := v.tree.Hash(r.Temp)
	switch {
	case there:
		return books.OpDone
	case err == nil && (temp.Absent() || temp == r.After):
		return books.OpDropped
	}
	return books.OpDone // what temp holds was displaced, and both may have changed since
}

func (v *Vault) dropTemp(temp string) error {
	if err := v.tree.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// sweep removes the temporary files that no intent names.
func (v *Vault) sweep() error {
	for _, temp := range v.unnamed() {
		if err := v.sweepOne(temp); err != nil {
			return err
		}
	}
	return nil
}

// sweepOne removes a temporary file. Where lines of the journal are lost, it may
// be a displaced file that somebody wrote to: then its text goes into the books
// first, unless it is there.
func (v *Vault) sweepOne(temp string) error {
	if !v.journalLost() {
		return v.tree.Remove(temp)
	}
	text, err := v.tree.Read(temp)
	if err != nil {
		return err
	}
	if hash := merge.HashOf(text); len(text) > 0 && !v.blobs.Has(hash) {
		if _, err := v.blobs.Put(text); err != nil {
			return err
		}
		if err := v.rescue(books.Record{Path: temp}, hash); err != nil {
			return err
		}
	}
	return v.tree.Remove(temp)
}

// journalLost reports whether the journal does not tell all that was done.
func (v *Vault) journalLost() bool { return len(v.notes.bad) > 0 || len(v.notes.runs) == 0 }

// unnamed finds the temporary files that the books do not name.
func (v *Vault) unnamed() []string {
	var found []string
	_ = fs.WalkDir(v.tree.FS(), ".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // a folder that cannot be read was not written to
		case entry.IsDir() && path != "." && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		}
		if _, named := v.notes.temps[path]; !named && entry.Type().IsRegular() && place.IsTemp(path) {
			found = append(found, path)
		}
		return nil
	})
	return found
}

// endRun records that the run is over, and the displaced files that stay.
func (v *Vault) endRun() error {
	last := []books.Record{{Op: books.OpEnd}}
	for _, r := range v.notes.temps {
		r.Op, r.Note, r.Previous = books.OpLeft, nil, nil
		last = append(last, r)
	}
	for _, r := range last {
		v.notes.replay(r)
		if err := v.journal.Append(r); err != nil {
			return err
		}
	}
	return v.journal.Sync()
}
