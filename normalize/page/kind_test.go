package page

import "testing"

func TestKind(t *testing.T) {
	for _, tt := range []struct {
		url, src string
		want     Kind
	}{
		{"https://kilns.example/x", `<p>a`, Article},
		{"https://kilns.example/docs/x", `<p>a`, Documentation},
		{"https://kilns.example/x", `<meta name=generator content="Discourse 3"><p>a`, Forum},
		{"https://kilns.example/x", `<script type="application/ld+json">{"@type":"Product"}</script><p>a`, Product},
		{"https://kilns.example/x", `<script type="application/ld+json">[{"@type":"Product"},{"@type":"BlogPosting"}]</script><p>a`, Article},
		{"https://kilns.example/collections/bricks", `<p>a`, Collection},
		{"https://kilns.example/services/repair", `<p>a`, Service},
		{"https://kilns.example/tag/clay", `<p>a`, Listing},
	} {
		p, err := Convert([]byte(tt.src), Options{URL: tt.url})
		if err != nil || p.Kind != tt.want {
			t.Errorf("%s %s: kind %q, error %v; want %q", tt.url, tt.src, p.Kind, err, tt.want)
		}
	}
}
