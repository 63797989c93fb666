package packs

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/annotate/phrase"
)

var types = []string{Quantity, Term, Date, Entity, Name, Score, Relation}

// check refuses what decodes but can mean nothing.
func check(p *Pack) error {
	if err := whole(reflect.TypeFor[Pack](), p.root); err != nil {
		return yamlError(err, p.files)
	}
	if len(p.Attributes) == 0 {
		return p.fail(errors.New("a pack needs attributes"), "attributes")
	}
	if err := p.checkPhrases(); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(p.Units)) {
		if err := p.checkUnit(name); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.Attributes)) {
		if err := p.checkAttribute(name); err != nil {
			return err
		}
	}
	if a, ok := p.Attributes[p.Entity.Size]; p.Entity.Size != "" && (!ok || a.Type != Quantity) {
		return p.fail(fmt.Errorf("entity: size: no quantity %q", p.Entity.Size), "entity", "size")
	}
	return errors.Join(p.checkShow(), p.checkExamples())
}

func (p *Pack) checkUnit(name string) error {
	u := p.Units[name]
	if len(u.Words)+len(u.Times) == 0 {
		return p.fail(fmt.Errorf("unit %s: no words stand for it", name), "units", name)
	}
	for _, word := range slices.Sorted(maps.Keys(u.Times)) {
		if f := u.Times[word]; !(f > 0) || math.IsInf(f, 0) {
			return p.fail(fmt.Errorf("unit %s: times: %q: %v is no factor", name, word, f), "units", name, "times", word)
		}
	}
	return nil
}

func (p *Pack) checkAttribute(name string) error {
	a := p.Attributes[name]
	fail := func(key, format string, args ...any) error {
		return p.fail(fmt.Errorf("attribute "+name+": "+format, args...), "attributes", name, key)
	}
	switch {
	case a == nil || !slices.Contains(types, a.Type):
		return fail("type", "the type must be one of %v", types)
	case a.Type == Quantity && a.Unit == "":
		return fail("type", "a quantity needs a unit")
	case a.Type == Relation && len(a.Relations) == 0:
		return fail("type", "a relation needs relations")
	}
	if _, ok := p.Units[a.Unit]; a.Unit != "" && !ok {
		return fail("unit", "unknown unit %q", a.Unit)
	}
	for _, unit := range slices.Sorted(maps.Keys(a.Also)) {
		if _, ok := p.Units[unit]; !ok || a.Type != Quantity || unit == a.Unit {
			return fail("also", "%q is no other unit of a quantity", unit)
		}
	}
	if len(a.Metrics)+len(a.Settings) > 0 && a.Type != Score {
		return fail("type", "only a score has metrics and settings")
	}
	for _, is := range [][2]string{{"less_is", a.LessIs}, {"like_is", a.LikeIs}} {
		if _, ok := a.Relations[is[1]]; is[1] != "" && !ok {
			return fail(is[0], "no relation %q", is[1])
		}
	}
	if (len(a.Less) > 0) != (a.LessIs != "") {
		return fail("less", "less and less_is go together")
	}
	if len(a.Words) > 0 && len(a.Near)+len(a.Label) == 0 {
		return fail("words", "words need a near phrase or a label, and there are none")
	}
	if missing := a.unsayable(name == p.Entity.Size); missing != "" {
		return fail("type", "no text can state it: a %s needs %s", a.Type, missing)
	}
	return nil
}

// unsayable returns what an attribute lacks without which no text can state it,
// "" if it lacks nothing. size says that names may hold it.
func (a *Attribute) unsayable(size bool) string {
	values := len(a.Terms)+len(a.Words) > 0
	cued := len(a.Near)+len(a.Label) > 0
	ways := map[string]struct {
		ok   bool
		need string
	}{
		Quantity: {cued || a.Default || size, "near, label or default"},
		Term:     {values, "terms or words"},
		Date:     {cued, "near or label"},
		Entity:   {len(a.After)+len(a.Label) > 0, "after or label"},
		Name:     {values || a.Open && len(a.Label)+len(a.After) > 0, "terms, words, or open with a label"},
		Score:    {cued, "near or label"},
		Relation: {true, ""},
	}
	if way := ways[a.Type]; !way.ok {
		return way.need
	}
	return ""
}

func (p *Pack) checkShow() error {
	for _, want := range []struct{ key, name, kind string }{
		{"group", p.Show.Group, ""}, {"largest", p.Show.Largest, Quantity}, {"newest", p.Show.Newest, Date},
	} {
		a := p.Attributes[want.name]
		if want.name != "" && (a == nil || want.kind != "" && a.Type != want.kind) {
			return p.fail(fmt.Errorf("show: %s: no %s %q", want.key, orAttribute(want.kind), want.name), "show", want.key)
		}
	}
	for _, name := range p.Show.Columns {
		if p.Attributes[name] == nil {
			return p.fail(fmt.Errorf("show: columns: no attribute %q", name), "show", "columns")
		}
	}
	return nil
}

func orAttribute(kind string) string {
	if kind == "" {
		return "attribute"
	}
	return kind
}

func (p *Pack) checkPhrases() error {
	n := 0
	for ph := range p.All {
		fail := func(err error) error { return &Error{File: ph.File, Line: ph.Line, Err: err} }
		if n++; n > MaxPhrases {
			return fail(fmt.Errorf("more than %d phrases", MaxPhrases))
		}
		forms, err := phrase.Expand(ph.Text)
		if err != nil {
			return fail(err)
		}
		for _, form := range forms {
			if why := never(form); why != "" && (form != "" || ph.Text == "") {
				return fail(fmt.Errorf("%q can never match: %s", ph.Text, why))
			}
		}
	}
	return nil
}

// never tells why no text can have the phrase, "" if one can.
func never(form string) string {
	tokens := phrase.Tokens(nil, []byte(form))
	if len(tokens) == 0 {
		return "it has no letter or sign"
	}
	for _, t := range tokens {
		switch word := form[t.Start:t.End]; {
		case len(word) > phrase.MaxWord:
			return fmt.Sprintf("a word of more than %d bytes", phrase.MaxWord)
		case word == "*" || word == "`":
			return "marks of Markdown are not read"
		}
	}
	return ""
}

// checkExamples refuses facts that no reading could give.
func (p *Pack) checkExamples() error {
	for _, e := range p.Examples {
		for _, fact := range e.Facts {
			parts := strings.Split(fact, " | ")
			if len(parts) != 3 || p.Attributes[parts[1]] == nil {
				return &Error{File: e.File, Line: e.Line, Err: fmt.Errorf("example: %q is not THING | ATTRIBUTE | VALUE", fact)}
			}
		}
	}
	return nil
}

// All calls yield with every phrase of the pack.
func (p *Pack) All(yield func(Phrase) bool) {
	for _, list := range append(p.lists(), p.names()) {
		for _, ph := range list {
			if !yield(ph) {
				return
			}
		}
	}
}

// names returns the known names as phrases.
func (p *Pack) names() Phrases {
	_, entity := value(p.root, "entity")
	_, names := value(entity, "names")
	var out Phrases
	for i := 0; names != nil && i+1 < len(names.Content); i += 2 {
		ph := Phrase{Text: names.Content[i].Value}
		ph.File, ph.Line = place(names.Content[i].Line, p.files)
		out = append(out, ph)
	}
	return out
}

func (p *Pack) lists() []Phrases {
	e := p.Entity
	lists := []Phrases{e.Nouns, e.Groups, e.Roles, e.Not, e.Verbs, e.Acts, e.Variants, e.Tools, e.Field, e.Ordinary, e.Tails, p.Ignore}
	for _, name := range slices.Sorted(maps.Keys(e.Names)) {
		lists = append(lists, e.Names[name].Also)
	}
	for _, name := range slices.Sorted(maps.Keys(p.Units)) {
		lists = append(lists, p.Units[name].Words)
	}
	for _, name := range slices.Sorted(maps.Keys(p.Attributes)) {
		a := p.Attributes[name]
		if a == nil {
			continue
		}
		lists = append(lists, a.Near, a.Counts, a.Not, a.Label, a.After, a.Agent, a.Less)
		for _, m := range []map[string]Phrases{a.Terms, a.Words, a.Relations, a.Qualifiers, a.Metrics, a.Settings} {
			for _, value := range slices.Sorted(maps.Keys(m)) {
				lists = append(lists, m[value])
			}
		}
	}
	return lists
}
