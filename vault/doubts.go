package vault

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/vault/books"
	"github.com/clipmend/clipmend/vault/merge"
)

// A Doubt is a repair that is a best guess, found again by the text around it.
type Doubt = books.Doubt

// maxDoubts bounds how many doubts are kept of one file: nobody looks at more.
const maxDoubts = 100

// doubting returns the record of a file's doubts once there are more, none if
// that changes nothing.
func (n *notes) doubting(path string, more []Doubt) []books.Record {
	known := n.doubts[path]
	all := slices.Clone(known)
	for _, d := range more {
		if len(all) < maxDoubts && !slices.ContainsFunc(all, func(old Doubt) bool { return sameDoubt(old, d) }) {
			all = append(all, d)
		}
	}
	if len(all) == len(known) {
		return nil
	}
	return []books.Record{{Op: books.OpDoubts, Path: path, Doubts: all}}
}

func sameDoubt(a, b Doubt) bool {
	return a.Left == b.Left && a.Was == b.Was && a.Now == b.Now && a.Right == b.Right
}

// whole is the text by which a doubt is found.
func whole(d Doubt) []byte { return []byte(d.Left + d.Now + d.Right) }

// ErrNoDoubt is wrapped where a doubt does not stand, or not any more.
var ErrNoDoubt = errors.New("no such doubt, or the words are not there any more")

// Doubts returns the best guesses that still stand in the notes, by path: those
// whose words are there, once.
func (v *Vault) Doubts() map[string][]Doubt {
	standing := map[string][]Doubt{}
	for path, doubts := range v.notes.doubts {
		text, err := v.tree.Read(path)
		if err != nil {
			continue
		}
		for _, d := range doubts {
			if bytes.Count(text, whole(d)) == 1 {
				standing[path] = append(standing[path], d)
			}
		}
	}
	return standing
}

// PlanDoubt plans to end a doubt with the reading that a person chose: the
// doubt's Now to leave the note as it is, its Was to have the broken text back,
// or another.
func (v *Vault) PlanDoubt(path string, d Doubt, reading string) (*Plan, error) {
	text, disk, err := v.readNow(path)
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	known := v.notes.doubts[path]
	at := slices.IndexFunc(known, func(old Doubt) bool { return sameDoubt(old, d) })
	if at < 0 || bytes.Count(text, whole(d)) != 1 {
		return nil, fmt.Errorf("vault: %s: %w", path, ErrNoDoubt)
	}
	left := slices.Delete(slices.Clone(known), at, at+1)
	change := Change{Path: path, Why: []string{"decided"}, Before: disk, base: disk}
	change.also = []books.Record{{Op: books.OpDoubts, Path: path, Doubts: left}}
	decided := bytes.Replace(text, whole(d), []byte(d.Left+reading+d.Right), 1)
	return v.planDecided(change, decided)
}

// planDecided plans to give one file the text that a person decided on.
func (v *Vault) planDecided(change Change, text []byte) (*Plan, error) {
	plan := &Plan{vault: v}
	change.Action, change.After = Unchanged, merge.HashOf(text)
	if change.Before != change.After {
		change.Action = Replace
		if change.Before.Absent() {
			change.Action = Create
		}
		if err := v.tree.Writable(change.Path); err != nil {
			change = refusal(change, err)
		} else if change.text, err = plan.spool.put(text); err != nil {
			return nil, errors.Join(err, plan.Close())
		}
	}
	plan.Changes = []Change{change}
	return plan, nil
}

// PlanRescued plans to deal with a text of a person's that found no file: to
// write it to a new note beside the one that it belonged to, or, without keep,
// to leave it in the books and list it no more.
func (v *Vault) PlanRescued(path string, text Hash, keep bool) (*Plan, error) {
	if !slices.ContainsFunc(v.notes.rescued, func(r books.Record) bool { return r.Path == path && r.After == text }) {
		return nil, fmt.Errorf("vault: %s: no text of it waits", path)
	}
	change := Change{Path: path, Action: Unchanged, Why: []string{"decided"}}
	change.also = []books.Record{{Op: books.OpSettled, Path: path, After: text}}
	if !keep {
		return &Plan{vault: v, Changes: []Change{change}}, nil
	}
	kept, err := v.blobs.Get(text)
	if err == nil {
		change.Path, err = v.beside(path)
	}
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	return v.planDecided(change, kept)
}

// beside returns a free name next to a note.
func (v *Vault) beside(path string) (string, error) {
	folder, name := "", path
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		folder, name = path[:i+1], path[i+1:]
	}
	name = strings.TrimLeft(name, ".") // a displaced file's
	stem := stem(strings.TrimSuffix(name, extension) + " (kept)")
	for n := 1; ; n++ {
		at := folder + numbered(stem, n)
		if _, disk, err := v.readNow(at); err != nil || disk.Absent() {
			return at, err
		}
	}
}
