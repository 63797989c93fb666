package content

import (
	"strings"
	"testing"

	"github.com/clipmend/clipmend/normalize/page/dom"
	"github.com/clipmend/clipmend/normalize/page/metadata"
)

// What the page states for machines is trusted where it stands in the page,
// and not where it is only the beginning of it or stands elsewhere.
func TestTrust(t *testing.T) {
	said := strings.Repeat("Fire the bricks slowly over two days in a kiln that was swept and dried. ", 8)
	other := strings.Repeat("Bricks of clay dug in autumn lie in frost all winter and are turned in spring. ", 16)
	for _, tt := range []struct {
		name, kind, body    string
		saidGoes, otherGoes string // up, down or ""
	}{
		{"a product", "Product", "<p>" + said + "</p><p>" + other + "</p>", "up", "down"},
		{"a product said elsewhere", "Product", "<p>" + other + "</p>", "", ""},
		{"the beginning of an article", "Article", "<p>" + said + "</p><p>" + other + "</p>", "", ""},
		{"an article", "Article", "<p>" + said + "</p><p>Related: bricks of clay.</p>", "up", "down"},
		{"the first post", "DiscussionForumPosting", "<p>" + said + "</p><p>" + other + "</p>", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := dom.Parse([]byte(`<script type="application/ld+json">{"@type":"` + tt.kind + `","articleBody":"` + said + `"}</script>` + tt.body))
			if err != nil {
				t.Fatal(err)
			}
			x := NewIndex(doc, NewAbout(metadata.Collect(doc), ""))
			p := make([]float32, len(x.Blocks))
			for i := range p {
				p[i] = 0.6
			}
			x.trust(p)
			for i := range p {
				want := tt.otherGoes
				if x.about.stated.has(x.lead[x.Blocks[i].first:x.Blocks[i].last]) {
					want = tt.saidGoes
				}
				if got := map[bool]string{p[i] > 0.6: "up", p[i] < 0.6: "down"}[true]; got != want {
					t.Errorf("block %d goes %q, want %q", i, got, want)
				}
			}
		})
	}
}
