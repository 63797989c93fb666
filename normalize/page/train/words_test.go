package main

import (
	"maps"
	"testing"
)

// What a reader sees is compared, not the marks.
func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"# Head\n- one\n2. two":                "Head\none\ntwo",
		"**bold** and ==high== `code`":         "bold and high code",
		"[a *b*](https://x.example/a_(b)) end": "a b end",
		"![alt](x.png) after":                  "  after",
		"| a | b |\n|---|---|":                 "| a | b |\n",
		"see[^1]\n\n[^1]: note":                "see\n\n note",
		"a &amp; b <kbd>c</kbd> 1\\. d":        "a & b  c  1. d",
	} {
		if got := plain(in); got != want {
			t.Errorf("plain(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	for _, tt := range []struct {
		text  string
		signs bool
		want  map[string]int
	}{
		{"The kiln, the KILN_2", false, map[string]int{"the": 2, "kiln": 1, "kiln_2": 1}},
		{"好砖 b好", false, map[string]int{"好砖": 1, "b好": 1}},
		{"好砖 b好", true, map[string]int{"好": 2, "砖": 1, "b": 1}},
		{"co\u00adop", false, map[string]int{"coop": 1}},
		{"…", false, map[string]int{}},
	} {
		if got := words(tt.text, tt.signs); !maps.Equal(got, tt.want) {
			t.Errorf("words(%q, %v) = %v, want %v", tt.text, tt.signs, got, tt.want)
		}
	}
}

func TestMatch(t *testing.T) {
	for _, tt := range []struct {
		got, want             string
		precision, recall, f1 float64
	}{
		{"a b c d", "a b", 0.5, 1, 2.0 / 3},
		{"a a", "a", 0.5, 1, 2.0 / 3},
		{"a b", "a b", 1, 1, 1},
		{"", "", 1, 1, 1},
		{"a", "", 0, 0, 0},
		{"", "a", 0, 0, 0},
		{"b", "a", 0, 0, 0},
	} {
		if p, r, f := match(words(tt.got, false), words(tt.want, false)); p != tt.precision || r != tt.recall || f != tt.f1 {
			t.Errorf("match(%q, %q) = %v, %v, %v; want %v, %v, %v", tt.got, tt.want, p, r, f, tt.precision, tt.recall, tt.f1)
		}
	}
}
