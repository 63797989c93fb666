package annotate

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/annotate/packs"
)

func lines(facts []Fact) []string {
	var out []string
	for _, f := range facts {
		out = append(out, f.line())
	}
	return out
}

func TestAnnotate(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
		not        []string
	}{
		{
			name: "sizes in a list",
			text: "Foo LLM 7B & 67B: open-sourced models, trained on 2T tokens.",
			want: []string{"Foo LLM 7B | parameters | 7000000000", "Foo LLM 67B | parameters | 67000000000", "Foo LLM | training_tokens | 2000000000000", "Foo LLM | accessibility | open"},
		},
		{
			name: "Chinese quantities",
			text: "Foo-72B 模型的参数量为 720 亿，在 3 万亿 token 上训练。",
			want: []string{"Foo-72B | parameters | 72000000000", "Foo-72B | training_tokens | 3000000000000"},
		},
		{
			name: "the object of a comparison inherits nothing",
			text: "Foo-7B outperforms Bar-13B and supports a context length of 32K tokens.",
			want: []string{"Foo-7B | comparison | outperforms Bar-13B", "Foo-7B | context_length | 32000"},
			not:  []string{"Bar-13B | context_length | 32000"},
		},
		{
			name: "a table",
			text: "| Model | Params (B) | Context Length | MMLU |\n|---|---|---|---|\n| Foo-7B | 7 | 8k | 61.5 |\n| Bar-13B | 13 | 4k | **63.0** |\n",
			want: []string{"Foo-7B | parameters | 7000000000", "Foo-7B | context_length | 8000", "Bar-13B | benchmark_result | MMLU 63"},
		},
		{
			name: "a stop list",
			text: "Foo-7B has 32 layers, a vocabulary of 100K tokens and a batch size of 4M tokens.",
			not:  []string{"Foo-7B | context_length | 100000", "Foo-7B | training_tokens | 4000000"},
		},
		{
			name: "code and properties state nothing",
			text: "---\ntitle: Foo-7B trained on 2T tokens\n---\n\n```\nFoo-7B was trained on 3T tokens\n```\n",
		},
		{name: "empty"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := lines(Annotate([]byte(test.text), Options{}))
			for _, w := range test.want {
				if !slices.Contains(got, w) {
					t.Errorf("no %q among\n%s", w, strings.Join(got, "\n"))
				}
			}
			for _, w := range test.not {
				if slices.Contains(got, w) {
					t.Errorf("%q", w)
				}
			}
			if test.want == nil && test.not == nil && len(got) > 0 {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestPackExamples(t *testing.T) {
	for _, p := range []*packs.Pack{packs.Default(), packs.Products()} {
		if err := CheckPack(p); err != nil {
			t.Error(err)
		}
	}
}

func TestBadInput(t *testing.T) {
	cell := "| Foo-7B | 1.5T |\n"
	for name, text := range map[string]string{
		"one long line":       strings.Repeat("Foo-7B was trained on 2T tokens and ", 20_000),
		"a large table":       "| Model | Tokens |\n|---|---|\n" + strings.Repeat(cell, 20_000),
		"thousands of names":  strings.Repeat("Foo-7B, Bar-13B and ", 5_000),
		"a row for each name": "| Model | Params |\n|---|---|\n" + manyRows(20_000),
		"beyond 64 bits":      "Foo-7B has 99999999999999999999999999 parameters and 1" + strings.Repeat("0", 400) + " tokens.",
		"right to left":       "النموذج Foo-7B يحتوي على 7B parameters שלום",
		"broken table":        "| Model | Params\n|---\n| Foo-7B | | | 7B\n|",
		"broken HTML":         "<table><tr><td rowspan=99999999>Foo-7B<td>7B<tr><td",
		"not UTF-8":           "Foo-7B \xff\xfe was trained on 2T tokens \xe4\xb8",
	} {
		t.Run(name, func(t *testing.T) { exact(t, []byte(text)) })
	}
}

// exact fails the test unless every quote is the body at its span.
func exact(t *testing.T, body []byte) {
	t.Helper()
	facts := Annotate(body, Options{})
	for _, f := range facts {
		s := f.Evidence.Span
		if s.Start < 0 || s.End > len(body) || s.Start >= s.End || string(body[s.Start:s.End]) != f.Evidence.Quote {
			t.Fatalf("%s: the quote %q is not the body at %v", f.line(), f.Evidence.Quote, s)
		}
	}
	if again := Annotate(body, Options{}); !reflect.DeepEqual(facts, again) {
		t.Fatal("twice is not once")
	}
}

func FuzzAnnotate(f *testing.F) {
	for _, s := range []string{
		"# Foo-7B\n\nIt is a 7B MoE model by OpenAI, trained on **2T** tokens.",
		"| a | Params |\n|--|--|\n| Foo-7B | 7B |", "<table><tr><td>Foo-7B</td><td>1</td></tr></table>",
		"Foo**2**-6B &amp; [Bar-7B](http://x) outperforms `Baz-1B`", "参数量为 1750 亿，[[Foo-7B|x]] 2024年5月6日发布",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(exact)
}

func TestJSON(t *testing.T) {
	facts := Annotate([]byte("The Foo-1 models range from 1.5B to 7B parameters."), Options{})
	out, err := json.Marshal(facts)
	if err != nil || !strings.Contains(string(out), `"value":{"min":1500000000,"max":7000000000}`) {
		t.Errorf("%s, %v", out, err)
	}
}

func ExampleAnnotate() {
	body := []byte("Foo-2 is a 7B dense model.")
	for _, f := range Annotate(body, Options{}) {
		fmt.Println(f.Model, f.Attribute, f.Value, "←", f.Evidence.Quote)
	}
	// Output:
	// Foo-2 architecture dense ← Foo-2 is a 7B dense model
	// Foo-2 parameters 7000000000 ← Foo-2 is a 7B dense model
}

func BenchmarkAnnotate(b *testing.B) {
	text := strings.Repeat("Foo-7B is an open model that was trained on 2T tokens of text. The weather was fine that day, and nobody said much about it; they went home early and slept.\n\n", 40)
	for _, times := range []int{1, 2, 4, 8, 64} {
		body := []byte(strings.Repeat(text, times))
		b.Run(fmt.Sprint(len(body)), func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				Annotate(body, Options{})
			}
		})
	}
}

// manyRows returns rows that each name another thing.
func manyRows(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "| Foo%d-%dB | %dB |\n", i, i%90+1, i%90+1)
	}
	return b.String()
}
