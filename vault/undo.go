package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"github.com/clipmend/clipmend/vault/books"
	"github.com/clipmend/clipmend/vault/merge"
)

// A Run is one use of Apply that wrote something.
type Run struct {
	ID      string    `json:"id"`
	Time    time.Time `json:"time"`
	Verb    string    `json:"verb,omitempty"`
	Changes int       `json:"changes"`
	Ended   bool      `json:"ended"`
}

// ErrNoRun is wrapped where a run is not in the books.
var ErrNoRun = errors.New("no such run")

// PlanUndo plans to take back a run, the last one if id is "". A file that is
// as the run left it gets its exact bytes back, or goes if the run made it. In
// one that was edited since only the run's changes are taken out, if that loses
// nothing; otherwise it is kept. Undoing is a run too and can be undone.
func (v *Vault) PlanUndo(ctx context.Context, id string) (*Plan, error) {
	if id == "" && len(v.notes.runs) > 0 {
		id = v.notes.runs[len(v.notes.runs)-1].ID
	}
	intents, err := v.carriedOut(id)
	if err != nil {
		return nil, fmt.Errorf("vault: undo %s: %w", id, err)
	}
	plan := &Plan{vault: v, revert: id}
	for _, intent := range slices.Backward(intents) {
		if ctx.Err() != nil {
			plan.Close()
			return nil, ctx.Err()
		}
		change, err := plan.takeBack(intent)
		if err != nil {
			change = refusal(change, err)
		}
		plan.Changes = append(plan.Changes, change)
	}
	return plan, nil
}

// carriedOut reads from the journal what a run did, one record a path: the
// first text before and the last after.
func (v *Vault) carriedOut(id string) ([]books.Record, error) {
	file, err := os.Open(v.journalPath())
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var done []books.Record
	at, open := map[string]int{}, map[string]books.Record{}
	current := ""
	for r, err := range books.Parse(file) {
		if errors.Is(err, books.ErrBadLine) {
			continue
		}
		if err != nil {
			return nil, err
		}
		switch r.Op {
		case books.OpRun:
			current = r.Run
		case books.OpIntent:
			open[r.Path] = r
		case books.OpDone:
			if current != id {
				continue
			}
			intent := open[r.Path]
			if i, again := at[r.Path]; again {
				done[i].After = intent.After
				continue
			}
			at[r.Path] = len(done)
			done = append(done, intent)
		}
	}
	if !slices.ContainsFunc(v.notes.runs, func(run Run) bool { return run.ID == id }) {
		return nil, ErrNoRun
	}
	return done, nil
}

// takeBack plans to take back one file.
func (p *Plan) takeBack(r books.Record) (Change, error) {
	change := Change{Path: r.Path, Why: []string{"undo " + p.revert}, base: r.After, note: r.Previous}
	now, disk, err := p.vault.readNow(r.Path)
	if err != nil {
		return change, err
	}
	change.Before, change.After = disk, disk
	decision := merge.Decide(r.Before, r.After, disk)
	if disk.Absent() && !r.Before.Absent() && r.After.Absent() {
		decision = merge.Create
	}
	var text []byte
	switch decision {
	case merge.Remove:
		change.Action, change.After, change.note = Remove, Hash{}, nil
		return change, p.vault.tree.Writable(r.Path)
	case merge.Replace, merge.Create:
		text, err = p.vault.blobs.Get(r.Before)
	case merge.Join:
		text, err = p.unweave(r, now)
	case merge.Unchanged, merge.Nothing:
		change.Action, change.note = Unchanged, nil
		return change, nil
	default:
		change.Action, change.Reason, change.note = Kept, "a person changed it since", nil
		return change, nil
	}
	if errors.Is(err, errWoven) {
		change.Action, change.Reason, change.note = Kept, err.Error(), nil
		return change, nil
	}
	if err != nil {
		return change, err
	}
	change.Action, change.After = Replace, merge.HashOf(text)
	if disk.Absent() {
		change.Action = Create
	}
	if err := p.vault.tree.Writable(r.Path); err != nil {
		return change, err
	}
	change.text, err = p.spool.put(text)
	return change, err
}

var errWoven = errors.New("a person changed the same words since")

// unweave takes a run's change out of a text that was edited since.
func (p *Plan) unweave(r books.Record, now []byte) ([]byte, error) {
	after, err := p.vault.blobs.Get(r.After)
	if err != nil {
		return nil, err
	}
	before, err := p.vault.blobs.Get(r.Before)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	text, conflicts := merge.Merge(after, before, now)
	if conflicts != nil {
		return nil, errWoven
	}
	return text, nil
}
