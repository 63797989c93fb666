package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/clipmend/clipmend/cmd/internal/review"
	"github.com/clipmend/clipmend/vault"
	"github.com/clipmend/clipmend/vault/merge"
)

// A planDesk shows what clean would do to the notes of a vault, note by note.
type planDesk struct {
	ctx        context.Context
	dir, state string
	how        cleaning
	changes    []vault.Change // that would write, and are not decided
}

// newPlanDesk plans once; what is decided is planned again by itself.
func (s *session) newPlanDesk(c *cli.Context, paths []string) (desk, error) {
	how, err := newCleaning(c)
	if err != nil {
		return nil, err
	}
	var t tally
	groups := s.byVault(paths, &t)
	if err := t.verdict(); err != nil {
		return nil, err
	}
	if len(groups) != 1 {
		return nil, usagef("review: the paths are in %d vaults; review one at a time", len(groups))
	}
	d := &planDesk{ctx: c.Context, dir: groups[0].dir, state: c.Path("state"), how: how}
	v, err := d.open(true)
	if err != nil {
		return nil, err
	}
	defer v.Close()
	pr := s.progress("review")
	plan, err := v.PlanFiles(c.Context, filesBelow(v, groups[0].inside, how.wanted, pr), how.in(d.dir))
	pr.clear()
	if err != nil {
		return nil, err
	}
	defer plan.Close()
	d.changes = slices.DeleteFunc(slices.Clone(plan.Changes), func(change vault.Change) bool { return !change.Writes() })
	return d, nil
}

func (d *planDesk) open(readOnly bool) (*vault.Vault, error) {
	return vault.OpenContext(d.ctx, d.dir, vault.Options{State: d.state, ReadOnly: readOnly, Verb: "review", Wait: lockWait})
}

// waiting is nothing: a plan that nobody applies is no conflict.
func (d *planDesk) waiting() (int, error) { return 0, nil }

func (d *planDesk) Items() ([]review.Item, error) {
	var items []review.Item
	for i := range d.changes {
		c := &d.changes[i]
		items = append(items, review.Item{Name: c.Path, Path: c.Path, About: strings.Join(c.Why, ", "), Choices: []review.Choice{
			{ID: takeTheirs, Label: "Mend it", Key: "t"},
			{ID: takeMine, Label: "Leave it as it is", Key: "m"},
			{ID: takeMerged, Label: "Or write what it should be:", Key: "w", Text: true},
		}})
	}
	return items, nil
}

// withPlan plans one note and gives the plan to f.
func (d *planDesk) withPlan(name string, readOnly bool, rewrite vault.Rewrite, f func(*vault.Vault, *vault.Plan) error) error {
	v, err := d.open(readOnly)
	if err != nil {
		return err
	}
	defer v.Close()
	plan, err := v.PlanFiles(d.ctx, each([]string{name}), rewrite)
	if err != nil {
		return err
	}
	defer plan.Close()
	return f(v, plan)
}

func (d *planDesk) View(name string) (view review.View, err error) {
	if d.at(name) < 0 {
		return view, fmt.Errorf("%s: it does not wait any more", name)
	}
	err = d.withPlan(name, true, d.how.in(d.dir), func(_ *vault.Vault, plan *vault.Plan) error {
		c := &plan.Changes[0]
		before, after, err := plan.Texts(c)
		view = review.View{Left: before, Right: after, LeftLabel: "the note", RightLabel: "mended", Draft: after, Seen: c.Before.String() + c.After.String()}
		return err
	})
	return view, err
}

func (d *planDesk) at(name string) int {
	return slices.IndexFunc(d.changes, func(c vault.Change) bool { return c.Path == name })
}

func (d *planDesk) Decide(name, choice string, text []byte, seen string) error {
	if view, err := d.View(name); err != nil || view.Seen != seen {
		return errors.Join(err, fmt.Errorf("%s: %w", name, errSeen))
	}
	rewrite := d.how.in(d.dir)
	switch choice {
	case takeMine:
		d.drop(name)
		return nil
	case takeTheirs:
	case takeMerged:
		rewrite = func(_ string, now []byte) (vault.Rewritten, error) {
			if !strings.HasPrefix(seen, merge.HashOf(now).String()) {
				return vault.Rewritten{}, errSeen
			}
			return vault.Rewritten{Text: text, Why: []string{"decided"}}, nil
		}
	default:
		return unknownChoice(choice)
	}
	err := d.withPlan(name, false, rewrite, func(v *vault.Vault, plan *vault.Plan) error {
		return applyDecision(d.ctx, v, plan)
	})
	if err == nil {
		d.drop(name)
	}
	return err
}

func (d *planDesk) drop(name string) {
	if i := d.at(name); i >= 0 {
		d.changes = slices.Delete(d.changes, i, i+1)
	}
}
