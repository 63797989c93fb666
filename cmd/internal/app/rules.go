package app

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/clipmend/clipmend/normalize"
)

// ruleFlags choose what is mended and how sure a repair must be.
func ruleFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "only", Usage: "run the rule `RULE` and no others; may be repeated"},
		&cli.StringSliceFlag{Name: "skip", Usage: "do not run the rule `RULE`"},
		&cli.StringSliceFlag{Name: "also", Usage: "run the rule `RULE` too, which is off by default"},
		&cli.BoolFlag{Name: "list-rules", Usage: "print the rules, and which are on"},
		&cli.Float64Flag{Name: "min-confidence", Value: 0.5, Usage: "how sure a restored character must be, `0..1`"},
		&cli.BoolFlag{Name: "strict", Usage: "restore only what is all but certain (.99)"},
	}
}

func ruleOptions(c *cli.Context) (normalize.Options, error) {
	o := normalize.Options{
		MinConfidence: c.Float64("min-confidence"), Strict: c.Bool("strict"),
		Only: c.StringSlice("only"), Skip: c.StringSlice("skip"), Also: c.StringSlice("also"),
	}
	if o.MinConfidence < 0 || o.MinConfidence > 1 {
		return o, usagef("--min-confidence: %v is not between 0 and 1", o.MinConfidence)
	}
	known := map[string]bool{}
	for _, r := range normalize.Rules() {
		known[r.ID] = true
	}
	for _, list := range [][]string{o.Only, o.Skip, o.Also} {
		for _, id := range list {
			if !known[id] {
				return o, usagef("there is no rule %q; --list-rules shows them", id)
			}
		}
	}
	return o, nil
}

// listRules prints every rule with what it does.
func (s *session) listRules() error {
	for _, r := range normalize.Rules() {
		state := "on "
		if !r.Default {
			state = "off"
		}
		if _, err := fmt.Fprintf(s.out, "%-22s %s  %s\n", r.ID, state, r.Explanation); err != nil {
			return err
		}
	}
	return nil
}
