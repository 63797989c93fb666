package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"slices"
	"time"

	"github.com/clipmend/clipmend/vault/books"
	"github.com/clipmend/clipmend/vault/merge"
	"github.com/clipmend/clipmend/vault/place"
)

// Plan compares the wanted notes with the books and the disk. Of two that are
// one note, the one saved later counts. A wanted note that is in itself wrong,
// and an error that the sequence yields, become changes with the action Failed.
// Plan writes nothing but temporary files of its own. The texts are not kept in
// memory; the changes are, in the order in which the notes were first wanted.
func (v *Vault) Plan(ctx context.Context, wanted iter.Seq2[Wanted, error]) (*Plan, error) {
	p := &planner{vault: v, plan: &Plan{vault: v}, byKey: map[string]*pending{}, taken: map[string]*pending{}}
	err := p.run(ctx, wanted)
	if err != nil {
		p.plan.Close()
		return nil, fmt.Errorf("vault: plan: %w", err)
	}
	return p.plan, nil
}

// A planner collects the wanted notes, one pending each, then decides.
type planner struct {
	vault   *Vault
	plan    *Plan
	pending []*pending
	byKey   map[string]*pending
	taken   map[string]*pending // by folded path
	index   *index              // nil until it is needed
}

// A pending is a note about which is to be decided.
type pending struct {
	failed error
	known  *note // nil if the books do not know it
	path   string
	revive bool
	saved  time.Time
	keys   []string
	origin string
	why    []string
	hash   Hash
	own    Hash    // the clip's bytes, if it was read from the note itself
	text   spooled // zero if it is the books' base, which has it
	source spooled
}

func (p *planner) run(ctx context.Context, wanted iter.Seq2[Wanted, error]) error {
	for w, err := range wanted {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil {
			err = w.check()
		}
		if err != nil {
			p.pending = append(p.pending, &pending{failed: err, path: w.Path, origin: w.Origin})
			continue
		}
		if err := p.collect(ctx, &w); err != nil {
			return err
		}
	}
	for _, w := range p.pending {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		change, err := p.decide(ctx, w)
		if err != nil {
			change = Change{Path: w.path, Origin: w.origin, Action: Failed, Reason: err.Error()}
		}
		p.plan.Changes = append(p.plan.Changes, change)
	}
	return nil
}

// collect takes a wanted note in, or lets it take the place of an earlier one.
func (p *planner) collect(ctx context.Context, w *Wanted) error {
	keys := w.keys()
	own := p.vault.ownNote(w.Origin)
	entry := p.earlier(keys, own)
	if entry == nil {
		entry = &pending{path: own}
		if err := p.place(ctx, entry, w, keys); err != nil {
			return err
		}
		p.pending = append(p.pending, entry)
	} else if w.Saved.Before(entry.saved) {
		return nil
	}
	entry.saved, entry.origin, entry.why, entry.revive = w.Saved, w.Origin, w.Why, w.Revive
	entry.hash, entry.own = merge.HashOf(w.Text), Hash{}
	if own != "" && own == entry.path && w.Source != nil {
		entry.own = merge.HashOf(w.Source)
	}
	p.nameKeys(entry, keys)
	return p.keepTexts(entry, w)
}

// nameKeys gives a pending note further keys. A key of another note that is in
// the books, of which this is a copy, stays that note's.
func (p *planner) nameKeys(entry *pending, keys []string) {
	for _, key := range keys {
		owner := p.vault.notes.byKey[key]
		copied := owner != nil && owner != entry.known && !owner.Gone
		if !copied && !slices.Contains(entry.keys, key) {
			entry.keys = append(entry.keys, key)
		}
	}
	if len(entry.keys) == 0 {
		entry.keys = []string{"path:" + entry.path}
	}
	for _, key := range entry.keys {
		p.byKey[key] = entry
	}
}

// earlier returns the pending note that is the same by a key, by being the note
// that the clip was read from, or by what the file at its path says it is.
func (p *planner) earlier(keys []string, own string) *pending {
	if own != "" {
		return p.taken[foldName(own)]
	}
	for _, key := range keys {
		if entry := p.byKey[key]; entry != nil {
			return entry
		}
	}
	if p.index == nil || p.vault.notes.find(keys) != nil {
		return nil
	}
	for _, key := range keys {
		if entry := p.taken[foldName(p.index.byKey[key])]; entry != nil {
			return entry
		}
	}
	return nil
}

// keepTexts spools what the books do not have yet.
func (p *planner) keepTexts(entry *pending, w *Wanted) (err error) {
	entry.text, entry.source = spooled{}, spooled{}
	if entry.known == nil || entry.known.Base != entry.hash || entry.known.Gone {
		if entry.text, err = p.plan.spool.put(w.Text); err != nil {
			return err
		}
	}
	if w.Source != nil && (entry.known == nil || entry.known.Source != merge.HashOf(w.Source)) {
		entry.source, err = p.plan.spool.put(w.Source)
	}
	return err
}

// place finds where a note is, or where it goes.
func (p *planner) place(ctx context.Context, entry *pending, w *Wanted, keys []string) error {
	defer func() { p.taken[foldName(entry.path)] = entry }()
	if entry.path != "" { // the note itself
		if known := p.vault.notes.byPath[entry.path]; known != nil && !known.Gone {
			entry.known, entry.keys = known, slices.Clone(known.Keys)
		}
		return nil
	}
	if entry.known = p.vault.notes.find(keys); entry.known != nil {
		entry.path = entry.known.path
		entry.keys = slices.Clone(entry.known.Keys)
		return p.followMove(ctx, entry)
	}
	if err := p.needIndex(ctx); err != nil {
		return err
	}
	for _, key := range keys {
		if there := p.index.byKey[key]; there != "" && p.free(there) {
			entry.path = there
			return nil
		}
	}
	if w.Path != "" {
		entry.path = w.Path
		return nil
	}
	entry.path = p.choose(w)
	return nil
}

// followMove looks for a known note that is not where it was.
func (p *planner) followMove(ctx context.Context, entry *pending) error {
	there, err := p.vault.tree.Hash(entry.path)
	if err != nil || !there.Absent() && !entry.known.Gone {
		return nil // an error is told when it is decided
	}
	if err := p.needIndex(ctx); err != nil {
		return err
	}
	if moved := p.vault.findMoved(p.index, entry.known, p.free); moved != "" {
		entry.path = moved
	}
	return nil
}

// needIndex scans the vault once in a plan.
func (p *planner) needIndex(ctx context.Context) (err error) {
	if p.index == nil {
		p.index, err = p.vault.scan(ctx)
	}
	return err
}

// free reports whether no note of the books or of this plan is at a path.
func (p *planner) free(at string) bool {
	owner := p.vault.notes.byPath[at]
	return (owner == nil || owner.Gone) && p.taken[foldName(at)] == nil
}

// choose makes a new name: the first number that nothing has. A file that
// already has the wanted bytes is taken for the note.
func (p *planner) choose(w *Wanted) string {
	stem := stem(w.Title)
	for n := 1; ; n++ {
		at := path.Join(w.Folder, numbered(stem, n))
		if !p.free(at) {
			continue
		}
		there, exists := p.index.byFold[foldName(at)]
		if !exists {
			return at
		}
		if hash, err := p.vault.tree.Hash(there); err == nil && hash == merge.HashOf(w.Text) && p.free(there) {
			return there
		}
	}
}

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
	change.After, change.text = w.hash, w.text
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
		change.Reason = fmt.Sprintf("%d places were changed both in the clip and by a person", len(conflicts))
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
	change.note.Disk = change.After
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
