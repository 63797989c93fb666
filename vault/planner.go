package vault

import (
	"context"
	"fmt"
	"iter"
	"path"
	"slices"
	"time"

	"github.com/clipmend/clipmend/vault/merge"
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
	doubts []Doubt
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
	entry.saved, entry.origin, entry.why, entry.doubts, entry.revive = w.Saved, w.Origin, w.Why, w.Doubts, w.Revive
	entry.hash, entry.own = w.hash(), Hash{}
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
		text, err := w.text()
		if err != nil {
			entry.failed = err
			return nil
		}
		if entry.text, err = p.plan.spool.put(text); err != nil {
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
		if hash, err := p.vault.tree.Hash(there); err == nil && hash == w.hash() && p.free(there) {
			return there
		}
	}
}
