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

	keepsTimes bool
}

// ErrNoRun is wrapped where a run is not in the books.
var ErrNoRun = errors.New("no such run")

// PlanUndo plans to take back a run, the last one if id is "". A file that is
// as the run left it gets its exact bytes back, or goes if the run made it. In
// one that was edited since only the run's changes are taken out, if that loses
// nothing; otherwise it is kept. What the run decided waits for a decision
// again. Undoing is a run too and can be undone. What a run changed keeping the
// times of files gets its bytes back keeping them.
func (v *Vault) PlanUndo(ctx context.Context, id string) (*Plan, error) {
	if id == "" && len(v.notes.runs) > 0 {
		id = v.notes.runs[len(v.notes.runs)-1].ID
	}
	deeds, err := v.carriedOut(id)
	if err != nil {
		return nil, fmt.Errorf("vault: undo %s: %w", id, err)
	}
	plan := &Plan{vault: v, revert: id, keepTimes: v.keptTimes(id)}
	for _, d := range slices.Backward(deeds) {
		if ctx.Err() != nil {
			plan.Close()
			return nil, ctx.Err()
		}
		change, err := plan.takeBack(d)
		if err != nil {
			change = refusal(change, err)
		}
		plan.Changes = append(plan.Changes, change)
	}
	return plan, nil
}

// keptTimes reports whether a run kept the modification times of what it changed.
func (v *Vault) keptTimes(id string) bool {
	return slices.ContainsFunc(v.notes.runs, func(run Run) bool { return run.ID == id && run.keepsTimes })
}

// A deed is what a run did with one path, first to last.
type deed struct {
	books.Record // Before and After are both absent if it wrote no file
	wrote        bool
	learned      *books.Note // what it put in the books without writing a file
	doubted      bool
	doubts       []Doubt        // the doubts before it
	settled      []books.Record // rescued texts that it dealt with
}

// carriedOut reads from the journal what a run did, one deed a path.
func (v *Vault) carriedOut(id string) ([]*deed, error) {
	if !slices.ContainsFunc(v.notes.runs, func(run Run) bool { return run.ID == id }) {
		return nil, ErrNoRun
	}
	file, err := os.Open(v.journalPath())
	if err != nil {
		return nil, err
	}
	defer file.Close()
	h := history{of: id, byPath: map[string]*deed{}, open: map[string]books.Record{}, doubts: map[string][]Doubt{}}
	for r, err := range books.Parse(file) {
		if errors.Is(err, books.ErrBadLine) {
			continue
		}
		if err != nil {
			return nil, err
		}
		h.take(r)
	}
	return h.deeds, nil
}

// A history collects the deeds of one run from all records.
type history struct {
	of, current string
	deeds       []*deed
	byPath      map[string]*deed
	open        map[string]books.Record
	doubts      map[string][]Doubt
}

func (h *history) take(r books.Record) {
	mine := h.current == h.of
	switch r.Op {
	case books.OpRun:
		h.current = r.Run
	case books.OpIntent:
		h.open[r.Path] = r
	case books.OpDone:
		if mine {
			h.wrote(h.open[r.Path])
		}
		delete(h.open, r.Path)
	case books.OpDoubts:
		if d := h.deed(r); mine && !d.doubted {
			d.doubted, d.doubts = true, h.doubts[r.Path]
		}
		h.doubts[r.Path] = r.Doubts
	case books.OpSettled:
		if mine {
			d := h.deed(r)
			d.settled = append(d.settled, r)
		}
	case books.OpNote:
		if mine && r.Note != nil {
			h.deed(r).learned = r.Note
		}
	}
}

// deed returns what the run did with the path of a record, which begins with it
// if it is the first.
func (h *history) deed(r books.Record) *deed {
	if h.current != h.of {
		return &deed{}
	}
	d := h.byPath[r.Path]
	if d == nil {
		d = &deed{Record: books.Record{Path: r.Path, Previous: r.Previous}}
		h.byPath[r.Path] = d
		h.deeds = append(h.deeds, d)
	}
	return d
}

func (h *history) wrote(intent books.Record) {
	d := h.deed(intent)
	if !d.wrote {
		d.wrote, d.Before = true, intent.Before
	}
	d.After, d.learned = intent.After, nil
}

// takeBackBooks plans to have the books say of a path what they said before the
// run, which wrote no file.
func (p *Plan) takeBackBooks(d *deed) Change {
	change := Change{Path: d.Path, Action: Unchanged, Why: []string{"undo " + p.revert}}
	if d.learned == nil {
		return change
	}
	now := p.vault.notes.byPath[d.Path]
	if now == nil || !slices.Equal(now.Keys, d.learned.Keys) || now.Base != d.learned.Base || now.Gone != d.learned.Gone ||
		(now.Conflict == nil) != (d.learned.Conflict == nil) {
		return change // something else was learned since
	}
	change.note, change.forget = d.Previous, d.Previous == nil
	return change
}

// takeBack plans to take back one file.
func (p *Plan) takeBack(d *deed) (change Change, err error) {
	defer func() {
		if d.doubted {
			change.also = append(change.also, books.Record{Op: books.OpDoubts, Path: d.Path, Doubts: d.doubts})
		}
		for _, r := range d.settled {
			change.also = append(change.also, books.Record{Op: books.OpRescued, Path: r.Path, After: r.After})
		}
	}()
	if !d.wrote {
		return p.takeBackBooks(d), nil
	}
	return p.takeBackFile(d.Record)
}

// takeBackFile plans to take back what was done with a file.
func (p *Plan) takeBackFile(r books.Record) (Change, error) {
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
		change.keepTime = p.keepTimes
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
