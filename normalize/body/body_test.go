package body_test

import (
	"fmt"
	"testing"

	"github.com/clipmend/clipmend/normalize/body"
	"github.com/clipmend/clipmend/normalize/repair"
)

func mend(t *testing.T, text string) string {
	t.Helper()
	out, repairs, err := repair.Apply([]byte(text), 0, body.Mend([]byte(text), body.Options{}))
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	if back, err := repair.Undo(out, repairs); err != nil || string(back) != text {
		t.Fatalf("undo of %q: %q, %v", text, back, err)
	}
	return string(out)
}

func TestMend(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"numbers", "a\n\n1.\n\nb\n\n2.\n\nc\nd\n", "a\n\n1. b\n\n2. c\nd\n"},
		{"numbers with crlf", "1)\r\n\r\nb\r\n\r\n2)\r\n\r\nc", "1) b\r\n\r\n2) c"},
		{"paragraphs between", "3.\n\nb\n\nmore\n\n4.\n\nc", "3. b\n\nmore\n\n4. c"},
		{"one number", "1.\n\nb", "1.\n\nb"},
		{"not ascending", "1.\n\nb\n\n7.\n\nc", "1.\n\nb\n\n7.\n\nc"},
		{"heading between", "1.\n\nb\n\n# h\n\n2.\n\nc", "1.\n\nb\n\n# h\n\n2.\n\nc"},
		{"code behind", "1.\n\n    b\n\n2.\n\n```\n```\n", "1.\n\n    b\n\n2.\n\n```\n```\n"},
		{"in code", "```\n1.\n\nb\n\n2.\n\nc\n```", "```\n1.\n\nb\n\n2.\n\nc\n```"},
		{"bullets", "•\n\na\n\n•\n\nb", "- a\n\n- b"},
		{"dashes", "-\n\na\n\n-\n\nb", "- a\n\n- b"},
		{"markers only", "•\n\n•\n\n•\n\na", "•\n\n•\n\n•\n\na"},
		{"wiki url", "[[https://a.b/c]] [[d]] `[[https://e]]`", "<https://a.b/c> [[d]] `[[https://e]]`"},
		{"wiki url with text", "[[https://a.b|c]] ![[https://a.b/d.png]]", "[c](<https://a.b>) ![](<https://a.b/d.png>)"},
		{"a real list", "1. a\n\n2. b\n\n- c\n", "1. a\n\n2. b\n\n- c\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := mend(t, tt.text)
			if got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			if again := mend(t, got); again != got {
				t.Errorf("twice %q\nonce  %q", again, got)
			}
		})
	}
}

func FuzzMend(f *testing.F) {
	f.Add("1.\n\na\n\n2.\n\n[[https://b|c]]")
	f.Add("•\r\n\r\na\r\n\r\n•\r\n\r\n> b")
	f.Fuzz(func(t *testing.T, text string) { mend(t, text) })
}

func ExampleMend() {
	text := []byte("1.\n\nFirst.\n\n2.\n\nSee [[https://example.org]].\n")
	out, _, _ := repair.Apply(text, 0, body.Mend(text, body.Options{}))
	fmt.Print(string(out))
	// Output:
	// 1. First.
	//
	// 2. See <https://example.org>.
}
