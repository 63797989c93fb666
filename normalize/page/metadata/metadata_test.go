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
	f.Fuzz(func(t *testing.T, src, url string) {
		doc, err := dom.Parse([]byte(src))
		if err != nil {
			t.Fatal(err)
		}
		Read(doc, url)
	})
}
