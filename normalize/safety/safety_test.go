package safety_test

import (
	"strings"
	"testing"
	"time"

	"github.com/clipmend/clipmend/internal/cputime"
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
		{"dataviewjs", "```dataviewjs\napp.x()\n```", "```text\napp.x()\n```"},
		{"a language that some plugin may have", "```foo bar\nx\n```\n~~~ PlantUML\nx\n~~~", "```text foo bar\nx\n```\n~~~ text PlantUML\nx\n~~~"},
		{"a language with a colon", "```jsx:component:A\nx\n```", "```jsx :component:A\nx\n```"},
		{"a diagram that calls", "```mermaid\ngraph LR\nA-->B\nclick A call f()\n```", "```text mermaid\ngraph LR\nA-->B\nclick A call f()\n```"},
		{"math that links", `$\href{javascript:a}{b}$ and $$\class{x}{y}$$`, `$\text{href}{javascript:a}{b}$ and $$\text{class}{x}{y}$$`},
		{"tasks in a quote", "> ~~~ Tasks\n> x\n> ~~~", "> ~~~ text\n> x\n> ~~~"},
		{"inline query", "a `= this.x` b `$= dv.y`", "a `\\= this.x` b `\\$= dv.y`"},
		{"templater", "a <% tp.x %> `<%* y %>`", "a &lt;% tp.x %> `< %* y %>`"},
		{"templater in code", "```js\n<%* x %>\n```", "```js\n< %* x %>\n```"},
		{"links", "[a](javascript:b) ![c](file:///d) <obsidian://e>", "a c `obsidian://e`"},
		{"picture in a link", "[![a](b.png)](file:c)", "![a](b.png)"},
		{"both bad", "[*x* ![a](file:b)](file:c)", "*x* a"},
		{"unc", `[a](\\host\b) ![c](//host/d)`, "a c"},
		{"entity", "[a](javascript&colon;b)", "a"},
		{"definition", "[a]: file:///b", "[a]: #"},
		{"bare", "see obsidian://a b", "see `obsidian://a` b"},
		{"embeds", "![[a]] ![[b.png|20]] ![[c#^d|e]]", "[[a]] ![[b.png|20]] [[c#^d|e]]"},
		{"comment", "a %%b%% c", "a %\\%b%\\% c"},
		{"field", "- **Key**:: value\n- a [b:: c] (d::e) f::g", "- **Key**:\\: value\n- a [b:\\: c] (d:\\:e) f::g"},
		{"frame", "a <iframe src=\"https://b\"></iframe> c", "a  c"},
		{"script with text", "a <script>b</script> c", "a  c"},
		{"form", "<form action=\"x\"><p>a</p></form>", "<p>a</p>"},
		{"fence in a frame", "<iframe>\n```dataviewjs\nx\n```", "\n```text\nx\n```"},
		{"tag in a tag", "a <scr<script>ipt>b", "a b"},
		{"attributes", "<img src=x onerror=alert(1) alt='a b'> <b style=\"x\">c</b>", "<img src=\"x\" alt=\"a b\"> <b>c</b>"},
		{"placeholder", "git clone <repo> and <your name>", "git clone &lt;repo> and &lt;your name>"},
		{"comment in html", "<div>\n%%a%%\nb:: c\n</div>", "<div>\n%&#37;a%&#37;\nb:&#58; c\n</div>"},
		{"quoted tag over lines", "> a <img\n> onerror=x>", "> a &lt;img\n> onerror=x>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := defuse(t, tt.text)
			if got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			if again := defuse(t, got); again != got {
				t.Errorf("twice %q\nonce  %q", again, got)
			}
		})
	}
}

func TestOrdinaryMarkdownStays(t *testing.T) {
	for _, text := range []string{
		"```mermaid\ngraph LR\nA-->|a link to| B\nclick A \"https://a.example/b\" _blank\nclick B href \"https://c\" \"tip\"\n%%{init: {'theme':'dark'}}%%\n```\n",
		"```c++\n```\n\n```{.python .lines}\nx\n```\n\n```diff-ts\n```\n",
		`$\href{https://a}{b}$ $\require{cancel}\cancel{x}$ and \"style" for $5 \alpha` + "\n\n`$\\href{a}{b}$`\n",
		"# A\n\n[b](https://c) [d](e.md) [f](#g) [[h]] [[i|j]] `x = 1` <b>i</b> 1 < 2\n\n```go\nx\n```\n",
		"Let `x` = `y` + 2 and `z`=1.",
		"`==` and `=>` and `=` and `:=`, 100% or 50 %, std::vector and a::b, C# and #1",
		"<details open>\n<summary>More</summary>\n\nText <kbd>Ctrl</kbd>+<kbd>C</kbd>, H<sub>2</sub>O<br>\n</details>\n",
		"<table><tr><td colspan=\"2\" align='center'>a</td></tr></table>\n",
		"<img src=\"https://a/b.png\" alt=\"c\" width=20> <!-- more -->",
		"[a](mailto:b@c) <https://d> <e@f.g> https://h/i?j=k%20l ![m](n/o.png \"p\")",
		"![a](data:image/png;base64,iVBORw0KGgo=) ![b](../c%20d.png) [e](/f)",
		"| a | b |\n|---|:-:|\n| [c](d) | `e` |\n\n$a<b$ and $$\nx < y > z\n$$\n",
		"- [ ] a\n- [x] b[^1]\n\n[^1]: Note: one.\n\n[c]: https://d \"e\"\n",
		"> [!note] Title\n> text #tag\n\n```mermaid\ngraph\n```\n\n~~~python title=\"x\"\na\n~~~\n",
		"[Speaker]: Well: yes.\r\n\r\nA <- b, x <y and 3<4; a <b> c </b>. <a name='x' target=_blank>d</a>\r\n",
	} {
		if edits := safety.Defuse([]byte(text), safety.Options{}); len(edits) > 0 {
			t.Errorf("%q: %+v", text, edits)
		}
	}
}

func TestTags(t *testing.T) {
	text := "#a b (#c) #1 #d/e C#f [g](#h) `#i` \\#j &#38; #k-1\n# L\n\n<b>#m</b>\n"
	want := "\\#a b (\\#c) #1 \\#d/e C#f [g](#h) `#i` \\#j &#38; \\#k-1\n# L\n\n<b>\\#m</b>\n"
	out, _, err := repair.Apply([]byte(text), 0, safety.Defuse([]byte(text), safety.Options{Tags: true}))
	if err != nil || string(out) != want {
		t.Errorf("got  %q, %v\nwant %q", out, err, want)
	}
	if again := safety.Defuse(out, safety.Options{Tags: true}); len(again) > 0 {
		t.Errorf("again %+v", again)
	}
}

// Each rule can be switched off, and then it alone leaves its payload be.
func TestSkip(t *testing.T) {
	texts := map[string]string{
		safety.RuleFence: "```tasks\n```", safety.RuleInline: "`= a`", safety.RuleTemplate: "<% a", safety.RuleHTML: "<script>a</script>",
		safety.RuleLink: "[a](file:b)", safety.RuleEmbed: "![[a]]", safety.RuleComment: "%%a%%", safety.RuleField: "a:: b", safety.RuleTag: "#a",
	}
	texts[safety.RuleUnknownFence], texts[safety.RuleMath] = "```plantuml\n```", `$\style{a}{b}$`
	for _, r := range safety.Rules() {
		if r.ID == safety.RuleProperty || r.ID == safety.RuleStyle {
			continue // of properties
		}
		text := []byte(texts[r.ID])
		if n := len(safety.Defuse(text, safety.Options{Tags: true})); n == 0 {
			t.Errorf("%s: nothing done to %q", r.ID, text)
		}
		if edits := safety.Defuse(text, safety.Options{Tags: true, Skip: []string{r.ID}}); len(edits) > 0 {
			t.Errorf("%s: skipped, but %+v", r.ID, edits)
		}
	}
}

func TestEditsAreSmall(t *testing.T) {
	text := []byte("Long text before. <scr<script>ipt>x</script> and after.\n\n%% [a](file:b) %%\n\nMore <iframe></iframe>.\n")
	covered := 0
	for _, e := range safety.Defuse(text, safety.Options{}) {
		covered += e.Span.Len()
	}
	if covered > len(text)/2+10 {
		t.Errorf("%d of %d bytes edited", covered, len(text))
	}
}

func TestHostileTextIsFast(t *testing.T) {
	for _, unit := range []string{
		"<", "<a ", "<script>", "<scr<script>ipt>", "[a](file:", "[", "](", "%%", "`=", "<%", "<!--", "$<a", "a::", "#a ", "![[a]]",
		"> ", "```tasks\n", "[a](javascript:b)", "<b x=y>", "<code>", "</script>", "%% <script> ", "&#", "\\", "]:", "[a]:\n", "(a::", "<div\n",
	} {
		text := []byte(strings.Repeat(unit, 20_000/len(unit)))
		t.Run(unit, func(t *testing.T) {
			cputime.Within(t, 5*time.Second, func() { safety.Defuse(text, safety.Options{Tags: true}) })
		})
	}
}

func FuzzDefuse(f *testing.F) {
	for _, p := range payloads {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<12 {
			t.Skip()
		}
		once := defuse(t, text)
		if twice := defuse(t, once); twice != once {
			t.Fatalf("once %q, twice %q", once, twice)
		}
		if found := alive(t, []byte(once)); len(found) > 0 {
			t.Fatalf("%q became %q, in which is %v", text, once, found)
		}
	})
}

func BenchmarkDefuse(b *testing.B) {
	for name, text := range map[string]string{
		"clean":  "A paragraph of [linked](https://a) text with `code`, *marks* and <b>tags</b>.\n\n- item one\n- item two\n\n",
		"active": "A paragraph <script>x</script> of [linked](file:a) text with `= code`, %% hidden %% and <b style=c>tags</b>.\n\n",
	} {
		b.Run(name, func(b *testing.B) {
			text := []byte(strings.Repeat(text, 100))
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				safety.Defuse(text, safety.Options{})
			}
		})
	}
}
