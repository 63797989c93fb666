package mojibake

import (
	"strings"
	"testing"
)

// stripped returns text read as ISO 8859-1, without its control characters: half of what
// continues UTF-8.
func stripped(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		if c < 0x80 || c >= 0xA0 {
			b.WriteRune(rune(c))
		}
	}
	return b.String()
}

func TestStrippedControls(t *testing.T) {
	for _, want := range []string{
		"It’s the question everyone asks: “why doesn’t my note look right?” The answer — as usual — isn’t simple…",
		"I don’t think it’s the case.",
		"“Smart quotes” in English text, isn’t it?",
		"• First, the café’s menu costs €5.\n• Second, “quotes” aren’t quotes.",
		"L’école n’est pas loin, c’est vrai",
		"Les élèves n’ont pas compris. « C’est la vie », dit-il – Où ça ?",
		"Příliš žluťoučký kůň úpěl ďábelské ódy. Řeka teče.",
	} {
		broken := stripped(want)
		res := Fix([]byte(broken), Options{})
		if got := string(res.Text); got != want {
			t.Errorf("Fix(%q) = %q, want %q", broken, got, want)
		}
	}
	for _, right := range []string{
		"Mahâbhârata, Râmâyana et Allâh", "un âge d’or, un bâton, une âme", "Mae â hi, â’r plant",
		"Allâh and Allâh", "lâ ilâha illâ Allâh", "Kipling lived in Lâhore. Lâhore was his home.",
		"The Khâlsâ of Lâhore, he said. Mullâ Nasruddin met Musâ.", "My page shows â and Ã everywhere",
		"rızâ, duâ, hayâ, fedâ, cefâ, vefâ", "Inviâ, instalâ and discjariâ", "parktanÇık, #EvdenÇıkma",
		"kâğıt, hâlâ, rüzgâr", "â", "câine, pâine, sâmbătă", "Vẫn là â, ă và đ", "Tâhâ, Bâb", "châu Âu",
	} {
		if got := string(Fix([]byte(right), Options{}).Text); got != right {
			t.Errorf("Fix(%q) = %q", right, got)
		}
	}
}

// Where controls are kept, none was stripped; what is right beside what is broken hides nothing.
func TestNotStripped(t *testing.T) {
	for broken, want := range map[string]string{
		"Itâ\u0080\u0099s fine\n\nte â siwgr":      "It’s fine\n\nte â siwgr",
		"DonÔÇÖt use â here, itÔÇÖs wrong.":        "Don’t use â here, it’s wrong.",
		"Câ€™Ã¨ un bar.\n\n[[PerchÃ© la farÃ²â€]]": "C’è un bar.\n\n[[Perché la farò”]]",
	} {
		if got := string(Fix([]byte(broken), Options{}).Text); got != want {
			t.Errorf("Fix(%q) = %q, want %q", broken, got, want)
		}
	}
}

// Two letters of Cyrillic look like one that was misread; the others of their word tell.
func TestRightWordsBesideMisread(t *testing.T) {
	const broken = "Р±Р°С‡РёР»Рё\n\nПётр ушёл. Мій Рік, Тільки Після, Фёдор, Тёплый."
	const want = "бачили\n\nПётр ушёл. Мій Рік, Тільки Після, Фёдор, Тёплый."
	if got := string(Fix([]byte(broken), Options{}).Text); got != want {
		t.Errorf("Fix(%q) = %q, want %q", broken, got, want)
	}
}
