package phrase

import (
	"fmt"
	"slices"
	"testing"
)

func TestTokens(t *testing.T) {
	for text, want := range map[string][]string{
		"Qwen2.5-Coder has 14.8T tokens.": {"Qwen2.5", "Coder", "has", "14.8T", "tokens", "."},
		"CodeT5+ 1,550, 10B+":             {"CodeT5+", "1,550", ",", "10B+"},
		"1750亿参数":                         {"1750", "亿", "参", "数"},
		"":                                nil,
	} {
		var got []string
		for _, tok := range Tokens(nil, []byte(text)) {
			got = append(got, text[tok.Start:tok.End])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func ExampleExpand() {
	forms, _ := Expand("pre-train(ed|s)")
	fmt.Println(forms)
	// Output: [pre-trained pretrained pre-trains pretrains]
}

func FuzzTokens(f *testing.F) {
	f.Add([]byte("a-b 1,2.3T 参数\xff+"))
	f.Fuzz(func(t *testing.T, text []byte) {
		last := 0
		for _, tok := range Tokens(nil, text) {
			if tok.Start < last || tok.End <= tok.Start || tok.End > len(text) {
				t.Fatalf("token %v after %d", tok, last)
			}
			last = tok.End
		}
	})
}
