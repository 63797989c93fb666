package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/clipmend/clipmend/cmd/internal/review"
	"github.com/clipmend/clipmend/vault"
	"github.com/clipmend/clipmend/vault/merge"
)

var errSeen = errors.New("it changed since it was shown; look at it again")

// A booksDesk shows what waits in a vault's books. It opens the vault anew each
// time, so that others may work on it meanwhile.
type booksDesk struct {
	ctx        context.Context
	dir, state string
}

// A matter is one thing that waits, with what it takes to decide it.
type matter struct {
	item  review.Item
	view  func() (review.View, error)
	plan  func(choice string, text []byte) (*vault.Plan, error)
	grave bool // a person's or a clip's words wait
}

func (d *booksDesk) open(readOnly bool, f func(*vault.Vault) error) error {
	v, err := vault.OpenContext(d.ctx, d.dir, vault.Options{State: d.state, ReadOnly: readOnly, Verb: "review", Wait: lockWait})
	if err != nil {
		return err
	}
	return errors.Join(f(v), v.Close())
}

func (d *booksDesk) Items() (items []review.Item, err error) {
	err = d.open(true, func(v *vault.Vault) error {
		for _, m := range mattersOf(v) {
			items = append(items, m.item)
		}
		return nil
	})
	return items, err
}

func (d *booksDesk) waiting() (n int, err error) {
	err = d.open(true, func(v *vault.Vault) error {
		for _, m := range mattersOf(v) {
			if m.grave {
				n++
			}
		}
		return nil
	})
	return n, err
}

func (d *booksDesk) View(name string) (view review.View, err error) {
	err = d.open(true, func(v *vault.Vault) error {
		m, err := matterNamed(v, name)
		if err == nil {
			view, err = m.view()
		}
		return err
	})
	return view, err
}

func (d *booksDesk) Decide(name, choice string, text []byte, seen string) error {
	return d.open(false, func(v *vault.Vault) error {
		m, err := matterNamed(v, name)
		if err != nil {
			return err
		}
		if view, err := m.view(); err != nil || view.Seen != seen {
			return errors.Join(err, fmt.Errorf("%s: %w", name, errSeen))
		}
		plan, err := m.plan(choice, text)
		if err != nil {
			return err
		}
		defer plan.Close()
		return applyDecision(d.ctx, v, plan)
	})
}

// applyDecision applies a plan of one change, and says so if it came to nothing.
func applyDecision(ctx context.Context, v *vault.Vault, plan *vault.Plan) error {
	report, err := v.Apply(ctx, plan, nil)
	if err != nil {
		return err
	}
	for i := range report.Changes {
		if c := &report.Changes[i]; !c.Writes() && c.Action != vault.Unchanged {
			return fmt.Errorf("%s: %s: %s", c.Path, c.Action, c.Reason)
		}
	}
	return nil
}

func matterNamed(v *vault.Vault, name string) (matter, error) {
	for _, m := range mattersOf(v) {
		if m.item.Name == name {
			return m, nil
		}
	}
	return matter{}, fmt.Errorf("%s: it does not wait any more", name)
}

// mattersOf returns what waits in the books: the gravest first.
func mattersOf(v *vault.Vault) []matter {
	st := v.Status()
	var all []matter
	for _, p := range st.Conflicts {
		all = append(all, conflictMatter(v, p))
	}
	for _, path := range slices.Sorted(maps.Keys(st.Rescued)) {
		all = append(all, rescuedMatter(v, path, st.Rescued[path]))
	}
	doubts := v.Doubts()
	for _, path := range slices.Sorted(maps.Keys(doubts)) {
		for _, d := range doubts[path] {
			all = append(all, doubtMatter(v, path, d))
		}
	}
	return all
}

func conflictMatter(v *vault.Vault, p vault.PendingMerge) matter {
	read := func() (base, ours, now []byte, err error) {
		base, _ = v.Text(p.Base) // without it both can still be read
		if ours, err = v.Text(p.Ours); err != nil {
			return nil, nil, nil, err
		}
		now, err = v.Read(p.Path)
		return base, ours, now, err
	}
	return matter{
		grave: true,
		item: review.Item{Name: p.Path, Path: p.Path, About: "clipped again while you edited it", Choices: []review.Choice{
			{ID: takeMine, Label: "Keep mine", Key: "m"},
			{ID: takeTheirs, Label: "Take the clip's", Key: "t"},
			{ID: takeMerged, Label: "Or write what it should be:", Key: "w", Text: true},
		}},
		view: func() (review.View, error) {
			base, ours, now, err := read()
			return review.View{
				Left: now, Right: ours, LeftLabel: "your note", RightLabel: "the clip", Draft: merge.Draft(base, ours, now),
				Seen: merge.HashOf(now).String() + p.Ours.String(),
			}, err
		},
		plan: func(choice string, text []byte) (*vault.Plan, error) {
			_, ours, now, err := read()
			if err != nil {
				return nil, err
			}
			switch choice {
			case takeMine:
				text = now
			case takeTheirs:
				text = ours
			case takeMerged:
			default:
				return nil, unknownChoice(choice)
			}
			return v.PlanResolve(p.Path, text)
		},
	}
}

func unknownChoice(choice string) error { return usagef("review: %q decides nothing here", choice) }

// rescuedMatter is about a text of a person's that is only in the books.
func rescuedMatter(v *vault.Vault, path string, text vault.Hash) matter {
	return matter{
		grave: true,
		item: review.Item{Name: path + "#" + text.String()[:8], Path: path, About: "a text of yours that found no place", Choices: []review.Choice{
			{ID: takeTheirs, Label: "Put it in a note of its own", Key: "t"},
			{ID: takeMine, Label: "Leave it in the books", Key: "m"},
		}},
		view: func() (review.View, error) {
			now, err := v.Read(path)
			if err != nil { // it is no note, or none any more
				now = nil
			}
			kept, err := v.Text(text)
			return review.View{Left: now, Right: kept, LeftLabel: "the note", RightLabel: "the text that found no place", Seen: text.String()}, err
		},
		plan: func(choice string, _ []byte) (*vault.Plan, error) {
			if choice != takeMine && choice != takeTheirs {
				return nil, unknownChoice(choice)
			}
			return v.PlanRescued(path, text, choice == takeTheirs)
		},
	}
}

// reading is the choice of the n-th further reading of a best guess.
const reading = "reading-"

func isReading(choice string) bool { return strings.HasPrefix(choice, reading) }

// doubtMatter is about a repair that is a best guess.
func doubtMatter(v *vault.Vault, path string, d vault.Doubt) matter {
	choices := []review.Choice{
		{ID: takeMine, Label: fmt.Sprintf("Keep %q", d.Now), Key: "m"},
		{ID: takeTheirs, Label: fmt.Sprintf("Back to %q", d.Was), Key: "t"},
	}
	for i, other := range d.Other[:min(len(d.Other), 9)] {
		n := strconv.Itoa(i + 1)
		choices = append(choices, review.Choice{ID: reading + n, Label: fmt.Sprintf("%q", other), Key: n})
	}
	choices = append(choices, review.Choice{ID: takeMerged, Label: "Or write what should stand there:", Key: "w", Text: true})
	id := merge.HashOf([]byte(d.Left + "\x00" + d.Now + "\x00" + d.Right)).String()[:8]
	return matter{
		item: review.Item{
			Name: path + "#" + id, Path: path, Choices: choices,
			About: fmt.Sprintf("best guess, %.0f %%: %q was %q", 100*d.Confidence, d.Now, d.Was),
		},
		view: func() (review.View, error) {
			return review.View{
				Left: []byte(d.Left + d.Now + d.Right), Right: []byte(d.Left + d.Was + d.Right),
				LeftLabel: "the note", RightLabel: "before the repair", Draft: []byte(d.Now), Seen: id,
			}, nil
		},
		plan: func(choice string, text []byte) (*vault.Plan, error) {
			n, err := strconv.Atoi(strings.TrimPrefix(choice, reading))
			switch {
			case choice == takeMine:
				text = []byte(d.Now)
			case choice == takeTheirs:
				text = []byte(d.Was)
			case choice == takeMerged:
				text = bytes.TrimRight(text, "\r\n")
			case isReading(choice) && err == nil && n > 0 && n <= len(d.Other):
				text = []byte(d.Other[n-1])
			default:
				return nil, unknownChoice(choice)
			}
			return v.PlanDoubt(path, d, string(text))
		},
	}
}
