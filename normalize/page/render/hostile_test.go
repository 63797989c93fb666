package render_test

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/clipmend/clipmend/internal/cputime"
	"github.com/clipmend/clipmend/normalize/page/render"
)

// TestHostile renders trees that were made to be slow. The limit, of processor
// time, is far above what they take, and far below what quadratic work would.
func TestHostile(t *testing.T) {
	deep := &html.Node{Type: html.ElementNode, Data: "div"}
	for n, i := deep, 0; i < 100_000; i++ {
		c := &html.Node{Type: html.ElementNode, Data: "div"}
		n.AppendChild(c)
		n = c
		if i == 99_999 {
			n.AppendChild(&html.Node{Type: html.TextNode, Data: "bottom"})
		}
	}
	pages := map[string]*html.Node{
		"deep":          deep,
		"marks":         parse(t, strings.Repeat("*_[`", 100_000)),
		"open marks":    parse(t, strings.Repeat("*a _b ~~c $d [e ", 40_000)),
		"dollars":       parse(t, strings.Repeat("$a ", 100_000)),
		"empty formats": parse(t, "<p>"+strings.Repeat("<b></b><i></i>", 50_000)+strings.Repeat("<b>x</b>", 50_000)),
		"one line":      parse(t, strings.Repeat("words and ", 1_200_000)),
		"items":         parse(t, "<ul>"+strings.Repeat("<li>item", 100_000)),
		"nested tables": parse(t, strings.Repeat("<table><tr><td>x", 120)),
		"nested lists":  parse(t, strings.Repeat("<ul><li>x", 240)),
		"nested quotes": parse(t, strings.Repeat("<blockquote><p>x</p>", 450)),
		"spans":         parse(t, "<table>"+strings.Repeat(`<tr><td colspan="1000000000" rowspan="1000000000">x<td>y`, 5_000)),
		"notes":         parse(t, strings.Repeat(`<sup><a href="#fn1">1</a></sup> `, 20_000)+`<p id="fn1">note</p>`),
		"many notes":    parse(t, strings.Repeat(`<sup>1</sup> `, 20_000)+"<ol class=footnotes>"+strings.Repeat("<li>x", 20_000)),
		"hashes":        parse(t, strings.Repeat("<h2>a #</h2>", 20_000)),
	}
	for name, page := range pages {
		t.Run(name, func(t *testing.T) {
			var out []byte
			cputime.Within(t, 2*time.Second, func() { out = render.Markdown(page, render.Options{Title: "t"}) })
			if len(out) == 0 {
				t.Error("nothing came out")
			}
		})
	}
}
