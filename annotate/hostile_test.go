package annotate

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/clipmend/clipmend/internal/cputime"
)

// hostile are inputs of any size that once were, or could be, slow or wrong.
var hostile = map[string]func(n int) string{
	"prose":           func(n int) string { return repeat("The weather was fine, and nobody said much about it. ", n) },
	"one line":        func(n int) string { return repeat("Foo-7B was trained on 2T tokens and ", n) },
	"names":           func(n int) string { return "Models: " + numbered2("Foo%d-7B, Bar%d Chat and ", n) },
	"a list of names": func(n int) string { return numbered2("- Foo%d-7B: trained on %dT tokens\n", n) },
	"titles":          func(n int) string { return numbered2("# Foo%d\n\nIt has 7B parameters, %d layers.\n\n", n) },
	"many cells":      func(n int) string { return "| Model | Tokens |\n|---|---|\n" + numbered2("| Foo-%d-7B | %dT |\n", n) },
	"wide table": func(n int) string {
		return "| Model |" + repeat(" MMLU |", n/2) + "\n|---|\n| Foo-7B |" + repeat(" 61.5 |", n/2)
	},
	"HTML cells":       func(n int) string { return "<table>" + repeat("<tr><td rowspan=9>Foo-7B<td colspan=9>7B", n) },
	"open tags":        func(n int) string { return repeat("<table><tr><td>", n) },
	"marks":            func(n int) string { return "LLM tokens " + repeat("(,(", n) },
	"relations":        func(n int) string { return "Foo-7B " + repeat("outperforms Bar-13B than ", n) },
	"ideographs":       func(n int) string { return repeat("参数量为1750亿青鸾-2模型", n) },
	"quoted":           func(n int) string { return "模型" + repeat("“青鸾”", n) },
	"sizes":            func(n int) string { return "Foo models: " + repeat("7B, ", n) },
	"hyphens":          func(n int) string { return "LLM tokens " + repeat("Foo-a-", n) },
	"capitals":         func(n int) string { return "LLM tokens by " + repeat("Foo Bar ", n) },
	"numbers":          func(n int) string { return "LLM parameters " + repeat("9", n) + " B" },
	"dates":            func(n int) string { return "LLM Foo-7B released " + repeat("2024-05-06 ", n) },
	"headings and its": func(n int) string { return repeat("## Training data\n\nIts data is The Pile.\n\n", n) },
}

func repeat(s string, n int) string { return strings.Repeat(s, n/len(s)+1) }

func numbered2(format string, n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, format, i, i)
	}
	return b.String()
}

func TestHostileIsExact(t *testing.T) {
	for name, make := range hostile {
		t.Run(name, func(t *testing.T) { exact(t, []byte(make(8_000))) })
	}
}

// TestBounds holds the largest inputs to a time that leaves room for a slow machine.
func TestBounds(t *testing.T) {
	if testing.Short() {
		t.Skip("large inputs")
	}
	for name, body := range map[string]string{
		"2 MB in one line": hostile["one line"](2_000_000),
		"100,000 cells":    "| Model |" + strings.Repeat(" MMLU |", 99) + "\n|---|\n" + strings.Repeat("| Foo-7B |"+strings.Repeat(" 61.5 |", 99)+"\n", 1000),
	} {
		t.Run(name, func(t *testing.T) {
			cputime.Within(t, 10*time.Second, func() { Annotate([]byte(body), Options{}) })
		})
	}
}

func TestScripts(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"right to left":     {"النموذج Foo-7B هو نموذج لغوي (LLM) تم تدريبه. Foo-7B was trained on 2T tokens. שלום", "Foo-7B | training_tokens | 2000000000000"},
		"mixed":             {"Модель Foo-7B — 语言模型 (LLM)，在 2 万亿 token 上训练。", "Foo-7B | training_tokens | 2000000000000"},
		"full width":        {"Foo-7B 模型：参数量为 70 亿，支持３２K 上下文。", "Foo-7B | parameters | 7000000000"},
		"beyond 64 bits":    {"Foo-7B, an LLM, has 99999999999999999999999999 parameters. Foo-7B supports 8K context.", "Foo-7B | context_length | 8000"},
		"a malformed table": {"| Model | Params\n|---|\n| Foo-7B | 7B | 8 | 9\n|\n| | \n\nFoo-7B is an LLM trained on 2T tokens.", "Foo-7B | training_tokens | 2000000000000"},
	} {
		exact(t, []byte(test.text))
		got := lines(Annotate([]byte(test.text), Options{}))
		if !strings.Contains(strings.Join(got, "\n"), test.want) {
			t.Errorf("%s: no %q in %q", name, test.want, got)
		}
	}
}
