package markdown_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clipmend/clipmend/internal/cputime"
	"github.com/clipmend/clipmend/normalize/markdown"
	"github.com/clipmend/clipmend/normalize/repair"
)

// show writes a block as "kind@depth level/marker/info text".
func show(body string, b markdown.Block) string {
	names := []string{"para", "heading", "item", "code", "table", "html", "rule", "math", "note", "def"}
	var extra string
	switch {
	case b.Level > 0:
		extra = fmt.Sprint(b.Level)
	case b.Marker != "":
		extra = b.Marker
	case b.Info != "":
		extra = b.Info
	}
	return strings.TrimSpace(fmt.Sprintf("%s@%d %s", names[b.Kind], b.Depth, extra)) + fmt.Sprintf(" %q", body[b.Text.Start:b.Text.End])
}

func TestBlocks(t *testing.T) {
	tests := []struct {
		name, body string
		want       []string
	}{
		{"empty", "", nil},
		{"paragraphs", "one\ntwo\n\nthree", []string{`para@0 "one\ntwo"`, `para@0 "three"`}},
		{"crlf", "one\r\ntwo\r\n\r\n# Three\r\n", []string{`para@0 "one\r\ntwo"`, `heading@0 1 "Three"`}},
		{"headings", "# One #\n## Two ##x\n####### no\n#no", []string{`heading@0 1 "One"`, `heading@0 2 "Two ##x"`, `para@0 "####### no\n#no"`}},
		{"empty heading", "## ##\n#", []string{`heading@0 2 ""`, `heading@0 1 ""`}},
		{"setext", "One\n===\nTwo\nlines\n---", []string{`heading@0 1 "One"`, `heading@0 2 "Two\nlines"`}},
		{"rules", "---\n* * *\ntext\n***", []string{`rule@0 "---"`, `rule@0 "* * *"`, `para@0 "text"`, `rule@0 "***"`}},
		{"fence", "```go title\na\n\n```\nb", []string{`code@0 go title "a\n"`, `para@0 "b"`}},
		{"empty fence", "```\n```\nb", []string{`code@0 ""`, `para@0 "b"`}},
		{"open fence", "~~~\na\n```\n", []string{`code@0 "a\n` + "```" + `"`}},
		{"indented", "a\n    b\n\n    c\n\n    d\ne", []string{`para@0 "a\n    b"`, `code@0 "c\n\n    d"`, `para@0 "e"`}},
		{"list", "- a\n- b\n  c\n\n  d\n  1. e\n", []string{`item@0 - "a"`, `item@0 - "b\n  c"`, `para@1 "d"`, `item@1 1. "e"`}},
		{"ordered", "9) a\n10) b", []string{`item@0 9) "a"`, `item@0 10) "b"`}},
		{"number in a paragraph", "born in\n1984. yes\n1. item", []string{`para@0 "born in\n1984. yes"`, `item@0 1. "item"`}},
		{"empty item", "1.\n\ntext", []string{`item@0 1. ""`, `para@0 "text"`}},
		{"item on the next line", "-\n  a\n  b", []string{`item@0 - "a\n  b"`}},
		{"heading in an item", "- # a\n  b", []string{`heading@1 1 "a"`, `para@1 "b"`}},
		{"fence in an item", "- a\n  ```\n  x\n  ```\nb", []string{`item@0 - "a"`, "code@1 \"  x\"", `para@0 "b"`}},
		{"item ends a fence", "- ```\n  x\ny", []string{`code@1 "  x"`, `para@0 "y"`}},
		{"items in one line", "- - a", []string{`item@1 - "a"`}},
		{"quotes", "> a\nlazy\n> > b\n\n>c", []string{`para@1 "a\nlazy"`, `para@2 "b"`, `para@1 "c"`}},
		{"callout", "> [!note] Title\n> - a\n>\n> ```\n> x\n> ```", []string{`para@1 "[!note] Title"`, `item@1 - "a"`, "code@1 \"> x\""}},
		{"table", "head\na | b\n--|--\n1 | 2\n\nend", []string{`para@0 "head"`, `table@0 "a | b\n--|--\n1 | 2"`, `para@0 "end"`}},
		{"table with pipes", "| a |\n|---|\n| # |\n# h", []string{`table@0 "| a |\n|---|\n| # |"`, `heading@0 1 "h"`}},
		{"no table", "a | b\n---|---|---", []string{`para@0 "a | b\n---|---|---"`}},
		{"html", "<div>\nx\n\n*y*\n<b>z</b>\n<b>\n\n<b>", []string{`html@0 "<div>\nx"`, `para@0 "*y*\n<b>z</b>\n<b>"`, `html@0 "<b>"`}},
		{"html comment", "<!-- a\n\nb -->\nc", []string{`html@0 "<!-- a\n\nb -->"`, `para@0 "c"`}},
		{"script", "<script>\n\n# x\n</script>\n# y", []string{`html@0 "<script>\n\n# x\n</script>"`, `heading@0 1 "y"`}},
		{"obsidian comment", "%%\n# a\n\nb\n%%\nc\n%% d %%", []string{`html@0 "%%\n# a\n\nb\n%%"`, `para@0 "c"`, `html@0 "%% d %%"`}},
		{"open comment", "%% a\n\nb", []string{`para@0 "%% a"`, `para@0 "b"`}},
		{"math", "$$\na\n\nb\n$$\nc\n$$ d $$\n$$e$$ f", []string{`math@0 "\na\n\nb\n"`, `para@0 "c"`, `math@0 " d "`, `para@0 "$$e$$ f"`}},
		{"price", "$$ is rich\n\n# a\n\nb $$", []string{`math@0 " is rich"`, `heading@0 1 "a"`, `para@0 "b $$"`}},
		{"footnote", "[^1]: a\nb\n\n    c", []string{`note@0 "a\nb"`, `para@1 "c"`}},
		{"definition", "[a]: https://a.b \"t\"\n[b]: <c d>\n[c]: d e", []string{`def@0 "https://a.b"`, `def@0 "<c d>"`, `para@0 "[c]: d e"`}},
		{"tabs", "-\ta\n\n\tb\n\n\t\tc", []string{`item@0 - "a"`, `para@1 "b"`, `code@1 "c"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, b := range markdown.Blocks([]byte(tt.body)) {
				got = append(got, show(tt.body, b))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("Blocks(%q)\n got %s\nwant %s", tt.body, strings.Join(got, "\n     "), strings.Join(tt.want, "\n     "))
			}
		})
	}
}

// mark puts « » around the spans.
func mark(body string, spans []repair.Span) string {
	var out strings.Builder
	last := 0
	for _, s := range spans {
		out.WriteString(body[last:s.Start] + "«" + body[s.Start:s.End] + "»")
		last = s.End
	}
	return out.String() + body[last:]
}

func TestProtected(t *testing.T) {
	tests := []struct{ name, want string }{
		{"prose", "Plain – “text”. 100 % of 3:4, a.b; www"},
		{"code span", "a «`b`» c «`` d ` e ``» f ` g `` h"},
		{"code over lines", "a «`b\nc`» d\n\n`e\n\nf`"},
		{"escaped", "\\`a \\$b$ \\[c](d) «`\\`» e"},
		{"math", "a «$x_1$» and $5 or $6, 7$8, $ 9 $ «$$y$$»"},
		{"prices", "from $3 to $15 per M; ($3/$15)"},
		{"link", "[a](«b») ![c](«<d e>» \"f\") [g](h i) [j [k]](«k(l)m») [n] (o) p](q)"},
		{"nested link", "[![a](«b»)](«c»)"},
		{"code in a link", "[«`a`»](«b»)"},
		{"wiki links", "[[«a b»]] ![[«c.png»|10]] [[«d#e»|f]] [[g\nh]] [[i]"},
		{"autolink", "«<https://a.b>» «<a@b.c>» < x>"},
		{"bare urls", "(«https://a.b/c_(d)»), «http://e.f?g=h»。后 «www.i.j»: xwww.k.l a://b «obsidian://x»"},
		{"url with letters", "«https://a.b/日本?é»、日本"},
		{"tags", "a«<b class=\"x > y\">»c«</b>» 1 < 2 > 3 «<br/>»"},
		{"comment", "a «<!-- b -->» c «%% d %%» e %% f"},
		{"notes", "a«[^1]» b\n\n«[^1]: »text"},
		{"fence", "a\n«```\nb\n```»\nc"},
		{"indented", "a\n\n«    b»\n\nc"},
		{"math block", "«$$\nx\n$$»"},
		{"html", "«<div\n id=a>»\ntext «<i>»b«</i>»"},
		{"raw html", "«<script>\nx\n</script>»"},
		{"definition", "«[a]: https://b.c» \"t\""},
		{"in a quote", "> a «`b`»\n> «`c`»"},
		{"table", "| a | «`b`» |\n|---|---|\n| [[«c»\\|d]] | e |"},
		{"heading", "# a «`b`» #"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := strings.NewReplacer("«", "", "»", "").Replace(tt.want)
			if got := mark(body, markdown.Protected([]byte(body))); got != tt.want {
				t.Errorf("Protected\n got %q\nwant %q", got, tt.want)
			}
		})
	}
}

// hostile texts are those that make scanners quadratic.
func hostile(n int) map[string][]byte {
	texts := map[string][]byte{"mixed": bytes.Repeat([]byte("*_[`"), n/4)}
	for _, unit := range []string{
		"[", "[[", "](", "[](", "[](a (", "![[a", "`", "` `` ", "$", "$a", "$ a$1 ", "$$a\n\n", "<", "<a ", "<a b='", "<a b=\"x\" ",
		"<!--", "<?", "<![CDATA[", "<!a", "%%", "%% a\n\n", "> ", "- ", "1. ", "-\n", "- a\n ", "> $$\nb\n", "a|", "|-", "| a\n|-\n", "\t", " \n",
		"http://", "www.", "a:", "(", "http://a(", "\\", "[^a", "[^a]:", "[a]: ", "    a\n", "#", "```\n", "``` `\n", "~~~\n\n", "\xff",
	} {
		texts[unit] = bytes.Repeat([]byte(unit), n/len(unit))
	}
	var runs []byte
	for i := 1; len(runs) < n; i++ {
		runs = append(append(runs, bytes.Repeat([]byte("`"), i%200+1)...), ' ')
	}
	texts["runs of backticks"] = runs
	return texts
}

func TestHostileTextsAreRead(t *testing.T) {
	for name, text := range hostile(1 << 16) {
		t.Run(name, func(t *testing.T) {
			cputime.Within(t, 2*time.Second, func() { markdown.Protected(text) })
		})
	}
}

func check(t *testing.T, body []byte) {
	t.Helper()
	last := 0
	for i, b := range markdown.Blocks(body) {
		if b.Span.Start < last || b.Span.End < b.Span.Start || b.Span.End > len(body) {
			t.Fatalf("block %d: span %v after %d in %d bytes", i, b.Span, last, len(body))
		}
		if b.Text.Start < b.Span.Start || b.Text.End < b.Text.Start || b.Text.End > len(body) {
			t.Fatalf("block %d: text %v in %v", i, b.Text, b.Span)
		}
		if b.Span.Start > 0 && body[b.Span.Start-1] != '\n' {
			t.Fatalf("block %d begins at %d, within a line", i, b.Span.Start)
		}
		last = b.Span.End
		at := b.Text.Start
		for _, in := range markdown.Inlines(body, b.Text) {
			if in.Span.Start < b.Text.Start && in.Kind != markdown.Embed || in.Span.Start < at-1 || in.Span.End > b.Text.End {
				t.Fatalf("inline %v in %v", in, b.Text)
			}
			if in.Target.Start < in.Span.Start || in.Target.End > in.Span.End {
				t.Fatalf("target %v in %v", in.Target, in.Span)
			}
		}
	}
	last = 0
	for _, s := range markdown.Protected(body) {
		if s.Start < last || s.End <= s.Start || s.End > len(body) {
			t.Fatalf("protected %v after %d", s, last)
		}
		last = s.End
	}
}

func FuzzBlocks(f *testing.F) {
	for _, text := range hostile(64) {
		f.Add(text)
	}
	f.Add([]byte("# a\n\n- b\n  ```\n  c\n\n> d\n> | e | f |\n> |---|---|\n\n[^1]: g\n\n[h]: i\n$$\nj\n$$\n<div>\n"))
	f.Add([]byte("1.\n\n\ttext `a` $b$ [[c|d]] ![e](f \"g\") <http://h> https://i.j, <k l='m'>%%n%%\r\n"))
	f.Fuzz(func(t *testing.T, body []byte) { check(t, body) })
}

func BenchmarkProtected(b *testing.B) {
	texts := map[string][]byte{
		"prose": bytes.Repeat([]byte("The quick brown fox jumps over the lazy dog, and the dog sleeps on\n"+
			"while the evening comes down over the hills; nothing else happened\n\n"), 4000),
		"note": bytes.Repeat([]byte("# A `title`\n\nSee [the page](https://example.org/a_b \"t\") and [[Note|it]], $x^2$.\n\n"+
			"- item *one*\n- item **two** https://example.org\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```go\nx := 1\n```\n\n"), 2000),
		"marks 400 KB":  bytes.Repeat([]byte("*_[`"), 100_000),
		"marks 800 KB":  bytes.Repeat([]byte("*_[`"), 200_000),
		"brackets 1 MB": bytes.Repeat([]byte("["), 1<<20),
		"brackets 2 MB": bytes.Repeat([]byte("["), 2<<20),
	}
	for name, text := range texts {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				markdown.Protected(text)
			}
		})
	}
}

func ExampleProtected() {
	body := []byte("Run `go test`, see [the docs](https://go.dev).")
	for _, s := range markdown.Protected(body) {
		fmt.Printf("%s\n", body[s.Start:s.End])
	}
	// Output:
	// `go test`
	// https://go.dev
}
