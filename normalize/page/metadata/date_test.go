package metadata

import (
	"strings"
	"testing"

	"github.com/clipmend/clipmend/normalize/page/dom"
)

func TestISODate(t *testing.T) {
	for in, want := range map[string]string{
		"2024-03-05":                    "2024-03-05",
		"2024-03-05T10:20:00Z":          "2024-03-05T10:20:00Z",
		"2024-3-5 9:05":                 "2024-03-05T09:05:00",
		"20240305":                      "2024-03-05",
		"2024年3月5日":                     "2024-03-05",
		"5. März 2024":                  "2024-03-05",
		"5 de marzo de 2024":            "2024-03-05",
		"5 марта 2024":                  "2024-03-05",
		"Tuesday, March 5th, 2024":      "2024-03-05",
		"2024 Mar 5":                    "2024-03-05",
		"05.03.2024":                    "2024-03-05",
		"25/12/2023":                    "2023-12-25",
		"12/25/2023":                    "2023-12-25",
		"Tue, 05 Mar 2024 10:20:00 GMT": "2024-03-05T10:20:00Z",
		"03/04/2024":                    "", // two days that it may be
		"2024-02-30":                    "",
		"5 minutes ago":                 "",
		"Windows 2000":                  "",
	} {
		if got := ISODate(in); got != want {
			t.Errorf("ISODate(%q) = %q, want %q", in, got, want)
		}
	}
}

// A date is the page's where something says so; else there is none.
func TestPublished(t *testing.T) {
	for _, tt := range []struct{ name, src, url, want string }{
		{"json-ld", `<script type="application/ld+json">{"@type":"Article","datePublished":"2024-03-05"}</script>`, "", "2024-03-05"},
		{"lenient json-ld", "<script type=application/ld+json>{\"@type\":\"Article\",\n\"name\":\"a\nb\",\"datePublished\":\"2024-03-05\",}</script>", "", "2024-03-05"},
		{"meta before shown", `<meta property="article:published_time" content="2024-03-05"><h1>Bricks</h1><p>June 1, 2020</p>`, "", "2024-03-05"},
		{"time", `<h1>Bricks</h1><time datetime="2024-03-05">last spring</time>`, "", "2024-03-05"},
		{"after the title", `<h1>Bricks</h1><p>By Ada Stone</p><p>Published on March 5, 2024</p>`, "", "2024-03-05"},
		{"before the title", `<p>5 March 2024</p><h1>Bricks</h1><p>Text.</p>`, "", "2024-03-05"},
		{"in the URL", `<h1>Bricks</h1>`, "https://kilnworks.example/2024/03/05/bricks", "2024-03-05"},
		{"updated only", `<h1>Bricks</h1><p>Last updated March 5, 2024</p>`, "", "2024-03-05"},
		{"updated, too", `<h1>Bricks</h1><p>Updated <time datetime="2025-03-05">March 5, 2025</time></p><p>March 5, 2024</p>`, "", "2024-03-05"},
		{"among other things", `<h1>Bricks</h1><p>Essay - Published: 2024.03.05 | <a href=/c>clay</a></p>`, "", "2024-03-05"},
		{"beside the byline", `<h1>Bricks</h1><p>a</p>` + strings.Repeat("<p>text</p>", 40) + `<div><p>Written by <a href=/a>Ada Stone</a></p><p>March 5, 2024</p></div>`, "", "2024-03-05"},
		{"the site's own day", `<meta property="article:published_time" content="2024-03-06T02:10:00Z">`, "https://kilnworks.example/2024/03/05/bricks", "2024-03-05"},
		{"a title in other words", `<title>How bricks are fired</title><h2>Cart</h2><h3>5 March 2024</h3><h2>Ways that bricks get fired</h2>`, "", "2024-03-05"},
		{"in a sentence", `<h1>Bricks</h1><p>On March 5, 2024 the kiln cracked.</p>`, "", ""},
		{"without a title", `<p>March 5, 2024</p>`, "", ""},
		{"updated before published", `<h1>Bricks</h1><p>Updated April 6, 2025</p><p>Published March 5, 2024</p>`, "", "2024-03-05"},
		{"both in a line", `<h1>Bricks</h1><p>Published: March 5, 2024 | Updated: April 6, 2025</p>`, "", "2024-03-05"},
		{"both the other way round", `<h1>Bricks</h1><p>Updated: April 6, 2025 | Published: March 5, 2024</p>`, "", "2024-03-05"},
		{"an update in brackets", `<h1>Bricks</h1><p>March 5, 2024 (updated April 6, 2025)</p>`, "", "2024-03-05"},
		{"a day of rights", `<h1>Bricks</h1><p>© 2024-05-06 Kiln Works</p>`, "", ""},
		{"a copyright's day", `<h1>Bricks</h1><p>Copyright</p><p>2024-05-06</p>`, "", ""},
		{"a visit", `<h1>Bricks</h1><p>Last visited</p><p>2024-05-06</p>`, "", ""},
		{"an access", `<h1>Bricks</h1><p>Accessed <time datetime="2024-05-06">May 6</time></p>`, "", ""},
		{"a member", `<h1>Bricks</h1><p>Joined</p><p>May 6, 2014</p><p>Text</p>`, "", ""},
		{"an event", `<script type="application/ld+json">{"@type":"Event","startDate":"2024-05-06"}</script><h1>Fair</h1><time datetime="2024-05-06">May 6</time>`, "", ""},
		{"a start", `<h1>Fair</h1><p>Starts:</p><p>May 6, 2024</p>`, "", ""},
		{"a deadline", `<h1>Fair</h1><p>Registration deadline: <time datetime="2024-05-06">May 6</time></p>`, "", ""},
		{"a comment", `<h1>Bricks</h1><section id=comments><ol><li><b>Bob</b> <span class=date>May 6, 2024</span></li></ol></section>`, "", ""},
		{"a copyright", `<h1>Bricks</h1><p>© 2024 Kiln Works</p>`, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := dom.Parse([]byte(tt.src))
			if err != nil {
				t.Fatal(err)
			}
			if f := Read(doc, tt.url); f.Published != tt.want {
				t.Errorf("published %q (%s), want %q", f.Published, f.Source["published"], tt.want)
			}
		})
	}
}
