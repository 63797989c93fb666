package normalize

import (
	"slices"

	"github.com/clipmend/clipmend/normalize/body"
	"github.com/clipmend/clipmend/normalize/frontmatter"
	"github.com/clipmend/clipmend/normalize/mojibake"
	"github.com/clipmend/clipmend/normalize/repair"
	"github.com/clipmend/clipmend/normalize/safety"
)

// A Rule is one kind of repair, which can be switched on and off by its id.
type Rule struct {
	ID          string // as in Repair.Rule
	Explanation string // one line
	Default     bool   // whether it runs unless asked not to
}

// Rules returns all rules, in the order in which they are tried.
func Rules() []Rule {
	var rules []Rule
	for _, r := range mojibake.Rules() {
		rules = append(rules, Rule{r.ID, r.Explanation, r.Default})
	}
	for _, r := range frontmatter.Rules() {
		rules = append(rules, Rule{r.ID, r.Why, true})
	}
	for _, r := range frontmatter.StyleRules() {
		rules = append(rules, Rule{r.ID, r.Why, false})
	}
	rules = append(rules,
		Rule{frontmatter.RuleConvert, "properties in TOML or JSON become YAML (clips only)", true},
		Rule{ruleSite, "the site's name at the end of a title becomes a property", true},
		Rule{body.RuleLoneMarker, "a list number torn from its text becomes a list item again", true},
		Rule{body.RuleWikiURL, "an address in a wiki link becomes a link", true},
	)
	for _, r := range safety.Rules() {
		rules = append(rules, Rule{r.ID, r.Explanation + " (clips only)", r.Default})
	}
	return rules
}

// skipped reports whether the options switch a rule off.
func (o Options) skipped(id string) bool {
	return slices.Contains(o.Skip, id) || len(o.Only) > 0 && !slices.Contains(o.Only, id)
}

// skippedOf returns those of the ids that are switched off.
func (o Options) skippedOf(ids ...string) []string {
	var skip []string
	for _, id := range ids {
		if o.skipped(id) {
			skip = append(skip, id)
		}
	}
	return skip
}

func convertProperties(text []byte) ([]byte, []Repair, error) {
	edits, err := frontmatter.Convert(text)
	if err != nil {
		return nil, nil, err
	}
	return repair.Apply(text, 0, edits)
}

// mendProperties mends the properties, and refuses those that no rule can mend,
// so that nothing is built on a block that Obsidian would not read.
func (o Options) mendProperties(text []byte) ([]byte, []Repair, error) {
	edits, err := frontmatter.Mend(text, frontmatter.Options{Only: o.Only, Skip: o.Skip})
	if err != nil {
		return nil, nil, err
	}
	return repair.Apply(text, 0, edits)
}

// styleProperties gives the properties the style that is asked for. A rule is
// asked for by its id, or by saying how.
func (o Options) styleProperties(text []byte) ([]byte, []Repair, error) {
	return frontmatter.Restyle(text, o.style())
}

// usualOrder is the order in which clippers write properties.
var usualOrder = []string{"title", "source", "site", "author", "published", "created", "description", "tags"}

func (o Options) style() frontmatter.Style {
	s := o.Style
	asked := func(id string) bool {
		return !slices.Contains(o.Skip, id) && (slices.Contains(o.Also, id) || slices.Contains(o.Only, id))
	}
	off := func(id string) bool { return o.skipped(id) && !slices.Contains(o.Also, id) }
	s.DropEmpty = s.DropEmpty || asked(frontmatter.RuleEmpty)
	if s.Dates == "" && asked(frontmatter.RuleDayMonth) {
		s.Dates = frontmatter.DayFirst
	}
	if s.Lists == "" && asked(frontmatter.RuleListStyle) {
		s.Lists = frontmatter.BlockList
	}
	if s.Quotes == "" && asked(frontmatter.RuleQuotes) {
		s.Quotes = frontmatter.DoubleQuotes
	}
	if s.Order == nil && asked(frontmatter.RuleOrder) {
		s.Order = usualOrder
	}
	return s.Without(off)
}

// bodySteps mend the body and, of a clip that comes in, take out what would run
// when the note is opened. A person's own note may run what it likes.
func (o Options) bodySteps() []step {
	steps := []step{onBody("body", func(b []byte) []repair.Edit {
		return body.Mend(b, body.Options{Skip: o.skippedOf(body.RuleLoneMarker, body.RuleWikiURL)})
	})}
	if o.InPlace {
		return steps
	}
	var off []string
	for _, r := range safety.Rules() {
		if o.skipped(r.ID) {
			off = append(off, r.ID)
		}
	}
	so := safety.Options{
		Skip: off, Tags: slices.Contains(o.Also, safety.RuleTag), Style: slices.Contains(o.Also, safety.RuleStyle),
	}
	steps = append(steps, step{"properties", func(text []byte) ([]byte, []Repair, error) { return safety.Properties(text, so) }})
	return append(steps, onBody("safety", func(b []byte) []repair.Edit {
		return safety.Defuse(b, so)
	}))
}
