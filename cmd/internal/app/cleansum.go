package app

import (
	"fmt"
	"strings"

	"github.com/clipmend/clipmend/vault"
)

// A cleanSummary is the last line of clean --json.
type cleanSummary struct {
	Summary struct {
		Files     int                  `json:"files"`
		Written   bool                 `json:"written"`
		Actions   map[vault.Action]int `json:"actions"`
		Encodings map[string]int       `json:"encodings"`
		Rules     map[string]int       `json:"rules"`
		Undo      []string             `json:"undo,omitempty"`
		Unsure    *unsureSummary       `json:"unsure,omitempty"`
	} `json:"summary"`
}

// An unsureSummary counts the best guesses, which a person may want to look at.
type unsureSummary struct {
	Places int            `json:"places"`
	Files  map[string]int `json:"files"`
}

func (v *planView) summary() cleanSummary {
	var s cleanSummary
	for _, n := range v.counts {
		s.Summary.Files += n
	}
	s.Summary.Written = !v.dryRun
	s.Summary.Actions, s.Summary.Encodings, s.Summary.Rules, s.Summary.Undo = v.counts, v.encodings, v.byRule(), v.undo
	if n := v.places(); n > 0 {
		s.Summary.Unsure = &unsureSummary{n, v.unsure}
	}
	return s
}

// places is how many best guesses there are in all files.
func (v *planView) places() int {
	sum := 0
	for _, n := range v.unsure {
		sum += n
	}
	return sum
}

// byRule counts the files that each rule changed. That a file was in another
// encoding is one rule, whichever that was.
func (v *planView) byRule() map[string]int {
	rules := map[string]int{}
	for rule, n := range v.rules {
		if strings.HasPrefix(rule, fromEncoding) {
			rule = "encoding"
		}
		rules[rule] += n
	}
	return rules
}

// finishSums prints how many files each rule changed, where the best guesses are,
// and how many files were in which encoding, if any was in another than UTF-8.
func (v *planView) finishSums() error {
	if err := v.finishSum("rules", v.byRule()); err != nil {
		return err
	}
	if err := v.finishUnsure(); err != nil {
		return err
	}
	if len(v.encodings) == 1 && v.encodings["utf-8"] > 0 {
		return nil
	}
	return v.finishSum("encodings", v.encodings)
}

func (v *planView) finishSum(title string, counts map[string]int) error {
	var parts []string
	for _, key := range mostFirst(counts) {
		parts = append(parts, fmt.Sprintf("%d %s", counts[key], key))
	}
	if len(parts) == 0 {
		return nil
	}
	_, err := fmt.Fprintf(v.session.err, "%s: %s\n", title, strings.Join(parts, ", "))
	return err
}

// unsureShown is how many files with best guesses are named.
const unsureShown = 10

func (v *planView) finishUnsure() error {
	n := v.places()
	if n == 0 {
		return nil
	}
	var line strings.Builder
	fmt.Fprintf(&line, "unsure: %d %s", n, plural(n, "place", "places"))
	files := mostFirst(v.unsure)
	for _, path := range files[:min(len(files), unsureShown)] {
		fmt.Fprintf(&line, ", %d %s", v.unsure[path], shownName(path))
	}
	if more := len(files) - unsureShown; more > 0 {
		fmt.Fprintf(&line, ", and %d more files, which --json names", more)
	}
	_, err := fmt.Fprintf(v.session.err, "%s; clipmend review shows them, --strict leaves them\n", line.String())
	return err
}
