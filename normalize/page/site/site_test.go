package site

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/clipmend/clipmend/normalize/page/dom"
)

func TestRules(t *testing.T) {
	list, err := parse(source)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		if len(r.Content) == 0 || len(r.Hosts)+len(r.Generators) == 0 {
			t.Errorf("%s: no content or no site", r.Name)
		}
	}
	for _, bad := range []string{"content p\n", "[A]\ncontent p[\n", "[A]\ncolour red\n", "[A]\nas nothing p\n", "[A]\nitem ol .a\n", "[A]\nas h1 p[\n"} {
		if _, err := parse(bad); err == nil {
			t.Errorf("parse(%q) gives no error", bad)
		}
	}
}

func TestFind(t *testing.T) {
	for _, tt := range []struct{ url, generator, want string }{
		{"https://mp.weixin.qq.com/s/x", "", "WeChat"},
		{"https://kiln.feishu.cn/docx/x", "", "Feishu"},
		{"https://de.wikipedia.org/wiki/Ziegel", "", "MediaWiki"},
		{"https://kilns.example/t/1", "Discourse 3.2.0", "Discourse"},
		{"https://notgithub.com/a", "", ""},
		{"https://example.org/github.com", "WordPress 6", ""},
		{"", "", ""},
	} {
		got := ""
		if r := Find(tt.url, tt.generator); r != nil {
			got = r.Name
		}
		if got != tt.want {
			t.Errorf("Find(%q, %q) = %q, want %q", tt.url, tt.generator, got, tt.want)
		}
	}
}

// Each page has what the site's pages have, and a word "lost" where the rule
// must leave something out.
func TestPages(t *testing.T) {
	for _, tt := range []struct{ rule, url, src, main, title, author, published string }{
		{"WeChat", "https://mp.weixin.qq.com/s/x", `<h1 id=activity-name> 窑 </h1><a id=js_name>陶社</a><em id=publish_time>2024-03-05</em><div id=js_content style="visibility: hidden"><p>好砖</p><div class=qr_code_pc>lost</div></div>`, "好砖", "窑", "陶社", "2024-03-05"},
		{"Feishu", "https://a.feishu.cn/wiki/x", `<div class=catalogue>lost</div><div class=page-block-header><h1>窑</h1></div><div class=page-block-children><div class=block>好砖</div></div>`, "好砖", "窑", "", ""},
		{"Zhihu", "https://zhuanlan.zhihu.com/p/1", `<h1 class=Post-Title>窑</h1><div class="AuthorInfo Post-Author"><span class=AuthorInfo-name>石</span></div><div class=Post-RichTextContainer>好砖</div><div>lost</div>`, "好砖", "窑", "石", ""},
		{"Juejin", "https://juejin.cn/post/1", `<h1 class=article-title>窑</h1><div class=author-info-block><span class=name>石</span><time datetime="2024-03-05">x</time></div><div id=article-root><div class=article-viewer>好砖<div class=copy-code-btn>lost</div></div></div>`, "好砖", "窑", "石", "2024-03-05"},
		{"CSDN", "https://blog.csdn.net/a/article/details/1", `<h1 id=articleContentId>窑</h1><div class=article-bar-top><a class=follow-nickName>石</a><span class=time>2024-03-05 10:00</span></div><div id=content_views>好砖<ul class=pre-numbering><li>lost</ul></div>`, "好砖", "窑", "石", "2024-03-05 10:00"},
		{"arXiv", "https://arxiv.org/html/1", `<nav>lost</nav><article class=ltx_document><h1 class=ltx_title_document>Kilns</h1><p>good</article>`, "Kilns good", "Kilns", "", ""},
		{"GitHub", "https://github.com/a/b/issues/1", `<bdi class=js-issue-title>Cracks</bdi><div class=gh-header-meta><a class=author>ada</a></div><div class=js-discussion><relative-time datetime="2024-03-05">x</relative-time><div class=markdown-body>good<clipboard-copy>lost</clipboard-copy></div><div class=markdown-body>more</div></div>`, "good more", "Cracks", "ada", "2024-03-05"},
		{"Stack Exchange", "https://stackoverflow.com/q/1", `<div id=question-header><h1>Why?</h1></div><div id=question><div class=s-prose>good</div><div>lost</div><time datetime="2024-03-05">x</time><div class=user-details><a>ada</a></div></div><div id=answers><div class=answer><div class=s-prose>more</div></div></div>`, "good more", "Why?", "ada", "2024-03-05"},
		{"MediaWiki", "https://en.wikipedia.org/wiki/Kiln", `<h1 id=firstHeading>Kiln</h1><div id=mw-content-text><div class=mw-parser-output>good<div class=navbox>lost</div></div></div>`, "good", "Kiln", "", ""},
		{"Substack", "https://a.substack.com/p/x", `<h1 class=post-title>Kilns</h1><div class=available-content><div class="body markup">good<div class=subscription-widget-wrap>lost</div></div></div>`, "good", "Kilns", "", ""},
		{"Medium", "https://medium.com/@a/x", `<article><h1 data-testid=storyTitle>Kilns</h1><a data-testid=authorName>Ada</a><button>lost</button><p>good</article>`, "Kilns good", "Kilns", "Ada", ""},
		{"Hacker News", "https://news.ycombinator.com/item?id=1", `<table class=fatitem><tr><td><span class=titleline><a>Kilns</a></span> <span class=age title="2024-03-05T01:02:03">1 day</span> <a class=hnuser>ada</a></table><table class=comment-tree><tr><td>good<div class=reply>lost</div></table>`, "Kilns 1 day ada good", "Kilns", "ada", "2024-03-05T01:02:03"},
		{"Reddit", "https://www.reddit.com/r/a/comments/1/", `<shreddit-post post-title="Kilns" author=ada created-timestamp="2024-03-05"><div slot=text-body>good</div></shreddit-post><p>lost</p><shreddit-comment><div slot=comment>more</div></shreddit-comment>`, "good more", "Kilns", "ada", "2024-03-05"},
		{"Discourse", "", `<meta name=generator content="Discourse 3"><h1 class=x><a class=fancy-title>Kilns</a></h1><div class=topic-post><div class=names><span class=username>ada</span></div><div class=cooked>good</div></div><div>lost</div>`, "good", "Kilns", "ada", ""},
		{"ChatGPT", "https://chatgpt.com/share/1", `<div data-message-author-role=user>good</div><div data-message-author-role=assistant>more<button>lost</button></div>`, "good more", "", "", ""},
		{"Claude", "https://claude.ai/share/1", `<div data-testid=user-message>good</div><div class=font-claude-message>more<button>lost</button></div>`, "good more", "", "", ""},
		{"YouTube", "https://www.youtube.com/watch?v=1", `<meta name=title content=Kilns><meta itemprop=datePublished content=2024-03-05><span itemprop=author><link itemprop=name content=Ada></span><div id=description>good</div><p>lost</p>`, "good", "Kilns", "Ada", "2024-03-05"},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			doc, err := dom.Parse([]byte(tt.src))
			if err != nil {
				t.Fatal(err)
			}
			generator := ""
			if strings.Contains(tt.src, "name=generator") {
				generator = "Discourse 3"
			}
			r := Find(tt.url, generator)
			if r == nil || r.Name != tt.rule {
				t.Fatalf("rule %+v, want %s", r, tt.rule)
			}
			for _, v := range []struct {
				what      string
				selectors []string
				want      string
			}{{"title", r.Title, tt.title}, {"author", r.Author, tt.author}, {"published", r.Published, tt.published}} {
				if got := Value(doc, v.selectors); got != v.want {
					t.Errorf("%s %q, want %q", v.what, got, v.want)
				}
			}
			main := r.Main(doc)
			r.Strip(doc)
			if got := texts(main); got != tt.main {
				t.Errorf("main %q, want %q", got, tt.main)
			}
		})
	}
}

func texts(nodes []*html.Node) string {
	var list []string
	for _, n := range nodes {
		list = append(list, dom.Text(n))
	}
	return strings.Join(list, " ")
}
