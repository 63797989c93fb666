package packs

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clipmend/clipmend/internal/cputime"
)

func TestLoadRefuses(t *testing.T) {
	long := strings.Repeat("x", 33)
	for _, test := range []struct{ name, text, want string }{
		{"unknown key", "pack: x\nattributes:\n  a: {type: term, colour: red}\n", "x.yaml:3"},
		{"unknown key of an example", "pack: x\nattributes: {a: {type: term, terms: {b: [c]}}}\nexamples:\n  - texts: a\n", "x.yaml:4"},
		{"bad range", "pack: x\nunits: {u: {words: [u]}}\nattributes:\n  a:\n    type: quantity\n    unit: u\n    range: [9, 1]\n", "x.yaml:7"},
		{"endless range", "pack: x\nunits: {u: {words: [u]}}\nattributes:\n  a:\n    type: quantity\n    unit: u\n    range: [1, .inf]\n", "x.yaml:7"},
		{"unknown unit", "pack: x\nattributes:\n  a:\n    type: quantity\n    unit: u\n", "x.yaml:5: attribute a: unknown unit"},
		{"unknown type", "pack: x\nattributes:\n  a: {type: colour}\n", "x.yaml:3: attribute a: the type must be"},
		{"no attribute", "pack: x\nattributes:\n  a:\n", "x.yaml:3: attribute a: the type must be"},
		{"bad factor", "pack: x\nunits:\n  u:\n    times:\n      day: -1\nattributes: {a: {type: term, terms: {b: []}}}\n", "x.yaml:5: unit u"},
		{"unit without words", "pack: x\nunits:\n  u: {}\nattributes: {a: {type: term, terms: {b: []}}}\n", "x.yaml:3"},
		{"empty phrase", "pack: x\nattributes:\n  a:\n    type: term\n    near:\n      - ''\n", "x.yaml:6"},
		{"a phrase of space", "pack: x\nignore:\n  - '  '\nattributes: {a: {type: term, terms: {b: []}}}\n", "x.yaml:3"},
		{"a word too long", "pack: x\nignore:\n  - ok\n  - " + long + "\nattributes: {a: {type: term, terms: {b: []}}}\n", "x.yaml:4"},
		{"a name too long", "pack: x\nentity:\n  names:\n    ok: {}\n    " + long + ": {}\nattributes: {a: {type: term, terms: {b: []}}}\n", "x.yaml:5"},
		{"marks of Markdown", "pack: x\nignore: ['**bold**']\nattributes: {a: {type: term, terms: {b: []}}}\n", "can never match"},
		{"brackets", "pack: x\nignore:\n  - 'a(b'\nattributes: {a: {type: term}}\n", "x.yaml:3"},
		{"too many forms", "pack: x\nignore: ['(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)']\nattributes: {a: {type: term}}\n", "forms"},
		{"nothing states it", "pack: x\nattributes:\n  a:\n    type: date\n", "x.yaml:4: attribute a: no text can state it"},
		{"words without a cue", "pack: x\nattributes:\n  a:\n    type: term\n    words: {b: [c]}\n", "x.yaml:5"},
		{"an example of nothing", "pack: x\nattributes: {a: {type: term, terms: {b: []}}}\nexamples:\n  - {text: t, facts: [T | c | b]}\n", "x.yaml:4: example"},
		{"show", "pack: x\nattributes: {a: {type: term, terms: {b: []}}}\nshow:\n  newest: a\n", "x.yaml:4: show: newest: no date"},
		{"a cycle", "pack: x\nignore: &a [*a]\n", "x.yaml:2: *a stands within &a: a cycle"},
		{"too many aliases", "pack: x\na0: &a0 [x]\n" + bomb(30), "x.yaml"},
		{"duplicate", "pack: x\nignore: [a]\nignore: [b]\n", "x.yaml:3"},
		{"two documents", "pack: x\nattributes: {a: {type: term, terms: {b: []}}}\n---\npack: y\n", "more than one document"},
		{"a change of nothing", "pack: x\nattributes:\n  a:\n    type: term\n    terms: {b: [c]}\n    near: {remove: [d]}\n", "x.yaml:6"},
		{"extends what is not there", "pack: x\nextends: y\n", "x.yaml:2: extends"},
		{"a list", "- pack: x\n", "x.yaml:1"},
		{"nothing", "", "x.yaml"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Load(strings.NewReader(test.text), "x.yaml")
			var e *Error
			if !errors.As(err, &e) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

// bomb is YAML whose aliases double with each line.
func bomb(lines int) string {
	var b strings.Builder
	for i := range lines {
		fmt.Fprintf(&b, "a%d: &a%d [*a%d, *a%d]\n", i+1, i+1, i, i)
	}
	return b.String()
}

func load(t *testing.T, text string) *Pack {
	t.Helper()
	p, err := Load(strings.NewReader(text), "base.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const base = `pack: x
units: {u: {words: [u], times: {k: 1000}}}
ignore: [one, two]
attributes:
  a: {type: quantity, unit: u, range: [1, 9], near: [about]}
  b: {type: term, terms: {red: [rouge], blue: []}}
`

func texts(list Phrases) string {
	var out []string
	for _, p := range list {
		out = append(out, p.Text)
	}
	return strings.Join(out, " ")
}

func TestMerge(t *testing.T) {
	over, err := read(strings.NewReader(`pack: x
version: 3
units: {u: {words: you, times: {k: 1024, m: 2}}}
ignore: {add: [three], remove: [one]}
attributes:
  a: {range: [2, 3], default: true, near: {only: [some]}}
  b: {terms: {red: {remove: [rouge]}, blue: ~, green: [vert]}}
  c: {type: date, near: [on]}
examples: [{text: t, facts: []}]
`), "over.yaml")
	if err != nil {
		t.Fatal(err)
	}
	before := load(t, base)
	p, err := Merge(before, over)
	if err != nil {
		t.Fatal(err)
	}
	a, b := p.Attributes["a"], p.Attributes["b"]
	for _, check := range []struct {
		what string
		ok   bool
	}{
		{"version", p.Version == 3},
		{"words", texts(p.Units["u"].Words) == "u you"},
		{"factors", reflect.DeepEqual(p.Units["u"].Times, map[string]float64{"k": 1024, "m": 2})},
		{"ignore", texts(p.Ignore) == "two three"},
		{"one value", a.Range == Range{2, 3} && a.Default && a.Type == Quantity && a.Unit == "u"},
		{"only", texts(a.Near) == "some"},
		{"terms", len(b.Terms) == 2 && texts(b.Terms["red"]) == "" && texts(b.Terms["green"]) == "vert"},
		{"a new attribute", p.Attributes["c"].Type == Date},
		{"examples", len(p.Examples) == 1 && p.Examples[0].File == "over.yaml"},
		{"places", p.Ignore[0].File == "base.yaml" && p.Ignore[0].Line == 3 && p.Ignore[1].File == "over.yaml" && p.Ignore[1].Line == 4},
		{"the base is as it was", texts(before.Ignore) == "one two" && len(before.Attributes) == 2},
	} {
		if !check.ok {
			t.Errorf("%s: %+v", check.what, p)
		}
	}
}

func TestMergeRefuses(t *testing.T) {
	for _, test := range []struct{ name, over, want string }{
		{"nothing to take away", "pack: x\nattributes:\n  z: ~\n", "over.yaml:3: attributes.z"},
		{"no such phrase", "pack: x\nignore:\n  remove:\n    - four\n", "over.yaml:4: ignore"},
		{"what the merged pack needs", "pack: x\nattributes:\n  a:\n    unit: v\n", "over.yaml:4: attribute a: unknown unit"},
		{"a unit that is in use", "pack: x\nunits: {u: ~}\n", "base.yaml:5: attribute a: unknown unit"},
		{"a change of a new list", "pack: x\nattributes:\n  c: {type: date, near: {add: [on]}}\n", "over.yaml:3"},
	} {
		t.Run(test.name, func(t *testing.T) {
			over, err := read(strings.NewReader(test.over), "over.yaml")
			if err == nil {
				_, err = Merge(load(t, base), over)
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

func TestLoadFile(t *testing.T) {
	dir := t.TempDir()
	files := map[string]string{
		"adds.yaml":  "pack: models\nentity: {names: {Kestrel: {}}}\n",
		"alone.yaml": "pack: models\nextends: none\nattributes: {a: {type: term, terms: {b: []}}}\n",
		"base.yaml":  base,
		"on.yaml":    "pack: y\nextends: base.yaml\nignore: [three]\n",
		"over.yaml":  "pack: z\nextends: on.yaml\nignore: [four]\n",
		"self.yaml":  "pack: s\nextends: self.yaml\n",
		"ping.yaml":  "pack: s\nextends: pong.yaml\n",
		"pong.yaml":  "pack: s\nversion: 1\nextends: ping.yaml\n",
		"lost.yaml":  "pack: s\nextends: nowhere.yaml\n",
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		file, name string
		attributes int
		fails      string
	}{
		{"adds.yaml", "models", len(Default().Attributes), ""},
		{"alone.yaml", "models", 1, ""},
		{"over.yaml", "z", 2, ""},
		{"self.yaml", "", 0, "self.yaml:2: extends: "},
		{"ping.yaml", "", 0, "pong.yaml:3: extends: "},
		{"lost.yaml", "", 0, "lost.yaml:2: extends: "},
	} {
		p, err := LoadFile(filepath.Join(dir, test.file), Default())
		if test.fails != "" {
			if err == nil || !strings.Contains(err.Error(), test.fails) {
				t.Errorf("%s: error %v, want %q", test.file, err, test.fails)
			}
			continue
		}
		if err != nil || p.Name != test.name || len(p.Attributes) != test.attributes {
			t.Errorf("%s: %v, %v", test.file, p, err)
		}
	}
	if p, _ := LoadFile(filepath.Join(dir, "over.yaml"), nil); texts(p.Ignore) != "one two three four" {
		t.Errorf("a chain gives %q", texts(p.Ignore))
	}
}

func TestEmbedded(t *testing.T) {
	if Default().Name != "models" || Products().Name != "products" || Builtin("models") != Default() || Builtin("x") != nil {
		t.Error("wrong names")
	}
}

// TestSchemaPage holds that the page on packs has a row for every key that the
// decoder knows, and for no other.
func TestSchemaPage(t *testing.T) {
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for title, typ := range map[string]reflect.Type{
		"## The keys of a pack": reflect.TypeFor[Pack](), "## entity": reflect.TypeFor[Entities](),
		"## attributes": reflect.TypeFor[Attribute](), "## show": reflect.TypeFor[Show](),
	} {
		_, section, found := strings.Cut(string(page), title+"\n")
		if !found {
			t.Errorf("no section %q", title)
			continue
		}
		section, _, _ = strings.Cut(section, "\n## ")
		var said []string
		for _, row := range regexp.MustCompile("(?m)^\\| (`[^|]*`) \\|").FindAllStringSubmatch(section, -1) {
			for _, key := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[1], -1) {
				said = append(said, key[1])
			}
		}
		var known []string
		for field := range typ.Fields() {
			if key := field.Tag.Get("yaml"); key != "" && key != "-" {
				known = append(known, key)
			}
		}
		slices.Sort(said)
		slices.Sort(known)
		if !slices.Equal(said, known) {
			t.Errorf("%s: the page has %v, the decoder %v", title, said, known)
		}
	}
}

// TestManyPhrases holds that a large pack is read in no time to speak of.
func TestManyPhrases(t *testing.T) {
	var b strings.Builder
	b.WriteString("pack: x\nattributes:\n  a:\n    type: term\n    terms:\n")
	for i := range 10_000 {
		fmt.Fprintf(&b, "      v%d: [pre-train(ed|ing) value %d]\n", i, i)
	}
	b.WriteString("entity:\n  names:\n")
	for i := range 10_000 {
		fmt.Fprintf(&b, "    Name%d: {}\n", i)
	}
	cputime.Within(t, 5*time.Second, func() {
		p, err := Load(strings.NewReader(b.String()), "x.yaml")
		if err != nil || len(p.Attributes["a"].Terms) != 10_000 {
			t.Fatal(err)
		}
	})
}

func FuzzLoad(f *testing.F) {
	f.Add("pack: x\nattributes: {a: {type: term, terms: {b: [c]}}}\n")
	f.Add("pack: x\nignore: ['(a|b)-c']\n")
	f.Add("pack: models\nextends: models\nattributes: {parameters: ~}\n")
	f.Add(base)
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Load(strings.NewReader(text), "x.yaml")
		if err == nil && p.Name == "" {
			t.Error("a pack without a name")
		}
		if over, err := read(strings.NewReader(text), "over.yaml"); err == nil {
			_, _ = Merge(Products(), over)
		}
	})
}
