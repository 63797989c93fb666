package packs

import (
	"errors"
	"strings"
	"testing"
)

func TestLoadRefuses(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"unknown key", "pack: x\nattributes:\n  a: {type: term, colour: red}\n", "x.yaml:3"},
		{"bad range", "pack: x\nunits: {u: {words: [u]}}\nattributes:\n  a:\n    type: quantity\n    unit: u\n    range: [9, 1]\n", "x.yaml:7"},
		{"unknown unit", "pack: x\nattributes: {a: {type: quantity, unit: u}}\n", "unknown unit"},
		{"unknown type", "pack: x\nattributes: {a: {type: colour}}\n", "type must be"},
		{"empty phrase", "pack: x\nattributes:\n  a:\n    type: term\n    near:\n      - ''\n", "x.yaml:6"},
		{"brackets", "pack: x\nignore:\n  - 'a(b'\nattributes: {a: {type: term}}\n", "x.yaml:3"},
		{"too many forms", "pack: x\nignore: ['(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)']\nattributes: {a: {type: term}}\n", "forms"},
		{"a cycle", "pack: x\nignore: &a [*a]\n", "x.yaml"},
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

func TestEmbedded(t *testing.T) {
	if Default().Name != "models" || Papers().Name != "papers" {
		t.Error("wrong names")
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("pack: x\nattributes: {a: {type: term, terms: {b: [c]}}}\n")
	f.Add("pack: x\nignore: ['(a|b)-c']\n")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Load(strings.NewReader(text), "x.yaml")
		if err == nil && p.Name == "" {
			t.Error("a pack without a name")
		}
	})
}
