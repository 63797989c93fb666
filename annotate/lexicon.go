package annotate

import (
	"maps"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/annotate/packs"
	"github.com/clipmend/clipmend/annotate/phrase"
)

// A class says what part a phrase plays in a sentence.
type class uint8

const (
	// from the pack
	noun class = iota
	group
	role
	notName
	verb
	act
	variant
	tool
	field
	plainWord
	tailWord
	known
	unitWord
	ignored
	near
	counts
	notAttr
	label
	term
	word
	after
	agent
	relation
	less
	qualifier
	metric
	setting
	// of the language
	pronoun
	negation
	hedge
	crowd   // "other", "existing": what follows is a set without names
	like    // "such as": names of the set follow
	than    // "than", "compared to": an object follows
	break_  // "while", "whereas": another subject follows
	is      // "is", "are", "was", "是"
	article // "a", "an", "our"
	future  // "will", "plan to"
)

// A meaning is what a phrase says.
type meaning struct {
	class class
	attr  int // index into engine.attrs, −1 if none
	value string
	times float64
}

// attr is an attribute ready for use.
type attr struct {
	*packs.Attribute
	name string
}

// An Engine reads facts in the terms of one pack. It may be used by many
// goroutines at once.
type Engine struct {
	pack  *packs.Pack
	set   phrase.Set
	means []meaning
	attrs []attr
	index map[string]int      // of the attributes, by name
	glued map[string]*meaning // the units whose words may stand right behind a number: "800GB"
	size  int                 // the attribute that names may hold, −1 if none

	counted []int  // the attributes that are quantities
	rival   []bool // of each attribute, whether another one has its unit and is meant where nothing is said
}

// NewEngine compiles a pack; nil stands for the default one.
func NewEngine(p *packs.Pack) *Engine {
	if p == nil {
		p = packs.Default()
	}
	e := &Engine{pack: p, size: -1, index: map[string]int{}, glued: map[string]*meaning{}}
	for _, name := range slices.Sorted(maps.Keys(p.Attributes)) {
		if name == p.Entity.Size {
			e.size = len(e.attrs)
		}
		e.index[name] = len(e.attrs)
		e.attrs = append(e.attrs, attr{p.Attributes[name], name})
	}
	e.rivals()
	e.addEntities()
	for _, name := range slices.Sorted(maps.Keys(p.Units)) {
		e.addUnit(name, p.Units[name])
	}
	for i := range e.attrs {
		e.addAttribute(i)
	}
	e.add(meaning{class: ignored, attr: -1}, p.Ignore)
	for _, w := range language {
		for _, text := range w.phrases {
			e.add(meaning{class: w.class, attr: -1, value: w.value}, packs.Phrases{{Text: text}})
		}
	}
	return e
}

func (e *Engine) rivals() {
	e.rival = make([]bool, len(e.attrs))
	for i, a := range e.attrs {
		if a.Type != packs.Quantity {
			continue
		}
		e.counted = append(e.counted, i)
		for k, b := range e.attrs {
			if b.Type == packs.Quantity && a.Unit == b.Unit && (a.Default || b.Default) && k != i {
				e.rival[i] = true
			}
		}
	}
}

func (e *Engine) addEntities() {
	n := e.pack.Entity
	for _, l := range []struct {
		class class
		list  packs.Phrases
	}{{noun, n.Nouns}, {group, n.Groups}, {role, n.Roles}, {notName, n.Not}, {verb, n.Verbs}, {act, n.Acts}, {variant, n.Variants}, {tool, n.Tools}, {field, n.Field}, {plainWord, n.Ordinary}, {tailWord, n.Tails}} {
		e.add(meaning{class: l.class, attr: -1}, l.list)
	}
	for _, name := range slices.Sorted(maps.Keys(n.Names)) {
		m := meaning{class: known, attr: -1, value: name}
		e.add(m, packs.Phrases{{Text: name}})
		e.add(m, n.Names[name].Also)
	}
}

func (e *Engine) addUnit(name string, u packs.Unit) {
	e.add(meaning{class: unitWord, attr: -1, value: name, times: 1}, u.Words)
	for _, w := range u.Words {
		e.glue(w.Text, &meaning{value: name, times: 1})
	}
	for _, w := range slices.Sorted(maps.Keys(u.Times)) {
		e.add(meaning{class: unitWord, attr: -1, value: name, times: u.Times[w]}, packs.Phrases{{Text: w}})
		e.glue(w, &meaning{value: name, times: u.Times[w]})
	}
}

// glue keeps a short sign for a unit, as it is written behind digits.
func (e *Engine) glue(w string, m *meaning) {
	if len(w) > 1 && len(w) < 4 && strings.Trim(w, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" && scales[strings.ToLower(w)] == 0 {
		e.glued[w] = m
	}
}

func (e *Engine) addAttribute(i int) {
	a := e.attrs[i]
	for _, l := range []struct {
		class class
		list  packs.Phrases
	}{{near, a.Near}, {counts, a.Counts}, {notAttr, a.Not}, {label, a.Label}, {after, a.After}, {agent, a.Agent}, {less, a.Less}} {
		e.add(meaning{class: l.class, attr: i}, l.list)
	}
	for _, l := range []struct {
		class class
		lists map[string]packs.Phrases
	}{{term, a.Terms}, {word, a.Words}, {relation, a.Relations}, {qualifier, a.Qualifiers}, {metric, a.Metrics}, {setting, a.Settings}} {
		for _, value := range slices.Sorted(maps.Keys(l.lists)) {
			m := meaning{class: l.class, attr: i, value: value}
			if l.class != relation && !a.Coded {
				e.add(m, packs.Phrases{{Text: value}})
			}
			e.add(m, l.lists[value])
		}
	}
}

// add gives every form of the phrases a meaning. The pack was checked when it
// was loaded; a phrase that does not expand is left out.
func (e *Engine) add(m meaning, list packs.Phrases) {
	if len(list) == 0 {
		return
	}
	id := int32(len(e.means))
	e.means = append(e.means, m)
	for _, p := range list {
		forms, err := phrase.Expand(p.Text)
		if err != nil {
			continue
		}
		for _, f := range forms {
			e.set.Add(f, id)
		}
	}
}
