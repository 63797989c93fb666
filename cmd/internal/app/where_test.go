package app

import (
	"testing"

	"github.com/clipmend/clipmend/annotate"
)

func TestWhere(t *testing.T) {
	size := annotate.Fact{Attribute: "parameters", Value: annotate.Number(70e9)}
	span := annotate.Fact{Attribute: "parameters", Value: annotate.Range(1e9, 33e9)}
	licence := annotate.Fact{Attribute: "license", Value: annotate.Text("MIT")}
	denied := annotate.Fact{Attribute: "parameters", Value: annotate.Number(70e9), Negated: true}
	for _, tt := range []struct {
		expr string
		fact annotate.Fact
		want bool
	}{
		{"parameters>=70B", size, true},
		{"parameters > 70b", size, false},
		{"parameters=70000000000", size, true},
		{"parameters!=70B", size, false},
		{"parameters<100B", size, true},
		{"parameters<=69B", size, false},
		{"parameters>=1B", span, true},
		{"parameters>=2B", span, false},
		{"parameters<34B", span, true},
		{"license=mit", licence, true},
		{"license!=MIT", licence, false},
		{"license!=Apache-2.0", licence, true},
		{"license>1", licence, false},
		{"context_length>1", size, false},
		{"parameters=70B", denied, false},
	} {
		w, err := parseWhere(tt.expr)
		if err != nil {
			t.Errorf("%s: %v", tt.expr, err)
			continue
		}
		if got := w.holds(tt.fact); got != tt.want {
			t.Errorf("%s of %v: %v", tt.expr, tt.fact.Value, got)
		}
	}
	for _, wrong := range []string{"", "parameters", "=3", "a~3", "license>MIT"} {
		if _, err := parseWhere(wrong); err == nil {
			t.Errorf("%q is accepted", wrong)
		}
	}
}

func FuzzParseWhere(f *testing.F) {
	f.Add("parameters>=100B")
	f.Add("license!=MIT")
	f.Fuzz(func(t *testing.T, expr string) {
		if w, err := parseWhere(expr); err == nil && w.attribute == "" {
			t.Errorf("%q is about no attribute", expr)
		}
	})
}
