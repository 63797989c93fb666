package content

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/clipmend/clipmend/normalize/page/dom"
	"github.com/clipmend/clipmend/normalize/page/metadata"
)

// What makes no sense in halves is kept or dropped whole, whatever the model
// thinks of its parts: here it thinks well of every block with "good" in it.
func TestSettle(t *testing.T) {
	for _, tt := range []struct{ name, src, kept string }{
		{"code after text", `<p>good text<pre>lost</pre>`, "good text lost"},
		{"code amid a menu", `<p>menu<pre>other</pre><p>menu`, ""},
		{"table", `<p>x<table><tr><td>good one<td>good two<td>lost</table>`, "good one good two lost"},
		{"layout table", `<table><tr><td><h1>lost</h1><td>good one</table>`, "good one"},
		{"table of links", `<p>good<table><tr><td><a href=x>lost</a></table>`, "good"},
		{"heading", `<p>good<h2>between</h2><p>good`, "good between good"},
		{"heading of what follows", `<div><h2>first</h2><p>good</div>`, "first good"},
		{"end of another section", `<div><p>other<h2>lost</h2></div><p>good`, "good"},
		{"hidden", `<p>good text that is long<p style="display: none">good but hidden`, "good text that is long"},
		{"all hidden", `<div hidden><p>good text</div>`, "good text"},
		{"tab", `<p>good<div role=tabpanel hidden>good tab</div>`, "good good tab"},
		{"custom property", `<div style="--footer-display: none"><p>good</div>`, "good"},
		{"caption", `<div><p>good text of some length<figure><img src=a.png><figcaption>lost</figcaption></figure><p>good text of some length`, "good text of some length lost good text of some length"},
		{"small article", `<div>menu</div><article>` + strings.Repeat("<p>lost, or else kept", 4) + `</article>`, strings.TrimSpace(strings.Repeat("lost or else kept ", 4))},
		{"note", `<p>good<aside id=n>lost note</aside>`, "good lost note"},
		{"formula", `<p>good one<div><script type="math/tex">lost</script></div><p>good two`, "good one lost good two"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := dom.Parse([]byte(tt.src))
			if err != nil {
				t.Fatal(err)
			}
			x := NewIndex(doc, NewAbout(&metadata.Hints{}, ""))
			lists := x.wordLists()
			keep := make([]bool, len(lists))
			for i, l := range lists {
				keep[i] = strings.Contains(strings.Join(l, " "), "good")
			}
			var notes []*html.Node
			for n := range dom.Elements(doc) {
				if dom.Attr(n, "id") == "n" {
					notes = append(notes, n)
				}
			}
			x.settle(keep, notes)
			var got []string
			for i, l := range lists {
				if keep[i] && len(l) > 0 {
					got = append(got, strings.Join(l, " "))
				} else if keep[i] {
					got = append(got, "lost") // a script's text is no text of the page
				}
			}
			if s := strings.Join(got, " "); s != tt.kept {
				t.Errorf("kept %q, want %q", s, tt.kept)
			}
		})
	}
}
