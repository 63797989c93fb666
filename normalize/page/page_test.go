package page

import (
	"strings"
	"testing"
)

func TestSplitTitle(t *testing.T) {
	for _, tt := range []struct {
		title       string
		hints       []string
		rest, where string
	}{
		{"Notes on Kilns - Feishu Docs", nil, "Notes on Kilns", "Feishu Docs"},
		{"Plan - Q3 - Kiln Works", []string{"https://www.kilnworks.example/a"}, "Plan - Q3", "Kiln Works"},
		{"Kiln Works | Opening hours", []string{"kilnworks.example"}, "Opening hours", "Kiln Works"},
		{"Bricks – a history", []string{"https://example.org/"}, "Bricks – a history", ""},
		{"窑炉笔记 - 知乎", nil, "窑炉笔记", "知乎"},
		{"Bread | The Daily Oven", []string{"The Daily Oven"}, "Bread", "The Daily Oven"},
		{"", nil, "", ""},
	} {
		if rest, site := SplitTitle(tt.title, tt.hints...); rest != tt.rest || site != tt.where {
			t.Errorf("SplitTitle(%q, %q) = %q, %q; want %q, %q", tt.title, tt.hints, rest, site, tt.rest, tt.where)
		}
	}
}

const small = `<!doctype html><html lang="en"><head><title>How to fire bricks | Kiln Works</title>
<meta property="og:site_name" content="Kiln Works"><script>var x = "</div>";</script>
<script type="application/ld+json">{"@type":"Article","author":{"name":"Ada Stone"},"datePublished":"2024-03-05T10:00:00Z",}</script></head>
<body><nav><a href="/">Home</a> <a href="/shop">Shop</a> <a href="/about">About us</a></nav>
<main><article><h1>How to fire bricks</h1>
<p>Fire the bricks slowly, over two days, and let the kiln cool before you open it, or the bricks will crack.</p>
<p>The first hours matter most: the water in the clay must leave it slowly, and nothing hurries it without harm.</p>
<p>When the glow inside is even, from the floor to the arch, hold the heat for six hours and close the vents.</p>
</article></main><footer>© 2024 Kiln Works. All rights reserved. <a href="/privacy">Privacy</a></footer></body></html>`

func TestConvert(t *testing.T) {
	p, err := Convert([]byte(small), Options{URL: "https://kilnworks.example/bricks"})
	if err != nil {
		t.Fatal(err)
	}
	md := string(p.Markdown)
	for _, want := range []string{"let the kiln cool", "hold the heat"} {
		if !strings.Contains(md, want) {
			t.Errorf("Markdown lacks %q:\n%s", want, md)
		}
	}
	for _, bad := range []string{"Shop", "rights reserved", "var x"} {
		if strings.Contains(md, bad) {
			t.Errorf("Markdown has %q:\n%s", bad, md)
		}
	}
	m := p.Meta
	if m.Title != "How to fire bricks" || m.Site != "Kiln Works" || m.Author() != "Ada Stone" || m.Published != "2024-03-05T10:00:00Z" || m.Lang != "en" {
		t.Errorf("metadata: %+v", m)
	}
}

// A page of a site with a rule is cut by the rule, even where it hides its
// text until a script runs; an empty frame is left to the model.
// A page from a file says by its canonical address where its site is, but not
// where the file's neighbours are.
func TestLinksOfSavedPage(t *testing.T) {
	saved := strings.Replace(small, "<head>", `<head><link rel="canonical" href="https://kilnworks.example/2024/bricks">`, 1)
	saved = strings.Replace(saved, "let the kiln cool", `<a href="/cooling?a=1">let</a> the <a href="kiln.html">kiln</a> <a href="#cool">cool</a> <img src="bricks_files/a.png" alt="a">`, 1)
	for _, tt := range []struct{ url, want string }{
		{"", "[let](https://kilnworks.example/cooling?a=1) the [kiln](kiln.html) [cool](#cool) ![a](bricks_files/a.png)"},
		{"https://mirror.example/b/", "[let](https://mirror.example/cooling?a=1) the [kiln](https://mirror.example/b/kiln.html)"},
	} {
		p, err := Convert([]byte(saved), Options{URL: tt.url})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(p.Markdown), tt.want) {
			t.Errorf("with address %q: no %s in\n%s", tt.url, tt.want, p.Markdown)
		}
	}
}

func TestSiteRule(t *testing.T) {
	const wechat = `<title>x</title><h1 id=activity-name>窑</h1><p>扫一扫<div id=js_content style="visibility: hidden;opacity: 0"><p>好砖要慢烧。</p><p><img data-src="https://img.example/a.png"></p></div><p>点赞</p>`
	p, err := Convert([]byte(wechat), Options{URL: "https://mp.weixin.qq.com/s/x"})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.TrimSpace(string(p.Markdown)), "好砖要慢烧。\n\n![](https://img.example/a.png)"; got != want || p.Meta.Title != "窑" {
		t.Errorf("title %q, Markdown %q; want %q", p.Meta.Title, got, want)
	}
	frame := `<div id=js_content></div>` + small
	if p, err = Convert([]byte(frame), Options{URL: "https://mp.weixin.qq.com/s/x"}); err != nil || !strings.Contains(string(p.Markdown), "let the kiln cool") {
		t.Errorf("empty frame: %v", err)
	}
}

func FuzzConvert(f *testing.F) {
	f.Add([]byte(small), "https://kilnworks.example/")
	f.Add([]byte("<table><a><td><p><font><svg><math><mi>"), "")
	f.Add([]byte("<script type=math/tex>x</script><template><p>a"), ":")
	f.Fuzz(func(t *testing.T, src []byte, url string) {
		if _, err := Convert(src, Options{URL: url}); err != nil {
			t.Fatal(err)
		}
	})
}
