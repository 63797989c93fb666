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
	"io"
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
	Entity     Entities              `yaml:"entity"`
	Units      map[string]Unit       `yaml:"units"`
	Attributes map[string]*Attribute `yaml:"attributes"`
	Ignore     Phrases               `yaml:"ignore"`   // a number beside one of these is no fact
	Examples   []Example             `yaml:"examples"` // run by annotate.Check
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
	Less      Phrases            `yaml:"less"`      // of a Relation: "lower X compared to" is the first kind
}

// A Range bounds a quantity in canonical units, both ends included.
type Range struct{ Min, Max float64 }

// An Example is a text with the facts that it states, "thing | attribute | value".
type Example struct {
	Text  string   `yaml:"text"`
	Facts []string `yaml:"facts"`
	Line  int      `yaml:"-"`
}

// A Phrase is a phrase as written, with its line in the file.
type Phrase struct {
	Text string
	Line int
}

// Phrases are the ways to say one thing.
type Phrases []Phrase

//go:embed models.yaml
var models []byte

//go:embed papers.yaml
var papers []byte

// Default returns the pack "models". It is read once and must not be changed.
var Default = sync.OnceValue(func() *Pack { return embedded("models.yaml", models) })

// Papers returns the pack "papers". It is read once and must not be changed.
var Papers = sync.OnceValue(func() *Pack { return embedded("papers.yaml", papers) })

func embedded(name string, data []byte) *Pack {
	p, err := Load(bytes.NewReader(data), name)
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

// Load reads a pack; name is its file, for errors. Unknown keys, types and
// units, bad ranges and phrases that can never match are errors of type *Error.
func Load(r io.Reader, name string) (*Pack, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("packs: %s: %w", name, err)
	}
	if len(data) > MaxSize {
		return nil, &Error{File: name, Err: fmt.Errorf("more than %d bytes", MaxSize)}
	}
	p, err := decode(data, name)
	if err != nil {
		return nil, err
	}
	return p, check(p, name)
}

func decode(data []byte, name string) (*Pack, error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	p := &Pack{}
	if err := dec.Decode(p); err != nil {
		return nil, yamlError(err, name)
	}
	var more any
	if err := dec.Decode(&more); err != io.EOF {
		return nil, &Error{File: name, Err: fmt.Errorf("more than one document")}
	}
	return p, nil
}
