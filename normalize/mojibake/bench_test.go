package mojibake

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

const (
	plainEnglish = "The quick brown fox jumps over the lazy dog, and nobody minds it at all.\n"
	manyTongues  = "Příliš žluťoučký kůň úpěl ďábelské ódy. Съешь же ещё этих мягких булок. 天地玄黄，宇宙洪荒。 " +
		"Zwölf Boxkämpfer jagen Viktor quer über den Sylter Deich. いろはにほへと、ちりぬるを。 Ξεσκεπάζω τὴν ψυχοφθόρα. " +
		"키스의 고유조건은 입술끼리 만나야 한다. نص حكيم له سر قاطع. Voix ambiguë d’un cœur — naïveté.\n"
	brokenFrench = "VoilÃ  le travail dÃ©jÃ  terminÃ© par lâ€™Ã©quipe, trÃ¨s tÃ´t ce matin-lÃ .\n"
)

func BenchmarkFix(b *testing.B) {
	for _, c := range []struct{ name, line string }{
		{"ascii", plainEnglish},
		{"clean", manyTongues},
		{"broken", brokenFrench},
		{"bytes dropped", breakText(channelOf([]Layer{{Encoding: "windows-1252", Lost: lostDropped}}), manyTongues)},
		{"twice", breakText(channelOf([]Layer{{Encoding: "windows-1252", Lost: lostKept}, {Encoding: "windows-1252", Lost: lostDropped}}), manyTongues)},
		{"read as GBK", "閼戞柤鏈夊繀瑕佷績鐨\n"},
	} {
		text := []byte(strings.Repeat(c.line, 1<<20/len(c.line)))
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				Fix(text, Options{})
			}
		})
		b.Run(c.name+"-utf8.Valid", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				utf8.Valid(text)
			}
		})
	}
}

// Text that does not repeat itself, broken without loss and with it.
func BenchmarkUndo(b *testing.B) {
	rng := rand.New(rand.NewPCG(7, 8))
	words := strings.Fields(manyTongues)
	var text strings.Builder
	for n := 0; text.Len() < 1<<20; n++ {
		text.WriteString(words[rng.IntN(len(words))])
		text.WriteByte(" \n"[n%12/11])
	}
	kept := Layer{Encoding: "windows-1252", Lost: lostKept}
	for _, c := range []struct {
		name   string
		layers []Layer
	}{
		{"kept", []Layer{kept}},
		{"kept thrice", []Layer{kept, kept, kept}},
		{"dropped", []Layer{{Encoding: "windows-1252", Lost: lostDropped}}},
		{"replaced", []Layer{{Encoding: "windows-1252", Lost: lostReplaced}}},
	} {
		broken := []byte(breakText(channelOf(c.layers), text.String()))
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(broken)))
			b.ReportAllocs()
			for b.Loop() {
				Fix(broken, Options{})
			}
		})
	}
}

// A note of one line, as clips are, and what most notes are: right, or broken in
// one way.
func BenchmarkNote(b *testing.B) {
	cyrillic := strings.Repeat("Съешь же ещё этих мягких французских булок, да выпей чаю. ", 40)
	bytes, _ := codepageCharset(codepageByName("windows-1251")).encode(nil, []rune(cyrillic))
	broken, _ := codepageCharset(codepageByName("iso-8859-1")).decode(nil, bytes)
	for _, c := range []struct{ name, note string }{
		{"line", brokenFrench},
		{"right", strings.Repeat(manyTongues, 8)},
		{"right French", strings.Repeat("Voilà le travail déjà terminé par l’équipe, très tôt ce matin-là.\n", 60)},
		{"right Russian", cyrillic},
		{"read as Latin-1", string(broken)},
		{"broken", strings.Repeat(brokenFrench, 4096/len(brokenFrench))},
		{"broken tongues", breakText(channelOf([]Layer{{Encoding: "windows-1252", Lost: lostDropped}}), strings.Repeat(manyTongues, 4))},
		{"broken twice", breakText(channelOf([]Layer{{Encoding: "windows-1252", Lost: lostKept}, {Encoding: "windows-1252", Lost: lostKept}}), strings.Repeat(manyTongues, 2))},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.note)))
			b.ReportAllocs()
			for b.Loop() {
				Fix([]byte(c.note), Options{})
			}
		})
	}
}
