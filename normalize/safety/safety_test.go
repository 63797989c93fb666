package safety_test

import (
	"testing"

	"github.com/clipmend/clipmend/normalize/repair"
	"github.com/clipmend/clipmend/normalize/safety"
)

func defuse(t *testing.T, text string) string {
	t.Helper()
	out, repairs, err := repair.Apply([]byte(text), 0, safety.Defuse([]byte(text), safety.Options{}))
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	if back, err := repair.Undo(out, repairs); err != nil || string(back) != text {
		t.Fatalf("undo of %q: %q, %v", text, back, err)
	}
	return string(out)
}

func TestDefuse(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"clean", "# A\n\n[b](https://c) [d](e.md) [f](#g) [[h]] `x = 1` <b>i</b> 1 < 2\n\n```go\nx\n```\n", ""},
		{"dataviewjs", "```dataviewjs\napp.x()\n```", "```text\napp.x()\n```"},
		{"tasks in a quote", "> ~~~ Tasks\n> x\n> ~~~", "> ~~~ text\n> x\n> ~~~"},
		{"inline query", "a `= this.x` b `$= dv.y`", "a `\\= this.x` b `\\$= dv.y`"},
		{"templater", "a <% tp.x %> `<%* y %>`", "a &lt;% tp.x %> `&lt;%* y %>`"},
		{"templater in code", "```js\n<%* x %>\n```", "```js\n< %* x %>\n```"},
		{"script link", "[a](javascript:b) ![c](file:///d) <obsidian://e>", "[a](#) ![c](#) `obsidian://e`"},
		{"unc", `[a](\\host\b)`, "[a](#)"},
		{"entity", "[a](javascript&colon;b)", "[a](#)"},
		{"definition", "[a]: file:///b", "[a]: #"},
		{"frame", "a <iframe src=\"https://b\"></iframe> c", "a  c"},
		{"fence in a frame", "<iframe>\n```dataviewjs\nx\n```", "\n```text\nx\n```"},
		{"tag in a tag", "a <scr<script>ipt>b", "a b"},
		{"handler", "<img src=x onerror=alert(1)> a", " a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := tt.want
			if want == "" {
				want = tt.text
			}
			got := defuse(t, tt.text)
			if got != want {
				t.Errorf("got  %q\nwant %q", got, want)
			}
			if again := defuse(t, got); again != got {
				t.Errorf("twice %q\nonce  %q", again, got)
			}
		})
	}
}

func FuzzDefuse(f *testing.F) {
	f.Add("```dataview\nx\n```\n[a](file:b) <% c %> `= d` <script>e</script>")
	f.Fuzz(func(t *testing.T, text string) {
		once := defuse(t, text)
		if twice := defuse(t, once); twice != once {
			t.Fatalf("once %q, twice %q", once, twice)
		}
	})
}
