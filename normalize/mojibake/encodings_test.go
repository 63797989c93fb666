package mojibake

import (
	"slices"
	"strings"
	"testing"
)

// UTF-8 that was read as any code page is mended, but
// for those that leave bytes of most letters undefined.
func TestEveryCodePage(t *testing.T) {
	const right = "Žluťoučký kůň přeskočil přes plot. Les élèves étudient déjà à l’école. Съешь ещё этих мягких булок, да выпей чаю."
	for _, p := range codepages() {
		if slices.Contains(p.runes[0xA0:], none) {
			continue // of what is lost there, a few words do not tell enough
		}
		t.Run(p.name, func(t *testing.T) {
			var broken strings.Builder
			for _, b := range []byte(right) {
				if r := p.runes[b]; r != none {
					broken.WriteRune(r)
				} else {
					broken.WriteRune(rune(b))
				}
			}
			if got := Fix([]byte(broken.String()), Options{}); string(got.Text) != right {
				t.Errorf("Fix(%q) = %q", broken.String(), got.Text)
			}
		})
	}
}
