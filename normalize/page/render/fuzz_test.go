package render_test

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/clipmend/clipmend/normalize/page/render"
)

// FuzzMarkdown renders any HTML: it does not panic, gives the same bytes
// again, leaves the tree as it was, and can be read back.
func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{
		"<p>a <b>b</b>", "<table><tr><td colspan=9>x", "<ul><li><input type=checkbox>x", "<pre class=language-go>x", "<math><mfrac><mi>x",
		`<sup><a href="#fn1">1</a></sup><p id=fn1>1 note <a href="#r">↩</a>`, `<img srcset="a 1x, b 2x">`, "<script type=math/tex>x", "$x^2$ \\(y\\)",
		`<div class="alert alert-info">x`, "<details><summary>s</summary>x", "<noscript><img src=x></noscript>", "<sup>1</sup><hr><p><b>1</b> x",
		`<span class="sidenote">x</span>`, `<span data-testid="citation"><a href="/s">s</a></span>`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		doc, err := html.Parse(strings.NewReader(s))
		if err != nil {
			t.Skip()
		}
		before := dump(t, doc)
		o := render.Options{BaseURL: "https://example.com/a/b", Title: "Title"}
		md := render.Markdown(doc, o)
		if !bytes.Equal(md, render.Markdown(doc, o)) {
			t.Error("not the same twice")
		}
		if dump(t, doc) != before {
			t.Error("the tree was changed")
		}
		var out bytes.Buffer
		if err := reader.Convert(md, &out); err != nil {
			t.Error(err)
		}
	})
}

func dump(t *testing.T, n *html.Node) string {
	t.Helper()
	var b strings.Builder
	if err := html.Render(&b, n); err != nil {
		return err.Error()
	}
	return b.String()
}
