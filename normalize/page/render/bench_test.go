package render_test

import (
	"strings"
	"testing"

	"github.com/clipmend/clipmend/normalize/page/render"
)

// article is a page of the usual kind, about 60 KB.
func article() string {
	const section = `<h2 id="s">A section of the page</h2>
<p class="text">Some words with <a href="/link">a link</a>, <b>weight</b> and <i>stress</i>, snake_case and 2 * 3 = 6, which cost $5.</p>
<figure><img src="/a.jpg" srcset="/a.jpg 300w, /b.jpg 900w" alt="An image"><figcaption>What it shows.</figcaption></figure>
<ul class="list"><li>one<li>two <code>x := 1</code><li>three</ul>
<pre><code class="language-go">func main() {
	println("hello")
}</code></pre>
<table><tr><th>Name<th>Size</tr><tr><td>a<td>1</tr><tr><td>b<td>2</tr></table>
<p>The quick brown fox jumps over the lazy dog, again and again, until the paragraph is as long as paragraphs are.</p>
`
	return "<article><h1>Title</h1>" + strings.Repeat(section, 80) + "</article>"
}

func BenchmarkMarkdown(b *testing.B) {
	src := article()
	doc := parse(b, src)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		render.Markdown(doc, render.Options{BaseURL: "https://example.com/post", Title: "Title"})
	}
}
