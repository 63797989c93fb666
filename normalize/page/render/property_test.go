package render_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	gmhtml "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/clipmend/clipmend/normalize/page/render"
)

// reader is what reads the Markdown again: GFM but for bare URLs, in which
// goldmark leaves entities and backslashes as they are.
var reader = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.Footnote), goldmark.WithRendererOptions(gmhtml.WithUnsafe()))

// words returns the text of a tree: words with one space between them, and
// none where inline elements meet.
func words(n *html.Node) string {
	var b strings.Builder
	collectWords(&b, n)
	return strings.Join(strings.Fields(strings.ReplaceAll(b.String(), "\u00a0", " ")), " ")
}

func collectWords(b *strings.Builder, n *html.Node) {
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
		return
	}
	block := false
	switch n.DataAtom {
	case atom.P, atom.Div, atom.Li, atom.H1, atom.H2, atom.H3, atom.Td, atom.Th, atom.Blockquote, atom.Br, atom.Pre, atom.Hr, atom.Ul, atom.Ol:
		block = true
	}
	if block {
		b.WriteByte(' ')
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		collectWords(b, c)
	}
	if block {
		b.WriteByte(' ')
	}
}

// readBack renders Markdown to HTML and returns its words.
func readBack(t testing.TB, md []byte) string {
	t.Helper()
	var out bytes.Buffer
	if err := reader.Convert(md, &out); err != nil {
		t.Fatal(err)
	}
	return words(parse(t, out.String()))
}

// checkText fails if the Markdown made of a page does not have its words.
func checkText(t *testing.T, src string) {
	t.Helper()
	md := render.Markdown(parse(t, src), render.Options{})
	if want, got := words(parse(t, src)), readBack(t, md); got != want {
		at := 0
		for at < len(got) && at < len(want) && got[at] == want[at] {
			at++
		}
		t.Errorf("page:     %s\nmarkdown: %s\nread:     …%.60s\nwant:     …%.60s", src, md, got[max(0, at-20):], want[max(0, at-20):])
	}
}

// pieces are texts that look like markup, and plain ones.
var pieces = []string{
	"word", "two words", " ", " ", " ", ".", ",", "*", "**", "_", "__", "~", "~~", "==", "%%", "#", "# ", "#tag", "-", "- ", "+ ", "1. ", "12) ",
	"1", "&gt;", "&gt; ", "&lt;", "&lt;b&gt;", "&lt;!--", "&amp;", "&amp;amp;", "&amp;#35;", "`", "``", "```", "~~~", "[", "]", "[[", "]]", "](", "[x](y)",
	"![", "!", "(", ")", ":", "[^1]", "[a]: b", "^id", "\\", "\\\\", "\\*", "|", "| - |", "---", "===", "“", "”", "。", "，", "中文", "日本", "é", "€", "😀",
	"http://a.b/c_d_e", "www.x.org", "a@b.cd", "&nbsp;", "\t", "2*3", "snake_case", "*a*", "_b_",
}

var inlineTags = []string{"b", "i", "strong", "em", "del", "sub", "sup", "kbd", "span", "code", `a href="/u"`}

// randomInline returns inline HTML.
func randomInline(r *rand.Rand, depth int) string {
	var b strings.Builder
	for range 1 + r.IntN(5) {
		if depth > 0 && r.IntN(3) == 0 {
			tag := inlineTags[r.IntN(len(inlineTags))]
			name, _, _ := strings.Cut(tag, " ")
			inner := randomInline(r, depth-1)
			if name == "code" || name == "a" {
				inner = "c " + strings.NewReplacer("<", "", ">", "").Replace(pieces[r.IntN(len(pieces))])
			}
			fmt.Fprintf(&b, "<%s>%s</%s>", tag, inner, name)
			continue
		}
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

// randomBlocks returns blocks.
func randomBlocks(r *rand.Rand, depth int) string {
	var b strings.Builder
	for range 1 + r.IntN(3) {
		switch k := r.IntN(9); {
		case k == 0 && depth > 0:
			fmt.Fprintf(&b, "<ul><li>%s</li><li>%s</li></ul>", randomInline(r, 1), randomBlocks(r, depth-1))
		case k == 1 && depth > 0:
			fmt.Fprintf(&b, "<ol><li>%s</li><li>%s</li></ol>", randomBlocks(r, depth-1), randomInline(r, 2))
		case k == 2 && depth > 0:
			fmt.Fprintf(&b, "<blockquote>%s</blockquote>", randomBlocks(r, depth-1))
		case k == 3:
			fmt.Fprintf(&b, "<h2>%s</h2>", randomInline(r, 1))
		case k == 4:
			fmt.Fprintf(&b, "<table><tr><th>%s</th><th>h</th></tr><tr><td>%s</td><td>%s</td></tr></table>", randomInline(r, 1), randomInline(r, 2), randomInline(r, 1))
		case k == 5:
			fmt.Fprintf(&b, "<pre>x%s</pre>", pieces[r.IntN(len(pieces))])
		case k == 6:
			fmt.Fprintf(&b, "<p>%s<br>%s</p>", randomInline(r, 1), randomInline(r, 1))
		default:
			fmt.Fprintf(&b, "<p>%s</p>", randomInline(r, 2))
		}
	}
	return b.String()
}

// TestTextComesBack renders random pages made of text that looks like markup,
// and reads them back.
func TestTextComesBack(t *testing.T) {
	for seed := range uint64(4000) {
		r := rand.New(rand.NewPCG(seed, 1))
		checkText(t, randomBlocks(r, 2))
		if t.Failed() {
			t.Fatal("seed", seed)
		}
	}
}
