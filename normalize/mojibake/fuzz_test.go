package mojibake

import (
	"strings"
	"testing"
)

// rightLines are what FuzzCleanStaysClean puts together anew.
var rightLines = []string{
	plainEnglish, manyTongues,
	"Ålesund — “curly”, ‘single’, fi ﬁ ligature, １２３ ＡＢＣ, naïve café\n",
	"RÉSUMÉ : l’été, ÇA ET LÀ, Œuvre, Ÿ\n",
	"└── src/ ├── main.go │ ─ ┌──┐\n",
	"می\u200cخواهم 👩\u200d💻 हिन्दी क्\u200dष ไทย ភាសា\n",
	"Hwæt! Wē Gār-Dena in geārdagum, þēodcyninga þrym gefrūnon\n",
	"Größe, Maß, Übergröße; año, ¿qué?; coração, São Paulo; Łódź, źdźbło; őrült, tűz\n",
	"Ελληνικά και άλλα, Українська мова, Български език, עברית, العربية\n",
	"日本語の文章です。中文简体字，繁體字。한국어 문장입니다.\n",
}

// Right lines stay byte for byte, however they are put together.
func FuzzCleanStaysClean(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3})
	f.Add([]byte{4, 5, 6, 7, 8, 9})
	f.Fuzz(func(t *testing.T, order []byte) {
		var b strings.Builder
		for _, k := range order[:min(len(order), 64)] {
			words := strings.Fields(rightLines[int(k)%len(rightLines)])
			from := int(k) / len(rightLines) % len(words)
			b.WriteString(strings.Join(words[from:], " "))
			b.WriteByte('\n')
		}
		if res := Fix([]byte(b.String()), Options{}); string(res.Text) != b.String() {
			t.Fatalf("%q\n became %q\n by %v", b.String(), res.Text, res.Plan)
		}
	})
}

// Breaking what a chain's repair gave, by that chain, gives what was there.
func FuzzCertificate(f *testing.F) {
	for _, s := range []string{brokenFrench, "ã¨ã\uFFFD¨ã?", "ÃƒÆ’Ã‚Â©", "NÄ›kolik pÅ™Ã\u00adliÅ¡", "├⌐ r├⌐p├⌐t├⌐", "l'ã©tã© est trã¨s", "ã¨\xc3", "0Ã \xa2Ã\u0083"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4096 {
			return
		}
		now := []byte(text)
		res := Fix(now, Options{})
		for _, r := range res.Repairs {
			if r.Pass > 0 || r.Rule != ruleMisread && r.Rule != ruleLost || res.Plan.Steps[0].From != "" {
				continue
			}
			c := channelOf(res.Plan.Steps[0].Chain)
			was, _ := characters([]byte(r.Was), nil, nil)
			if !c.breaks(r.Now, was, true) && !c.breaks(cesuOf(r.Now), was, true) {
				t.Fatalf("%q is not what %v makes of %q", r.Was, res.Plan.Steps[0].Chain, r.Now)
			}
		}
	})
}

// cesuOf returns the CESU-8 of s.
func cesuOf(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteString(cesu(r))
	}
	return b.String()
}
