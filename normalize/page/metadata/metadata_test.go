package metadata

import (
	"testing"

	"github.com/clipmend/clipmend/normalize/page/dom"
)

// Each field comes from the surest place that states it.
func TestRead(t *testing.T) {
	for _, tt := range []struct {
		name, src                          string
		title, site, author, image, source string
	}{
		{
			"heading that the title agrees with", `<title>Bricks | Kiln Works</title><meta property=og:site_name content="Kiln Works"><h1>Bricks</h1>`,
			"Bricks", "Kiln Works", "", "", "h1",
		},
		{
			"graph with references", `<script type="application/ld+json">{"@graph":[{"@type":"Article","headline":"Bricks","author":{"@id":"#a"},"image":{"url":"/a.png"}},{"@type":"Person","@id":"#a","name":"Ada Stone"}]}</script>`,
			"Bricks", "", "Ada Stone", "https://kilns.example/a.png", "json-ld headline",
		},
		{
			"citation tags", `<meta name=citation_title content="On bricks"><meta name=citation_author content="Ada Stone"><meta name=citation_author content="Ben Clay">`,
			"On bricks", "", "Ada Stone, Ben Clay", "", "meta citation_title",
		},
		{
			"byline", `<title>Bricks</title><p class=byline>By Ada Stone | 5 March 2024</p>`,
			"Bricks", "", "Ada Stone", "", "title",
		},
		{
			"no names", `<title>Bricks</title><meta name=author content=admin@kilns.example><meta name=author content="https://kilns.example/ada"><div class=author-box>About us</div>`,
			"Bricks", "", "", "", "title",
		},
		{"a label and a name", `<title>Bricks</title><h1>Bricks</h1><p>Written by</p><p>Ada Stone</p>`, "Bricks", "", "Ada Stone", "", "h1"},
		{"words for a machine", `<title>Bricks</title><meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ada Stone">`, "Bricks", "", "Ada Stone", "", "title"},
		{"a role", `<title>Bricks</title><p class=author>Ada Stone, Senior Editor at Kilns</p>`, "Bricks", "", "Ada Stone", "", "title"},
		{"a role of its own", `<title>Bricks</title><div class=author><b>Ada Stone</b><i>Mason</i></div>`, "Bricks", "", "Ada Stone", "", "title"},
		{"an author's page", `<title>Bricks</title><h1>Bricks</h1><p><a href="/authors/ada">Ada Stone</a></p>`, "Bricks", "", "Ada Stone", "", "h1"},
		{"the site as author", `<title>Bricks</title><meta property=og:site_name content="Kiln Works"><meta name=author content="Kiln Works"><h1>Bricks</h1><p>By Ada Stone</p>`, "Bricks", "Kiln Works", "Ada Stone", "", "h1"},
		{"only the site as author", `<title>Bricks</title><meta property=og:site_name content="Kiln Works"><meta name=author content="Kiln Works"><h1>Bricks</h1>`, "Bricks", "Kiln Works", "Kiln Works", "", "h1"},
		{
			"a thread", `<title>Bricks</title><h1>Bricks</h1><p>Thread starter <a href=/u/1>ada_s</a></p><b itemprop=author>Ben Clay</b>`,
			"Bricks", "", "ada_s", "", "h1",
		},
		{
			"an article's own words", `<title>5 Best Bricks for Kilns in 2024</title><meta property=og:type content=article><h1>The bricks that we would build kilns of</h1>`,
			"The bricks that we would build kilns of", "", "", "", "h1",
		},
		{"only a heading", `<h2>Bricks</h2>`, "Bricks", "", "", "", "heading"},
		{"nothing", ``, "", "", "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := dom.Parse([]byte(tt.src))
			if err != nil {
				t.Fatal(err)
			}
			f := Read(doc, "https://kilns.example/bricks")
			if f.Title != tt.title || f.Site != tt.site || f.Author() != tt.author || f.Image != tt.image || f.Source["title"] != tt.source {
				t.Errorf("title %q (%s), site %q, author %q, image %q", f.Title, f.Source["title"], f.Site, f.Author(), f.Image)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`<script type="application/ld+json">{"@graph":[{"@type":["Article"],"author":[{"name":"a"}]}]}</script>`, "https://a.example/2024/03/05/x")
	f.Add(`<h1>a<time>5 March 2024</time><meta name=author content=b>`, ":")
	f.Add(`<h1>a</h1><p>March 5, 2024 (updated April 6, 2025)</p><p>Joined</p><p>2014-05-06</p>`, "")
	f.Fuzz(func(t *testing.T, src, url string) {
		doc, err := dom.Parse([]byte(src))
		if err != nil {
			t.Fatal(err)
		}
		Read(doc, url)
	})
}
