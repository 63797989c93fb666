package dom

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/net/html/atom"
)

func TestParse(t *testing.T) {
	for _, tt := range []struct{ name, src, text string }{
		{"scripts go", `<p>a</p><script>var s = "<p>b</p>"</script><style>p{}</style><!-- c -->`, "a"},
		{"text in attributes stays", `<p title="a > b">c</p>`, "c"},
		{"raw text", `<textarea><p>a</textarea><p>b`, "<p>a b"},
		{"a page in noscript", `<noscript><div><p>` + strings.Repeat("word ", 400) + `</p></div><div><p>end</p></div></noscript>`, strings.Repeat("word ", 400) + "end"},
		{"deep", strings.Repeat("<div>", 2000) + "a" + strings.Repeat("</div>", 2000) + "<p>b", "a b"},
		{"drawing", `<svg><text>a</text><path d="M0 0"/></svg><p>b`, "b"},
		{"HTML in a drawing", `<svg><foreignObject><p>a</p></foreignObject></svg> b`, "a b"},
		{"unclosed comment", `<p>a<!-- b`, "a"},
		{"unclosed tag", `<p>a<div class="b`, "a"},
		{"stray signs", `a < b <3 </ c`, "a < b <3"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := Parse([]byte(tt.src))
			if err != nil {
				t.Fatal(err)
			}
			if got := Text(doc); got != tt.text {
				t.Errorf("text %.60q, want %.60q", got, tt.text)
			}
		})
	}
	if _, err := Parse(make([]byte, MaxSize+1)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a huge page: %v", err)
	}
}

// Data that stages read later stays in the tree.
func TestParseKeeps(t *testing.T) {
	doc, err := Parse([]byte(`<script type="application/ld+json">{"a":1}</script><script type="math/tex">x^2</script>`))
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	for n := range Elements(doc) {
		if n.DataAtom == atom.Script {
			kept = append(kept, n.FirstChild.Data)
		}
	}
	if got := strings.Join(kept, " "); got != `{"a":1} x^2` {
		t.Errorf("kept %q", got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("<p>a<!-- b --><script>c</script><svg><svg/></svg>")
	f.Add("<table><a><td><noscript><div><p>")
	f.Fuzz(func(t *testing.T, src string) {
		if _, err := Parse([]byte(src)); err != nil {
			t.Error(err)
		}
	})
}
