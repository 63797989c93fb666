package normalize

import (
	"slices"

	"github.com/clipmend/clipmend/normalize/body"
	"github.com/clipmend/clipmend/normalize/frontmatter"
	"github.com/clipmend/clipmend/normalize/mojibake"
	"github.com/clipmend/clipmend/normalize/repair"
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
	return append(rules,
		Rule{ruleSite, "the site's name at the end of a title becomes a property", true},
		Rule{body.RuleLoneMarker, "a list number torn from its text becomes a list item again", true},
		Rule{body.RuleWikiURL, "an address in a wiki link becomes a link", true},
	)
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

// mendProperties refuses properties that no rule can mend, so that nothing is
// built on a block that Obsidian would not read.
func (o Options) mendProperties(text []byte) ([]byte, []Repair, error) {
	_, err := frontmatter.Parse(text)
	return text, nil, err
}

func (o Options) bodySteps() []step {
	return []step{
		onBody("body", func(b []byte) []repair.Edit {
			return body.Mend(b, body.Options{Skip: o.skippedOf(body.RuleLoneMarker, body.RuleWikiURL)})
		}),
	}
}
