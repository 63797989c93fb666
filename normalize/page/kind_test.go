package page

import (
	"strings"
	"testing"
)

func TestKind(t *testing.T) {
	text := strings.Repeat("<p>The kiln must be heated slowly, so that the bricks lose their water, and do not crack in the fire.</p>", 12)
	for _, tt := range []struct {
		url, src string
		want     Kind
	}{
		{"https://kilns.example/blog/how-we-fire-bricks", `<meta property=og:type content=article><article><h1>How we fire bricks</h1>` + text + `</article>`, Article},
		{"https://kilns.example/forum/threads/cracks.12/", `<meta name=generator content="Discourse 3"><h1>Cracks</h1>` + strings.Repeat(`<div class="post"><div class="avatar user">ada</div><div class="cooked">Why do they crack?</div><a class="reply">Reply</a></div>`, 12), Forum},
		{"https://docs.kilns.example/docs/reference/vents", `<meta name=generator content="Sphinx 7"><div class="sidebar toc"><a href=a>Vents</a></div><main><h1>Vents</h1>` + text + `<pre class=highlight>vent --open</pre><h2>Options</h2>` + text + `<pre class=highlight>vent --shut</pre></main>`, Documentation},
	} {
		p, err := Convert([]byte(tt.src), Options{URL: tt.url})
		if err != nil || p.Kind != tt.want {
			t.Errorf("%s: kind %q, error %v; want %q", tt.url, p.Kind, err, tt.want)
		}
	}
}
