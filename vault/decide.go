package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/clipmend/clipmend/vault/books"
	"github.com/clipmend/clipmend/vault/merge"
	"github.com/clipmend/clipmend/vault/place"
)

// decide says what to do about one note.
func (p *planner) decide(ctx context.Context, w *pending) (Change, error) {
	if w.failed != nil {
		return Change{}, w.failed
	}
	v := p.vault
	change := Change{Path: w.path, Origin: w.origin, Why: w.why, source: w.source}
	text, disk, err := v.readNow(w.path)
	if err != nil {
		return refusal(change, err), nil
	}
	change.Before, change.After = disk, disk
	known := books.Note{Keys: w.keys, Base: w.hash, Disk: disk}
	last := Hash{}
	if w.known != nil {
		known.Source = w.known.Source
		last = w.known.Base
		if w.known.Gone && v.notes.byPath[w.path] != w.known {
			disk = Hash{} // the file there is another note's
		}
	}
	if w.source != (spooled{}) {
		known.Source = w.source.hash
	}
	if w.own == disk && !disk.Absent() {
		last = disk // the wanted text was made from the file as it is
	}
	change.note = &known
	change.base = last
	decision := merge.Decide(w.hash, last, disk)
	if decision == merge.Gone && w.revive {
		decision = merge.Create
	}
	return p.carryOut(change, w, decision, text)
}

// carryOut turns a decision into a change.
func (p *planner) carryOut(change Change, w *pending, decision merge.Decision, theirs []byte) (Change, error) {
	switch decision {
	case merge.Create, merge.Replace:
		return p.write(change, w, decision)
	case merge.Unchanged:
		change.Action = Unchanged
	case merge.Keep:
		change.Action, change.Reason = Kept, "a person changed it, and the clip is as before"
	case merge.Foreign:
		change.Action, change.Reason = Kept, "a file that clipmend did not write is there"
		change.note = nil
	case merge.Gone:
		change.Action, change.Reason = Kept, "a person deleted it"
		change.note.Gone, change.note.Base, change.note.Disk = true, w.known.Base, w.known.Disk
	case merge.Join:
		return p.join(change, w, theirs)
	}
	if change.note != nil && p.booked(change) {
		change.note = nil
	}
	return change, nil
}

// write plans a file with the text that is wanted.
func (p *planner) write(change Change, w *pending, decision merge.Decision) (Change, error) {
	change.Action = Replace
	if decision == merge.Create {
		change.Action, change.Before = Create, Hash{}
	}
	if err := p.vault.tree.Writable(change.Path); err != nil {
		return refusal(change, err), nil
	}
	if w.text == (spooled{}) {
		text, err := p.vault.blobs.Get(w.hash)
		if err != nil {
			return change, err
		}
		if w.text, err = p.plan.spool.put(text); err != nil {
			return change, err
		}
	}
	change.After, change.text, change.Doubts = w.hash, w.text, w.doubts
	change.note.Disk = w.hash
	return change, nil
}

// join plans what a person and the clip both changed.
func (p *planner) join(change Change, w *pending, theirs []byte) (Change, error) {
	base, err := p.vault.blobs.Get(w.known.Base)
	if err != nil {
		change.Action, change.Reason, change.note = Kept, "the text that it was made from is lost: "+err.Error(), nil
		return change, nil
	}
	ours, err := p.plan.spool.get(w.text)
	if err != nil {
		return change, err
	}
	merged, conflicts := merge.Merge(base, ours, theirs)
	if conflicts != nil {
		change.Action = Conflict
		change.Reason = fmt.Sprintf("%d %s changed both in the clip and by a person", len(conflicts), placesWere(len(conflicts)))
		change.want = w.text
		change.note.Base = w.known.Base
		change.note.Conflict = &books.Conflict{Base: w.known.Base, Ours: w.hash, Theirs: change.Before}
		if p.booked(change) {
			change.note = nil
		}
		return change, nil
	}
	change.want = w.text
	if change.After = merge.HashOf(merged); change.After == change.Before {
		change.Action = Unchanged
		return change, nil
	}
	if err := p.vault.tree.Writable(change.Path); err != nil {
		return refusal(change, err), nil
	}
	change.Action = Replace
	change.Why = append(slices.Clip(change.Why), "joined with a person's changes")
	change.note.Disk, change.Doubts = change.After, w.doubts
	change.text, err = p.plan.spool.put(merged)
	return change, err
}

// booked reports whether the books already say what the change would have them
// say.
func (p *planner) booked(change Change) bool {
	now, next := p.vault.notes.byPath[change.Path], change.note
	if now == nil {
		return false
	}
	sameConflict := now.Conflict == next.Conflict || now.Conflict != nil && next.Conflict != nil && *now.Conflict == *next.Conflict
	return sameConflict && now.Base == next.Base && now.Source == next.Source && now.Gone == next.Gone && slices.Equal(now.Keys, next.Keys)
}

// refusal makes a change say why the file is left alone.
func refusal(change Change, err error) Change {
	change.Action, change.Reason, change.note = Failed, err.Error(), nil
	for _, reason := range []error{
		place.ErrName, place.ErrSymlink, place.ErrHardLink, place.ErrReadOnly,
		place.ErrSpecial, place.ErrTooLarge, place.ErrOwner, fs.ErrPermission,
	} {
		if errors.Is(err, reason) {
			change.Action = Refused
		}
	}
	if _, ok := errors.AsType[Refusal](err); ok {
		change.Action = Refused
	}
	change.After = change.Before
	return change
}

// readNow returns a file's text and hash as they are, nil and absent if there
// is no file.
func (v *Vault) readNow(at string) ([]byte, Hash, error) {
	if err := place.CheckName(at); err != nil {
		return nil, Hash{}, err
	}
	text, err := v.tree.Read(at)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, Hash{}, nil
	}
	if err != nil {
		return nil, Hash{}, err
	}
	return text, merge.HashOf(text), nil
}

func placesWere(n int) string {
	if n == 1 {
		return "place was"
	}
	return "places were"
}
