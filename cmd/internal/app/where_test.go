package app

import (
	"strings"
	"testing"

	"github.com/clipmend/clipmend/annotate"
)

var whereAttributes = []string{"context_length", "license", "parameters", "release_date"}

func TestWhere(t *testing.T) {
	size := annotate.Fact{Model: "Qwen-7B", Attribute: "parameters", Value: annotate.Number(70e9), Confidence: 0.9}
	span := annotate.Fact{Attribute: "parameters", Value: annotate.Range(1e9, 33e9)}
	licence := annotate.Fact{Attribute: "license", Value: annotate.Text("MIT")}
	apache := annotate.Fact{Attribute: "license", Value: annotate.Text("Apache 2.0")}
	denied := annotate.Fact{Attribute: "parameters", Value: annotate.Number(70e9), Negated: true}
	day := annotate.Fact{Attribute: "release_date", Value: annotate.Text("2024-05-06")}
	year := annotate.Fact{Attribute: "release_date", Value: annotate.Text("2024")}
	better := annotate.Fact{Attribute: "comparison", Relation: "outperforms", Other: "Llama 2"}
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
		{"value > 7e9", size, true},
		{"value > 7e9 and negated = false", denied, false},
		{"attribute = parameters && value<80B", denied, true},
		{`license = "Apache 2.0" or license = 'MIT'`, apache, true},
		{"license = apache or license=MIT", licence, true},
		{"not license=MIT", licence, false},
		{"!(license=MIT or license=x)", apache, true},
		{"parameters>1 or license=MIT and license=x", size, true},
		{"(parameters>1 or license=MIT) and license=x", size, false},
		{"model ~ QWEN", size, true},
		{"model~llama", size, false},
		{"confidence>=0.9", size, true},
		{"path ~ note", size, true},
		{"relation=outperforms and other~llama", better, true},
		{"release_date >= 2024-05", day, true},
		{"release_date > 2024-05", day, false},
		{"release_date = 2024", day, true},
		{"release_date < 2024-05-07", day, true},
		{"release_date >= 2024-05", year, false},
		{"release_date >= 2024", year, true},
		{"release_date > 2023", year, true},
	} {
		w, err := parseWhere(tt.expr, whereAttributes)
		if err != nil {
			t.Errorf("%s: %v", tt.expr, err)
			continue
		}
		if got := w("note.md", tt.fact); got != tt.want {
			t.Errorf("%s of %v: %v", tt.expr, tt.fact.Value, got)
		}
	}
	for _, wrong := range []struct{ expr, want string }{
		{"", "NAME OPERATOR VALUE"},
		{"parameters", "an operator is expected"},
		{"=3", "at 1: a condition is NAME"},
		{"a~3", `"a" is neither a field nor an attribute`},
		{"param>3", "do you mean parameters?"},
		{"license>MIT", "at 9: \"MIT\" is no number or date"},
		{"license=Apache 2.0", "text with spaces is put in quotes"},
		{"parameters>", "a value is expected"},
		{"(parameters>3", "a bracket is not closed"},
		{"parameters>3)", `")" is not expected`},
		{"license='MIT", "a quote is not closed"},
		{"parameters>3 and", "NAME OPERATOR VALUE"},
		{strings.Repeat("(", 1000), "brackets"},
	} {
		if _, err := parseWhere(wrong.expr, whereAttributes); err == nil || !strings.Contains(err.Error(), wrong.want) {
			t.Errorf("%.20q: %v, want %q", wrong.expr, err, wrong.want)
		}
	}
}

func FuzzParseWhere(f *testing.F) {
	f.Add("parameters>=100B")
	f.Add("license!=MIT or not (value ~ 'x' && a=b)")
	f.Fuzz(func(t *testing.T, expr string) {
		if w, err := parseWhere(expr, whereAttributes); err == nil {
			w("p", annotate.Fact{Attribute: "license", Value: annotate.Text("MIT")})
		}
	})
}
