package app

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/clipmend/clipmend/normalize"
	"github.com/clipmend/clipmend/normalize/frontmatter"
)

// ruleFlags choose what is mended and how sure a repair must be.
func ruleFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "only", Usage: "run `RULE` and no other rules"},
		&cli.StringSliceFlag{Name: "skip", Usage: "do not run `RULE`"},
		&cli.StringSliceFlag{Name: "also", Usage: "run `RULE` too, which is off by default"},
		&cli.BoolFlag{Name: "list-rules", Usage: "print all rules, what they do and which are on, and stop"},
		&cli.Float64Flag{Name: "min-confidence", Value: 0.5, Usage: "restore a character only if that sure, from 0 to 1: `N`"},
		&cli.BoolFlag{Name: "strict", Usage: "the same as --min-confidence 0.99: restore only what is all but certain"},
	}
}

// styleFlags say how properties should look; without them they stay as they are.
func styleFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "property-rename", Usage: "give a property another name, `OLD=NEW`"},
		&cli.StringFlag{Name: "property-dates", Usage: "read dates such as 1/2/2024 with the day or the month first: `day-first|month-first`"},
		&cli.StringFlag{Name: "property-lists", Usage: "write lists one item a line, or all on one: `block|flow`"},
		&cli.StringFlag{Name: "property-quotes", Usage: "quotes of quoted values: `double|single|plain`, plain being none where that is possible"},
		&cli.StringFlag{Name: "property-order", Usage: "put these properties first, in this order: `NAME,NAME,…`"},
	}
}

// styleOf reads the flags of the properties' style.
func styleOf(c *cli.Context) (frontmatter.Style, error) {
	s := frontmatter.Style{
		Dates: frontmatter.DateOrder(c.String("property-dates")), Lists: frontmatter.ListStyle(c.String("property-lists")),
		Quotes: frontmatter.QuoteStyle(c.String("property-quotes")), Names: map[string]string{},
	}
	for name, known := range map[string]bool{
		"property-dates":  slices.Contains([]frontmatter.DateOrder{"", frontmatter.DayFirst, frontmatter.MonthFirst}, s.Dates),
		"property-lists":  slices.Contains([]frontmatter.ListStyle{"", frontmatter.BlockList, frontmatter.FlowList}, s.Lists),
		"property-quotes": slices.Contains([]frontmatter.QuoteStyle{"", frontmatter.DoubleQuotes, frontmatter.SingleQuotes, frontmatter.NoQuotes}, s.Quotes),
	} {
		if !known {
			return s, usagef("--%s: %q is none of its values; --help shows them", name, c.String(name))
		}
	}
	for _, pair := range c.StringSlice("property-rename") {
		old, to, found := strings.Cut(pair, "=")
		if old, to = strings.TrimSpace(old), strings.TrimSpace(to); !found || old == "" || to == "" {
			return s, usagef("--property-rename: %q is not OLD=NEW", pair)
		} else {
			s.Names[old] = to
		}
	}
	for key := range strings.SplitSeq(c.String("property-order"), ",") {
		if key = strings.TrimSpace(key); key != "" {
			s.Order = append(s.Order, key)
		}
	}
	return s, nil
}

func ruleOptions(c *cli.Context) (normalize.Options, error) {
	o := normalize.Options{
		MinConfidence: c.Float64("min-confidence"), Strict: c.Bool("strict"),
		Only: c.StringSlice("only"), Skip: c.StringSlice("skip"), Also: c.StringSlice("also"),
	}
	var err error
	if o.Style, err = styleOf(c); err != nil {
		return o, err
	}
	if !(o.MinConfidence >= 0 && o.MinConfidence <= 1) { // which NaN is not
		return o, usagef("--min-confidence: %v is not between 0 and 1", o.MinConfidence)
	}
	if o.Strict && c.IsSet("min-confidence") {
		return o, usagef("--strict stands for --min-confidence 0.99; give one of the two")
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
