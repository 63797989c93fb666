package annotate

import (
	"slices"
	"strings"
	"testing"
)

func TestDateLine(t *testing.T) {
	got := lines(Annotate([]byte("## News\n\n*May 4, 2023*\n\n- Released Foo-7B and Foo-13B models.\n\n*June 1, 2023*\n\n- Foo-7B is fun to chat with.\n"), Options{}))
	for _, want := range []string{"Foo-7B | release_date | 2023-05-04", "Foo-13B | release_date | 2023-05-04"} {
		if !slices.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
	for _, line := range got {
		if strings.Contains(line, "2023-06-01") {
			t.Errorf("%q: nothing was released then", line)
		}
	}
}

func TestFamilyIsTheSubject(t *testing.T) {
	for _, text := range []string{
		"- Trained from scratch on 2T tokens.\n\nWe evaluate Foo Coder.\nFoo-Coder-Base-33B outperforms Bar-34B. Compared with Bar-34B, it leads by 7%.\nFoo-Coder-Base-7B reaches the performance of Bar-34B.\n",
		"# Model card for Foo-S/B/L\n\nThe model was trained on 2T tokens. Foo-L is large.\n",
	} {
		for _, line := range lines(Annotate([]byte(text), Options{})) {
			if strings.Contains(line, "training_tokens") && !strings.HasPrefix(line, "Foo |") && !strings.HasPrefix(line, "Foo Coder |") {
				t.Errorf("%q: the family was trained", line)
			}
		}
	}
}

// Notes in a vault carry block ids, ordered lists and bracketed addresses.
func TestVaultForms(t *testing.T) {
	plain := "# Foo-7B\n\nFoo-7B has 7B parameters and was trained on 2T tokens.\n\n- Foo-7B outperforms Bar-13B.\n\nFoo-7B was released in May 2024 under the MIT license.\n"
	vault := "# Foo-7B\n\nFoo-7B has 7B parameters and was trained on 2T tokens. ^cm-abc123\n\n1. Foo-7B outperforms Bar-13B. ^cm-0f12aa\n\nFoo-7B was released in May 2024 under the MIT license. <https://example.org/bar-70b> ^cm-1b2c3d\n"
	a, b := Annotate([]byte(plain), Options{}), Annotate([]byte(vault), Options{})
	if len(a) < 4 || !slices.Equal(lines(a), lines(b)) {
		t.Fatalf("plain:\n%s\nvault:\n%s", strings.Join(lines(a), "\n"), strings.Join(lines(b), "\n"))
	}
	for i, f := range b {
		if f.Evidence.Quote != a[i].Evidence.Quote || vault[f.Evidence.Span.Start:f.Evidence.Span.End] != f.Evidence.Quote {
			t.Errorf("%s: %q became %q", f.line(), a[i].Evidence.Quote, f.Evidence.Quote)
		}
	}
}

func TestNoFacts(t *testing.T) {
	for _, text := range []string{
		"Foo-7B is a language model.\n\nDefault `--precision` of Foo-7B changed to bf16, pass `--precision fp16` to train in fp16.\n",
		"Training Foo-7B used GPUs with GPU hours at a power of 350-400W.\n",
	} {
		for _, f := range Annotate([]byte(text), Options{}) {
			if f.Attribute == "precision" || f.Attribute == "training_compute" {
				t.Errorf("%q: %s", text, f.line())
			}
		}
	}
}

func TestDottedMonth(t *testing.T) {
	got := lines(Annotate([]byte("# Foo-7B\n\n**Release Date:** Monday, 11.July.2022\n"), Options{}))
	if !slices.Contains(got, "Foo-7B | release_date | 2022-07-11") {
		t.Errorf("%q", got)
	}
}

func TestOfOthers(t *testing.T) {
	for _, text := range []string{
		"Welcome to an implementation of Foo-7B. Using this code, we trained several models, up to larger runs including models trained on datasets such as LAION-400M, LAION-2B and DataComp-1B.\n",
		"Foo-7B 在多个中文、英文和多语言的通用 benchmark 上取得最佳效果。\n",
	} {
		for _, f := range Annotate([]byte(text), Options{}) {
			if f.Attribute == "training_dataset" || f.Attribute == "language" {
				t.Errorf("%q: %s", text, f.line())
			}
		}
	}
}
