package annotate

import "testing"

// TestBesideTheValue holds what a fact says beside its value.
func TestBesideTheValue(t *testing.T) {
	for _, test := range []struct{ text, attribute, want string }{
		{"Foo-7B is a language model with 6.5B non-embedding parameters.", "parameters", "6500000000 parameters non-embedding"},
		{"The Foo-7B model was trained on 2T tokens with SFT + DPO post-training.", "training_tokens", "2000000000000 tokens "},
		{"The Foo-7B model was trained in FP8 precision.", "precision", "FP8  training"},
		{"Foo-7B is a code model that supports 92 programming languages.", "language_count", "92 languages programming"},
		{"The Foo-7B model was trained with 3.8 × 10^25 FLOPs.", "training_compute", "3.8e+25 FLOP "},
		{"The Foo-7B model was trained with 1.5e22 FLOPs.", "training_compute", "1.5e+22 FLOP "},
		{"The Foo-7B model was trained on 800GB of text.", "training_data_size", "800 GB "},
		{"The Foo-7B model was trained on 1.5 TB of text.", "training_data_size", "1.5 TB "},
		{"The Foo-7B model was trained on 400 million image-text pairs.", "training_data_size", "400000000 pairs "},
		{"The Foo-7B model was trained on 680,000 hours of audio.", "training_data_size", "680000 hours "},
	} {
		got := ""
		for _, f := range Annotate([]byte(test.text), Options{}) {
			if f.Attribute == test.attribute {
				got = f.Value.String() + " " + f.Unit + " " + f.Qualifier
			}
		}
		if got != test.want {
			t.Errorf("%s\n got %q\nwant %q", test.text, got, test.want)
		}
	}
}

// TestMemoryIsNoData holds that a device's memory is not the size of the data.
func TestMemoryIsNoData(t *testing.T) {
	for _, f := range Annotate([]byte("The Foo-7B model was trained on 992 80GB A100 GPUs."), Options{}) {
		if f.Attribute == "training_data_size" {
			t.Error(f)
		}
	}
}

// TestHowAScoreCameAbout holds that tables give the metric and the setting.
func TestHowAScoreCameAbout(t *testing.T) {
	const text = "| Model | MMLU (5-shot) | HumanEval Pass@1 | GSM8K |\n|---|---|---|---|\n| | | | 8-shot |\n| Foo-7B | 61.5 | 40.2 | 52.1 |\n"
	want := map[string]string{"MMLU": " 5-shot", "HumanEval Pass@1": "pass@1 ", "GSM8K": " 8-shot"}
	for _, f := range Annotate([]byte(text), Options{}) {
		if got := f.Metric + " " + f.Setting; got != want[f.Benchmark] {
			t.Errorf("%s: %q, want %q", f.Benchmark, got, want[f.Benchmark])
		}
		delete(want, f.Benchmark)
	}
	if len(want) > 0 {
		t.Errorf("not read: %v", want)
	}
}

// TestJoinedNames holds that a word of another meaning is part of the name it
// is joined to.
func TestJoinedNames(t *testing.T) {
	const text = "MoE-LLaVA was trained on 8 A100 GPUs. Chinese-Foo-7B supports a context length of 16K tokens."
	want := map[string]string{"hardware": "MoE-LLaVA", "context_length": "Chinese-Foo-7B"}
	for _, f := range Annotate([]byte(text), Options{}) {
		if m := want[f.Attribute]; m != "" && f.Model != m {
			t.Errorf("%s of %s, want %s", f.Attribute, f.Model, m)
		}
		delete(want, f.Attribute)
	}
	if len(want) > 0 {
		t.Errorf("not read: %v", want)
	}
}
