package packs

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/clipmend/clipmend/annotate/phrase"
)

var types = []string{Quantity, Term, Date, Entity, Name, Score, Relation}

// check refuses what decodes but can mean nothing.
func check(p *Pack, file string) error {
	fail := func(line int, format string, args ...any) error {
		return &Error{File: file, Line: line, Err: fmt.Errorf(format, args...)}
	}
	if p.Name == "" {
		return fail(1, "a pack needs a name: `pack: NAME`")
	}
	if len(p.Attributes) == 0 {
		return fail(1, "a pack needs attributes")
	}
	for _, name := range slices.Sorted(maps.Keys(p.Attributes)) {
		a := p.Attributes[name]
		switch {
		case a == nil || !slices.Contains(types, a.Type):
			return fail(0, "attribute %s: the type must be one of %v", name, types)
		case a.Type == Quantity && a.Unit == "":
			return fail(0, "attribute %s: a quantity needs a unit", name)
		case a.Type == Relation && len(a.Relations) == 0:
			return fail(0, "attribute %s: a relation needs relations", name)
		}
		if _, ok := p.Units[a.Unit]; a.Unit != "" && !ok {
			return fail(0, "attribute %s: unknown unit %q", name, a.Unit)
		}
	}
	if a, ok := p.Attributes[p.Entity.Size]; p.Entity.Size != "" && (!ok || a.Type != Quantity) {
		return fail(0, "entity: size: no quantity %q", p.Entity.Size)
	}
	return checkPhrases(p, file)
}

func checkPhrases(p *Pack, file string) error {
	n := 0
	for ph := range p.All {
		if n++; n > MaxPhrases {
			return &Error{File: file, Line: ph.Line, Err: fmt.Errorf("more than %d phrases", MaxPhrases)}
		}
		forms, err := phrase.Expand(ph.Text)
		if err != nil {
			return &Error{File: file, Line: ph.Line, Err: err}
		}
		for _, f := range forms {
			if len(phrase.Tokens(nil, []byte(f))) == 0 && f != "" || ph.Text == "" {
				return &Error{File: file, Line: ph.Line, Err: fmt.Errorf("%q: %w", ph.Text, errNever)}
			}
		}
	}
	return nil
}

var errNever = errors.New("a phrase without letters or signs can never match")

// All calls yield with every phrase of the pack.
func (p *Pack) All(yield func(Phrase) bool) {
	for _, list := range p.lists() {
		for _, ph := range list {
			if !yield(ph) {
				return
			}
		}
	}
}

func (p *Pack) lists() []Phrases {
	e := p.Entity
	lists := []Phrases{e.Nouns, e.Groups, e.Roles, e.Not, e.Verbs, e.Acts, e.Variants, e.Tools, e.Field, p.Ignore}
	for _, name := range slices.Sorted(maps.Keys(e.Names)) {
		lists = append(lists, Phrases{{Text: name}}, e.Names[name].Also)
	}
	for _, name := range slices.Sorted(maps.Keys(p.Units)) {
		lists = append(lists, p.Units[name].Words)
	}
	for _, name := range slices.Sorted(maps.Keys(p.Attributes)) {
		a := p.Attributes[name]
		lists = append(lists, a.Near, a.Counts, a.Not, a.Label, a.After, a.Agent, a.Less)
		for _, m := range []map[string]Phrases{a.Terms, a.Words, a.Relations} {
			for _, value := range slices.Sorted(maps.Keys(m)) {
				lists = append(lists, m[value])
			}
		}
	}
	return lists
}
