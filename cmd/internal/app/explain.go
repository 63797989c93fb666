package app

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/clipmend/clipmend/normalize"
	"github.com/clipmend/clipmend/normalize/mojibake"
	"github.com/clipmend/clipmend/normalize/repair"
)

// Bounds that keep an explanation readable.
const (
	maxShown    = 60 // runes of a text
	maxListed   = 20 // repairs of a kind
	maxKinds    = 6  // of invisible characters
	maxReadings = 4  // other readings of a place
)

// explain prints what was wrong with a text: the steps, then the characters
// that were restored from lost bytes with what else they may be, then the rest,
// each with the line it is on. Invisible characters are counted.
func (s *session) explain(f fixed) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s, %d %s\n", f.Path, f.Encoding, len(f.Repairs), plural(len(f.Repairs), "repair", "repairs"))
	for i, step := range f.Plan.Steps {
		fmt.Fprintf(&b, "  %d. %s\n", i+1, stepText(step))
	}
	e := explainer{b: &b, color: s.color}
	e.sort(placed([]byte(f.Text), f.Repairs))
	e.list("restored", e.restored)
	for _, rule := range e.rules {
		e.list(rule, e.others[rule])
	}
	e.hidden()
	_, err := io.WriteString(s.out, b.String())
	return err
}

func stepText(step mojibake.Step) string {
	words := []string{step.Rule}
	for i, l := range step.Chain {
		from := "UTF-8"
		if i == 0 && step.From != "" {
			from = step.From
		}
		word := from + " was read as " + l.Encoding
		if l.Lost != "" && l.Lost != "kept" {
			word += ", " + l.LostBytes() + " " + l.Lost
		}
		if l.Case != "" {
			word += ", then put in " + l.Case + " case"
		}
		words = append(words, word)
	}
	return strings.Join(words, ": ")
}

// A placedRepair is a repair with its line, 0 if that is not known.
type placedRepair struct {
	normalize.Repair
	line int
}

// placed finds the lines of the repairs that gave text.
func placed(text []byte, repairs []normalize.Repair) []placedRepair {
	var all []placedRepair
	for end := len(repairs); end > 0; {
		start := end
		for start > 0 && repairs[start-1].Pass == repairs[end-1].Pass {
			start--
		}
		pass := repairs[start:end]
		line, at := 1, 0
		for _, r := range pass {
			p := placedRepair{Repair: r}
			if text != nil && at <= r.After.Start && r.After.Start <= len(text) {
				line += bytes.Count(text[at:r.After.Start], []byte{'\n'})
				at, p.line = r.After.Start, line
			}
			all = append(all, p)
		}
		if before, err := repair.Undo(text, pass); err == nil {
			text = before
		} else {
			text = nil
		}
		end = start
	}
	slices.SortStableFunc(all, func(a, b placedRepair) int { return cmp.Compare(a.Pass, b.Pass) })
	return all
}

// An explainer writes repairs by kind.
type explainer struct {
	b         *strings.Builder
	color     bool
	restored  []placedRepair // from lost bytes
	rules     []string
	others    map[string][]placedRepair
	read      []placedRepair // what turned out to be invisible
	invisible map[string][]placedRepair
}

func (e *explainer) sort(all []placedRepair) {
	e.others, e.invisible = map[string][]placedRepair{}, map[string][]placedRepair{}
	for _, p := range all {
		switch {
		case p.Now == "" && unseen(p.Was):
			e.invisible[p.Rule] = append(e.invisible[p.Rule], p)
		case p.Now != "" && unseen(p.Now):
			e.read = append(e.read, p)
		case p.Rule == "lost-bytes":
			e.restored = append(e.restored, p)
		default:
			if e.others[p.Rule] == nil {
				e.rules = append(e.rules, p.Rule)
			}
			e.others[p.Rule] = append(e.others[p.Rule], p)
		}
	}
}

// unseen reports whether s shows nothing.
func unseen(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.In(r, unicode.Cf, unicode.Variation_Selector) })
}

// list writes the repairs of one kind: those that are least sure first, if not
// all are shown.
func (e *explainer) list(kind string, all []placedRepair) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(e.b, "%s: %d %s\n", kind, len(all), plural(len(all), "place", "places"))
	if len(all) > maxListed {
		slices.SortStableFunc(all, func(a, b placedRepair) int { return cmp.Compare(a.Confidence, b.Confidence) })
	}
	for _, p := range all[:min(len(all), maxListed)] {
		e.one(p)
	}
	if more := len(all) - maxListed; more > 0 {
		fmt.Fprintf(e.b, "  and %d more, surer than these (--json lists all)\n", more)
	}
}

func (e *explainer) one(p placedRepair) {
	e.b.WriteString("  - ")
	if p.line > 0 {
		fmt.Fprintf(e.b, "line %d: ", p.line)
	}
	fmt.Fprintf(e.b, "%s → %s (%.2f", e.paint("\x1b[31m", shown(p.Was)), e.paint("\x1b[32m", shown(p.Now)), p.Confidence)
	if p.Unsure {
		e.b.WriteString(", " + e.paint("\x1b[33m", "unsure"))
	}
	e.b.WriteString(")")
	for i, a := range p.Alternatives[:min(len(p.Alternatives), maxReadings)] {
		word := ", "
		if i == 0 {
			word = "; or "
		}
		fmt.Fprintf(e.b, "%s%s (%.2f)", word, shown(a.Text), a.Confidence)
	}
	e.b.WriteByte('\n')
}

func (e *explainer) paint(color, s string) string {
	if !e.color {
		return s
	}
	return color + s + "\x1b[0m"
}

// hidden writes a line for what is invisible, by what was done with it.
func (e *explainer) hidden() {
	if len(e.read) > 0 {
		var now strings.Builder
		for _, p := range e.read {
			now.WriteString(p.Now)
		}
		fmt.Fprintf(e.b, "invisible: %s were read out of broken text %s\n", counted(now.String()), lines(e.read))
	}
	for _, rule := range slices.Sorted(maps.Keys(e.invisible)) {
		var was strings.Builder
		for _, p := range e.invisible[rule] {
			was.WriteString(p.Was)
		}
		fmt.Fprintf(e.b, "%s: %s removed %s\n", rule, counted(was.String()), lines(e.invisible[rule]))
	}
}

// counted tells how many characters s has, and which.
func counted(s string) string {
	kinds := map[rune]int{}
	n := 0
	for _, r := range s {
		kinds[r]++
		n++
	}
	order := slices.SortedFunc(maps.Keys(kinds), func(a, b rune) int {
		return cmp.Or(cmp.Compare(kinds[b], kinds[a]), cmp.Compare(a, b))
	})
	var names []string
	for _, r := range order[:min(len(order), maxKinds)] {
		names = append(names, fmt.Sprintf("%U ×%d", r, kinds[r]))
	}
	if len(order) > maxKinds {
		names = append(names, "…")
	}
	return fmt.Sprintf("%d invisible %s (%s)", n, plural(n, "character", "characters"), strings.Join(names, ", "))
}

// lines names the lines of places.
func lines(all []placedRepair) string {
	var at []int
	for _, p := range all {
		if p.line > 0 {
			at = append(at, p.line)
		}
	}
	slices.Sort(at)
	at = slices.Compact(at)
	switch len(at) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("in line %d", at[0])
	}
	return fmt.Sprintf("in %d lines, from %d to %d", len(at), at[0], at[len(at)-1])
}

// shown quotes a text so that what is invisible is seen, cut to a length.
func shown(s string) string {
	runes := []rune(s)
	if len(runes) > maxShown {
		runes = append(runes[:maxShown], '…')
	}
	return fmt.Sprintf("%q", string(runes))
}
