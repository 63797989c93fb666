// Package packs holds the data files that say what a fact is in a domain.
//
// A pack is YAML: what the domain's things are called, which attributes they
// have, in which units and by which phrases a text states them. The engine in
// annotate knows language and nothing of a domain. README.md beside this file
// is the schema.
package packs

import (
	"bytes"
	_ "embed"
	"fmt"
	"sync"

	"go.yaml.in/yaml/v4"
)

// MaxSize bounds the bytes of a pack's file, MaxPhrases the phrases in it.
const (
	MaxSize    = 4 << 20
	MaxPhrases = 200_000
)

// The types of attribute.
const (
	Quantity = "quantity" // a number with a unit
	Term     = "term"     // one of a list
	Date     = "date"
	Entity   = "entity"   // another thing of the pack
	Name     = "name"     // a proper name, of the list or by its place
	Score    = "score"    // a number on a named test
	Relation = "relation" // to another thing of the pack
)

// A Pack is one domain. It is not changed by those who read it.
type Pack struct {
	Name       string                `yaml:"pack"`
	Version    int                   `yaml:"version"`
	Extends    string                `yaml:"extends"` // a pack that this one adds to
	Entity     Entities              `yaml:"entity"`
	Units      map[string]Unit       `yaml:"units"`
	Attributes map[string]*Attribute `yaml:"attributes"`
	Ignore     Phrases               `yaml:"ignore"`   // a number beside one of these is no fact
	Show       Show                  `yaml:"show"`     // which attributes people look at first
	Examples   []Example             `yaml:"examples"` // run by annotate.CheckPack

	root  *yaml.Node // what was read, for Merge and for the lines of errors
	files []string   // that root was read from
}

// Show says which attributes lists of the pack's things are made of.
type Show struct {
	Columns []string `yaml:"columns"` // of a list, in order
	Group   string   `yaml:"group"`   // by which things are grouped
	Largest string   `yaml:"largest"` // the quantity that orders them
	Newest  string   `yaml:"newest"`  // the date that orders them
}

// Entities says how the domain's things are named.
type Entities struct {
	Nouns    Phrases            `yaml:"nouns"`    // "model": generic words for one
	Groups   Phrases            `yaml:"groups"`   // "family": words for a set of them
	Roles    Phrases            `yaml:"roles"`    // "Chat": words that go on a name
	Not      Phrases            `yaml:"not"`      // shaped like a name, but none
	Verbs    Phrases            `yaml:"verbs"`    // "introduce": what stands after is one
	Acts     Phrases            `yaml:"acts"`     // "was trained": what stands before is one
	Size     string             `yaml:"size"`     // the quantity that a name may hold ("-7B")
	Names    map[string]Aliases `yaml:"names"`    // known ones, with other spellings
	Titles   bool               `yaml:"titles"`   // a heading names one
	Ordinary Phrases            `yaml:"ordinary"` // "Training": words with a capital that are no names
	Tails    Phrases            `yaml:"tails"`    // "parameter": words behind a hyphen that are no part of a name
	Variants Phrases            `yaml:"variants"` // "version", "variant"
	Field    Phrases            `yaml:"field"`    // "language model": a text with none of them is about something else
	Tools    Phrases            `yaml:"tools"`    // "library": what a text on something else is about
}

// Aliases are the other spellings of a name.
type Aliases struct {
	Also Phrases `yaml:"also"`
}

// A Unit has the words that stand for it, each with what one of it counts in
// the canonical unit (1 if nothing is said).
type Unit struct {
	Words Phrases            `yaml:"words"`
	Times map[string]float64 `yaml:"times"`
}

// An Attribute is something that facts state of a thing.
type Attribute struct {
	Type      string             `yaml:"type"`
	Unit      string             `yaml:"unit"`
	Range     Range              `yaml:"range"`
	Also      map[string]Range   `yaml:"also"`      // other units that it is stated in, as they stand
	Default   bool               `yaml:"default"`   // the unit alone says it
	Bare      bool               `yaml:"bare"`      // said by a scaled number before a noun: "a 236B model"
	Order     int                `yaml:"order"`     // of two that fit equally, the lower is meant
	Near      Phrases            `yaml:"near"`      // says it, in the clause of the value
	Counts    Phrases            `yaml:"counts"`    // the noun right after the number
	Not       Phrases            `yaml:"not"`       // in the clause: something else is meant
	Label     Phrases            `yaml:"label"`     // a key, a heading or the head of a column
	Terms     map[string]Phrases `yaml:"terms"`     // values and how a text says them
	Coded     bool               `yaml:"coded"`     // the values are codes: their own spelling is no phrase
	Words     map[string]Phrases `yaml:"words"`     // values that need a near phrase or a label
	After     Phrases            `yaml:"after"`     // the value stands right after: "fine-tuned from"
	Agent     Phrases            `yaml:"agent"`     // verbs whose subject is the value, object the thing
	Owner     bool               `yaml:"owner"`     // the value owns the thing: "OpenAI's o1"
	Open      bool               `yaml:"open"`      // unknown proper names are values too
	Relations map[string]Phrases `yaml:"relations"` // of a Relation: its kinds
	Less      Phrases            `yaml:"less"`      // of a Relation: in "less X than Y", which is the kind LessIs
	LessIs    string             `yaml:"less_is"`   // of a Relation
	LikeIs    string             `yaml:"like_is"`   // of a Relation: the kind that "X-like" is

	Qualifiers map[string]Phrases `yaml:"qualifiers"` // what a statement may be limited to: "non-embedding"
	Metrics    map[string]Phrases `yaml:"metrics"`    // of a Score: what is measured: "pass@1"
	Settings   map[string]Phrases `yaml:"settings"`   // of a Score: how: "5-shot"
}

// A Range bounds a quantity in canonical units, both ends included.
type Range struct{ Min, Max float64 }

// An Example is a text with the facts that it states, "thing | attribute |
// value"; without facts, the text states nothing.
type Example struct {
	Text  string   `yaml:"text"`
	Facts []string `yaml:"facts"`
	File  string   `yaml:"-"`
	Line  int      `yaml:"-"`
}

// A Phrase is a phrase as written, with its place in a file.
type Phrase struct {
	Text string
	File string
	Line int
}

// Phrases are the ways to say one thing.
type Phrases []Phrase

//go:embed models.yaml
var models []byte

//go:embed products.yaml
var products []byte

// Builtin returns the pack of that name that is part of the program, or nil.
func Builtin(name string) *Pack {
	switch name {
	case "models":
		return Default()
	case "products":
		return Products()
	}
	return nil
}

// Default returns the pack "models". It is read once and must not be changed.
var Default = sync.OnceValue(func() *Pack { return embedded("models.yaml", models) })

// Products returns the pack "products". It is read once and must not be changed.
var Products = sync.OnceValue(func() *Pack { return embedded("products.yaml", products) })

func embedded(name string, data []byte) *Pack {
	p, err := read(bytes.NewReader(data), name)
	if err == nil {
		err = check(p)
	}
	if err != nil {
		panic(err) // the file is part of the program, and the tests read it
	}
	return p
}

// An Error is something wrong in a pack's file.
type Error struct {
	File string
	Line int
	Err  error
}

// Error says where and what.
func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %v", e.File, e.Err)
	}
	return fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err)
}

// Unwrap returns what was wrong.
func (e *Error) Unwrap() error { return e.Err }
