package mojibake

import (
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

// A note of one line, as clips are: the search for a chain is most of its cost.
func BenchmarkNote(b *testing.B) {
	note := []byte(brokenFrench)
	b.SetBytes(int64(len(note)))
	b.ReportAllocs()
	for b.Loop() {
		Fix(note, Options{})
	}
}
