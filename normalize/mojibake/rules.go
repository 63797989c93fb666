package mojibake

import (
	"slices"

	"github.com/clipmend/clipmend/normalize/repair"
)

// Names of the rules.
const (
	ruleMisread = "misread"
	ruleLost    = "lost-bytes"
	ruleC1      = "c1-controls"
)

// A Rule is one kind of repair.
type Rule struct {
	ID          string // as in Repair.Rule, Options.Only and Options.Skip
	Explanation string // one line
	Default     bool   // whether it runs unless asked not to
	run         func(*fixer, []byte) (Step, []repair.Edit)
}

// Rules returns the rules in the order in which they are tried.
func Rules() []Rule {
	return []Rule{
		{ruleMisread, "undo text that was read in a wrong encoding", true, (*fixer).misreading},
		{ruleC1, "read C1 control characters as the windows-1252 letters and signs that they were", true, (*fixer).c1},
	}
}

func (o Options) runs(r Rule) bool {
	switch {
	case slices.Contains(o.Skip, r.ID):
		return false
	case len(o.Only) > 0:
		return slices.Contains(o.Only, r.ID)
	}
	return r.Default || slices.Contains(o.Also, r.ID)
}
