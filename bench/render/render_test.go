// Package render compares our renderer with html-to-markdown, on trees that
// are parsed already. PAGES names a folder of HTML pages; without it a page
// made here is used.
package render

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	htmltomarkdown "github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"

	"github.com/clipmend/clipmend/normalize/page/render"
)

const section = `<h2>A section</h2><p>Words with <a href="/link">a link</a>, <b>weight</b> and <i>stress</i>.</p>
<ul><li>one<li>two <code>x := 1</code></ul><pre><code class="language-go">println("hello")</code></pre>
<table><tr><th>Name<th>Size</tr><tr><td>a<td>1</tr></table>`

// pages returns the sources of the pages and their size.
func pages(b *testing.B) (sources [][]byte, size int64) {
	b.Helper()
	names, err := filepath.Glob(filepath.Join(os.Getenv("PAGES"), "*.html"))
	if err != nil {
		b.Fatal(err)
	}
	if os.Getenv("PAGES") == "" || len(names) == 0 {
		sources = [][]byte{[]byte(strings.Repeat(section, 200))}
	}
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		sources = append(sources, src)
	}
	for _, src := range sources {
		size += int64(len(src))
	}
	return sources, size
}

// trees parses the pages; a renderer that changes its tree needs new ones.
func trees(b *testing.B, sources [][]byte) []*html.Node {
	b.Helper()
	var docs []*html.Node
	for _, src := range sources {
		if doc, err := html.Parse(bytes.NewReader(src)); err == nil {
			docs = append(docs, doc)
		}
	}
	return docs
}

func BenchmarkClipmend(b *testing.B) {
	sources, size := pages(b)
	docs := trees(b, sources)
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, doc := range docs {
			render.Markdown(doc, render.Options{})
		}
	}
}

func BenchmarkHTMLToMarkdown(b *testing.B) {
	sources, size := pages(b)
	conv := htmltomarkdown.NewConverter(htmltomarkdown.WithPlugins(base.NewBasePlugin(), commonmark.NewCommonmarkPlugin(), table.NewTablePlugin()))
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		docs := trees(b, sources)
		b.StartTimer()
		for _, doc := range docs {
			if _, err := conv.ConvertNode(doc); err != nil {
				b.Fatal(err)
			}
		}
	}
}
