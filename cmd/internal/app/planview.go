package app

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/vault"
)

// A planView shows plans to a person, or as JSON lines to a script.
type planView struct {
	session    *session
	json, diff bool
	dryRun     bool
	failed     bool     // clips that failed have been reported
	next       string   // what a person may do after a plan
	empty      string   // what to say where there is nothing to look at
	undo       []string // commands that take back what was done
	counts     map[vault.Action]int
	rules      map[string]int
	unsure     map[string]int // best guesses, by file
	encodings  map[string]int // that files were in; nil where that is not told
	taken      map[string]int // how many things that a clip may not do, by rule
}

// takenOut counts things that were taken out of a clip.
func (v *planView) takenOut(rules []string) {
	if v.taken == nil {
		v.taken = map[string]int{}
	}
	for _, rule := range rules {
		v.taken[rule]++
	}
}

// show prints the changes that a person cares about and counts all.
func (v *planView) show(changes []vault.Change) error {
	if v.counts == nil {
		v.counts, v.rules, v.unsure = map[vault.Action]int{}, map[string]int{}, map[string]int{}
	}
	for i := range changes {
		c := &changes[i]
		v.counts[c.Action]++
		if v.encodings != nil && c.Encoding != "" {
			v.encodings[c.Encoding]++
		}
		if c.Writes() {
			for _, rule := range c.Why {
				v.rules[rule]++
			}
			if n := len(c.Doubts); n > 0 {
				v.unsure[c.Path] += n
			}
		}
		if err := v.showOne(c); err != nil {
			return err
		}
	}
	return nil
}

func (v *planView) showOne(c *vault.Change) error {
	s := v.session
	switch {
	case v.json:
		return s.printJSON(c)
	case c.Action == vault.Failed || c.Action == vault.Refused:
		s.report(fmt.Errorf("%s: %s: %s", c.Path, c.Action, strings.TrimPrefix(c.Reason, c.Path+": ")))
		return nil
	case s.quiet || c.Action == vault.Unchanged && !s.verbose:
		return nil
	}
	line := v.paint(c)
	if len(c.Why) > 0 && c.Writes() {
		line += "  (" + strings.Join(c.Why, ", ") + ")"
	}
	_, err := fmt.Fprintln(s.out, line)
	return err
}

// colors of the actions on a terminal.
var colors = map[vault.Action]string{
	vault.Create: "\x1b[32m", vault.Replace: "\x1b[33m", vault.Remove: "\x1b[31m",
	vault.Conflict: "\x1b[35m", vault.Kept: "\x1b[36m",
}

func (v *planView) paint(c *vault.Change) string {
	shown := *c
	shown.Path = shownName(c.Path)
	line := oneLine(errors.New(strings.Replace(shown.String(), ": "+c.Path+": ", ": ", 1)))
	color, ok := colors[c.Action]
	if !v.session.color || !ok {
		return line
	}
	action, rest, _ := strings.Cut(line, " ")
	return color + action + "\x1b[0m " + rest
}

// diffs prints what a plan changes in each text, if that is asked for.
func (v *planView) diffs(plan *vault.Plan) error {
	if !v.diff || v.json {
		return nil
	}
	for i := range plan.Changes {
		c := &plan.Changes[i]
		if !c.Writes() {
			continue
		}
		before, after, err := plan.Texts(c)
		if err != nil {
			return err
		}
		if _, err := v.session.out.Write(unifiedDiff(c.Path, before, after)); err != nil {
			return err
		}
	}
	return nil
}

// finish prints the sum.
func (v *planView) finish() error {
	switch {
	case v.json && v.encodings != nil:
		return v.session.printJSON(v.summary())
	case v.json || v.session.quiet:
		return nil
	}
	var parts []string
	for _, a := range []vault.Action{vault.Create, vault.Replace, vault.Remove, vault.Unchanged, vault.Kept, vault.Conflict, vault.Refused, vault.Failed} {
		if n := v.counts[a]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, a))
		}
	}
	if len(parts) == 0 {
		if v.failed { // the verdict says so
			return nil
		}
		parts = []string{cmp.Or(v.empty, "nothing to do")}
	}
	note := ""
	if v.dryRun && v.counts[vault.Create]+v.counts[vault.Replace]+v.counts[vault.Remove] > 0 {
		note = " (nothing was written)"
		if v.next != "" {
			note = " (nothing was written: " + v.next + ")"
		}
	}
	for _, command := range v.undo {
		note += "; taken back by: " + command
	}
	_, err := fmt.Fprintf(v.session.err, "%s%s\n", strings.Join(parts, ", "), note)
	if err == nil {
		err = v.finishTaken()
	}
	if err == nil && v.encodings != nil {
		return v.finishSums()
	}
	if err != nil || !v.session.verbose {
		return err
	}
	return v.finishRules()
}

// finishTaken prints what was taken out of clips for safety.
func (v *planView) finishTaken() error {
	var parts []string
	for _, rule := range mostFirst(v.taken) {
		parts = append(parts, fmt.Sprintf("%d %s", v.taken[rule], rule))
	}
	if len(parts) == 0 {
		return nil
	}
	_, err := fmt.Fprintf(v.session.err, "made harmless: %s (--list-rules explains, --skip RULE lets it be)\n", strings.Join(parts, ", "))
	return err
}

// mostFirst returns the keys, those with the highest counts first.
func mostFirst(counts map[string]int) []string {
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(counts[b]-counts[a], strings.Compare(a, b))
	})
}

// finishRules prints how many notes each rule changed, the most first.
func (v *planView) finishRules() error {
	for _, r := range mostFirst(v.rules) {
		if _, err := fmt.Fprintf(v.session.err, "  %6d  %s\n", v.rules[r], r); err != nil {
			return err
		}
	}
	return nil
}
