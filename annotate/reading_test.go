package annotate

import (
	"slices"
	"strings"
	"testing"
)

// TestReading holds ways of writing that were once misread, in texts made up
// for it.
func TestReading(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want, not  []string
	}{
		{
			name: "cells over several rows are filled once",
			text: "<table><tr><td><td>Data<td>Params<td>Context length<td>Knowledge cutoff</tr><tr><td rowspan=2>Foo 3<td rowspan=2>web<td>8B<td>8k<td>March, 2023</tr>\n<tr><td>70B<td>16k<td>May 2023</tr></table>\n\nFoo 3 8B and Foo 3 70B are language models.",
			want: []string{"Foo 3 8B | context_length | 8000", "Foo 3 70B | context_length | 16000", "Foo 3 8B | knowledge_cutoff | 2023-03"},
		},
		{
			name: "the column that tells rows apart names the tests",
			text: "| Category | Benchmark | Shots | Foo-8B | Bar-7B |\n|---|---|---|---|---|\n| General | MMLU | 5 | 66.6 | 45.7 |\n| | QuAC* | 1 | 44.4 | 39.6 |\n",
			want: []string{"Foo-8B | benchmark_result | MMLU 66.6", "Bar-7B | benchmark_result | QuAC 39.6"},
			not:  []string{"Foo-8B | benchmark_result | MMLU 5"},
		},
		{
			name: "numbers of layers and speeds are no scores",
			text: "| | Foo-13B | Bar-13B |\n|---|---|---|\n| Layers | 40 | 52 |\n| Speed (tokens/s) | 30.7 | 21.7 |\n| MMLU | 61.5 | 55.0 |\n| GFLOPs/token | 78 | 14 |\n",
			want: []string{"Foo-13B | benchmark_result | MMLU 61.5"},
			not:  []string{"Foo-13B | benchmark_result | Layers 40", "Foo-13B | benchmark_result | GFLOPs/token 78", "Foo-13B | benchmark_result | Speed 30.7"},
		},
		{
			name: "a column of names names what no rule would",
			text: "| Model | MMLU | C-Eval |\n|---|---|---|\n| dolphin-moon-003-base (16B) | 24.7 | 33.1 |\n| Foo-13B | 51.6 | - |\n| Average | 38.1 | 33.1 |\n",
			want: []string{"dolphin-moon-003-base | benchmark_result | MMLU 24.7"},
			not:  []string{"Average | benchmark_result | MMLU 38.1"},
		},
		{
			name: "sizes refer to the variants",
			text: "Foo-2 comes in sizes of 3B, 8B and 34B parameters. The 3B and 8B models are trained on 4T tokens, the 34B model uses grouped-query attention.",
			want: []string{"Foo-2 3B | training_tokens | 4000000000000", "Foo-2 8B | training_tokens | 4000000000000", "Foo-2 34B | architecture | GQA"},
		},
		{
			name: "the base model is the one that has the name",
			text: "# Model Card for Foo-7B\n\nFoo-7B is a fine-tuned version of Foo-7B-Base, a language model.\n\nThe base model was trained on 1.5T tokens.\n\nIt supports a context of 16K tokens.",
			want: []string{"Foo-7B-Base | training_tokens | 1500000000000", "Foo-7B | base_model | Foo-7B-Base", "Foo-7B | context_length | 16000"},
		},
		{
			name: "a model before this one is no subject",
			text: "Foo-2 is a language model of 30B parameters. The previous model, Foo-1, had a context of 8K tokens.\n\nIt was trained on 5T tokens.",
			want: []string{"Foo-1 | context_length | 8000", "Foo-2 | training_tokens | 5000000000000"},
		},
		{
			name: "a list of objects",
			text: "The LLM Foo-8B outperforms Bar-7B (45.1), Baz-3-8B, and other models.",
			want: []string{"Foo-8B | comparison | outperforms Bar-7B", "Foo-8B | comparison | outperforms Baz-3-8B"},
		},
		{
			name: "the subject after what it is compared with",
			text: "Compared with Foo 67B, Foo-V2 achieves stronger performance. Foo-V2 is an LLM.",
			want: []string{"Foo-V2 | comparison | outperforms Foo 67B"},
		},
		{
			name: "likeness in Chinese",
			text: "大模型 Foo-20B 可以达到和 Bar-4 相仿的水平，参数量与 Baz-13B 相当。Bar-4 是语言模型。",
			want: []string{"Foo-20B | comparison | comparable_to Bar-4"},
		},
		{
			name: "names in ideographs",
			text: "某某科技开源“青鸟”大模型\n\n2024年9月12日，某某科技发布了青鸟-2。青鸟-2-32B 的参数量为 325 亿，在 12 万亿 token 上训练。",
			want: []string{"青鸟-2-32B | parameters | 32500000000", "青鸟-2-32B | training_tokens | 12000000000000", "青鸟-2 | organization | 某某科技", "青鸟-2 | release_date | 2024-09-12"},
		},
		{
			name: "makers that no list knows",
			text: "Northlamp released the language model Foo-2 in May 2025. Bar-1 is an LLM developed by Acme Research. Baz-7B is a language model trained from scratch by the Blue Fox Institute.",
			want: []string{"Foo-2 | organization | Northlamp", "Bar-1 | organization | Acme Research", "Baz-7B | organization | Blue Fox Institute"},
		},
		{
			name: "names in small letters",
			text: "We introduce foo-1, a language model with 1.3B parameters, trained for 4 days on 8 A100s. It attains 50.6% on HumanEval and 55.5% on MBPP.",
			want: []string{"foo-1 | parameters | 1300000000", "foo-1 | hardware_quantity | 8", "foo-1 | training_time | 96", "foo-1 | benchmark_result | HumanEval 50.6", "foo-1 | benchmark_result | MBPP 55.5"},
		},
		{
			name: "a heading that is a label",
			text: "# Model Card: Foo\n\nThe Foo model is a vision-language model.\n\n## Model date\n\nJanuary 2021\n\n## Model developer\n\nAcme Research\n\n## License\n\nMIT\n",
			want: []string{"Foo | release_date | 2021-01", "Foo | organization | Acme Research", "Foo | license | MIT"},
		},
		{
			name: "a line that introduces a list",
			text: "We present Foo-Text and Foo-VL, two language models.\n\nThe architecture of Foo-VL is as follows:\n\n- Total parameters: 456B\n- Number of experts: 32\n- Number of layers: 80\n- Activation function: SwiGLU\n",
			want: []string{"Foo-VL | parameters | 456000000000", "Foo-VL | num_experts | 32", "Foo-VL | architecture | SwiGLU"},
			not:  []string{"Foo-VL | parameters | 80"},
		},
		{
			name: "no languages other than one",
			text: "The LLM Foo-7B was not trained on any languages other than English. Foo-7B does not support Chinese.",
			want: []string{"Foo-7B | language | en", "Foo-7B | language | not zh"},
			not:  []string{"Foo-7B | language | not en"},
		},
		{
			name: "the end of a date's clause",
			text: "In July 2021, we released the Foo-16 model, and in January 2022, the Foo-64 model was released. Both are language models.",
			want: []string{"Foo-16 | release_date | 2021-07", "Foo-64 | release_date | 2022-01"},
			not:  []string{"Foo-16 | release_date | 2022-01"},
		},
		{
			name: "characters are no tokens",
			text: "大模型 Foo-7B 支持 1M 上下文长度（约 200 万中文字符），训练于 2T tokens。",
			want: []string{"Foo-7B | context_length | 1000000"},
			not:  []string{"Foo-7B | context_length | 2000000"},
		},
		{
			name: "data made by another",
			text: "We train the LLM Foo-7B on the RedPajama dataset released by Together.",
			want: []string{"Foo-7B | training_dataset | RedPajama"},
			not:  []string{"Foo-7B | organization | Together AI"},
		},
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
		})
	}
}
