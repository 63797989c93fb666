package content

import (
	"testing"

	"github.com/clipmend/clipmend/normalize/page/dom"
	"github.com/clipmend/clipmend/normalize/page/metadata"
)

// What a page says for machines, and its address, tell its kind well enough
// where there is nothing else.
func TestGuess(t *testing.T) {
	for _, tt := range []struct {
		url, src string
		want     string
	}{
		{"https://kilns.example/x", `<p>a`, "article"},
		{"https://kilns.example/docs/x", `<p>a`, "documentation"},
		{"https://kilns.example/x", `<meta name=generator content="Discourse 3"><p>a`, "forum"},
		{"https://kilns.example/x", `<script type="application/ld+json">{"@type":"Product"}</script><p>a`, "product"},
		{"https://kilns.example/x", `<script type="application/ld+json">[{"@type":"Product"},{"@type":"BlogPosting"}]</script><p>a`, "article"},
		{"https://kilns.example/collections/bricks", `<p>a`, "collection"},
		{"https://kilns.example/services/repair", `<p>a`, "service"},
		{"https://kilns.example/tag/clay", `<p>a`, "listing"},
	} {
		doc, err := dom.Parse([]byte(tt.src))
		if err != nil {
			t.Fatal(err)
		}
		if got := Guess(metadata.Collect(doc), tt.url); got != tt.want {
			t.Errorf("%s %s: kind %q, want %q", tt.url, tt.src, got, tt.want)
		}
	}
}
