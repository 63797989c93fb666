package safety_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/normalize/frontmatter"
	"github.com/clipmend/clipmend/normalize/repair"
	"github.com/clipmend/clipmend/normalize/safety"
)

func TestValue(t *testing.T) {
	for _, test := range []struct{ value, want string }{
		{"Re:Zero — a story of x <y and z, Vec<T> 50%", "Re:Zero — a story of x <y and z, Vec<T> 50%"},
		{"https://a.example/b?c=d", "https://a.example/b?c=d"},
		{"std::vector `a` [[Note]] ![[cover.png]] #tag", "std::vector `a` [[Note]] ![[cover.png]] #tag"},
		{"<% tp.x() %>", "< % tp.x() %>"},
		{"<script>a</script>", "< script>a< /script>"},
		{"<img src=x onerror=y>", "< img src=x onerror=y>"},
		{"![[Private]]", "[[Private]]"},
		{"a `$= dv` `=b`", "a `\\$= dv` `\\=b`"},
		{"[a](javascript:b) [c](https://d)", "[a] (javascript:b) [c](https://d)"},
		{"[a](java&#115;cript:b)", "[a] (java&#115;cript:b)"},
		{"obsidian://open?vault=x", "`obsidian://open?vault=x`"},
		{" JavaScript :alert(1)", "`JavaScript :alert(1)`"},
		{`\\host\share`, "`" + `\\host\share` + "`"},
	} {
		got := safety.Value(test.value)
		if got != test.want {
			t.Errorf("%q became %q, want %q", test.value, got, test.want)
		}
		if again := safety.Value(got); again != got {
			t.Errorf("%q became %q and then %q", test.value, got, again)
		}
	}
}

func TestProperties(t *testing.T) {
	for _, test := range []struct {
		name, text, want string
		o                safety.Options
	}{
		{"clean", "---\ntitle:  'A'  # c\ntags: [a, b]\ncssclasses: wide\n---\nb\n", "", safety.Options{}},
		{"none", "<% a %>\n", "", safety.Options{}},
		{"values", "---\ntitle: <% a %>\nlinks:\n  - obsidian://x\n  - b\n---\n", "---\ntitle: \"< % a %>\"\nlinks:\n  - \"`obsidian://x`\"\n  - b\n---\n", safety.Options{}},
		{"a comment and a map", "---\n# <% a %>\nm: {x: <% b %>}\n---\n", "---\n# < % a %>\nm: {x: < % b %>}\n---\n", safety.Options{}},
		{"keys", "---\nexcalidraw-onload-script: a\nkanban-plugin: board\n---\n", "---\nclipped-excalidraw-onload-script: a\nclipped-kanban-plugin: board\n---\n", safety.Options{}},
		{"styles", "---\ncssclasses: [x]\n---\n", "---\nclipped-cssclasses: [x]\n---\n", safety.Options{Style: true}},
		{"skipped", "---\nx-plugin: \"![[a]]\"\n---\n", "", safety.Options{Skip: []string{safety.RuleProperty}}},
	} {
		if test.want == "" {
			test.want = test.text
		}
		out, repairs, err := safety.Properties([]byte(test.text), test.o)
		if err != nil || string(out) != test.want {
			t.Errorf("%s: %q, %v, want %q", test.name, out, err, test.want)
		}
		if back, err := repair.Undo(out, repairs); err != nil || string(back) != test.text {
			t.Errorf("%s: undone %q, %v", test.name, back, err)
		}
		if again, more, err := safety.Properties(out, test.o); err != nil || len(more) > 0 {
			t.Errorf("%s: again %q, %v", test.name, again, err)
		}
	}
}

// liveValue matches what must not be in a value, by patterns that share nothing
// with the rules.
var liveValue = regexp.MustCompile(`(?i)<%|<script|<img[ /][^>]*onerror=|^\s*(javascript|obsidian|vbscript):|\]\((javascript|obsidian|file):|!\[\[private`)

func FuzzProperties(f *testing.F) {
	f.Add("<% a %>", "b")
	f.Add("![[private]] [x](javascript:y)", "`= this.x`")
	f.Add(" obsidian://x", "<img src=a onerror=b>")
	f.Fuzz(func(t *testing.T, title, item string) {
		block, err := frontmatter.Render([]frontmatter.Property{
			{Key: "title", Value: frontmatter.TextValue(title)}, {Key: "list", Value: frontmatter.ListValue(item, "x")},
		})
		if err != nil {
			return
		}
		out, repairs, err := safety.Properties(block, safety.Options{})
		if err != nil {
			return
		}
		doc, err := frontmatter.Parse(out)
		if err != nil || strings.Join(doc.Keys(), " ") != "title list" {
			t.Fatalf("%q became %q, %v", block, out, err)
		}
		for _, p := range doc.Properties {
			for _, v := range append(p.Value.Items, p.Value.Text) {
				if m := liveValue.FindString(v); m != "" {
					t.Fatalf("%q in %q", m, out)
				}
			}
		}
		if back, err := repair.Undo(out, repairs); err != nil || string(back) != string(block) {
			t.Fatalf("undone %q, %v", back, err)
		}
		if again, _, err := safety.Properties(out, safety.Options{}); err != nil || string(again) != string(out) {
			t.Fatalf("%q became %q, %v", out, again, err)
		}
	})
}
