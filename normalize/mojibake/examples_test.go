package mojibake

import "testing"

// Mojibake that a line shows beside what it is of stays as an example of it; that
// which has the same word elsewhere does not.
func TestExamples(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"In Latin-1, é shows as Ã© in the output.", ""},
		{"You see Ã© instead of é, and “naïve” becomes â€œnaÃ¯veâ€\u009d.", ""},
		{"Some write cafÃ© (café), others DÃ¼sseldorf (Düsseldorf).", ""},
		{"The bug shows \"cafÃ©\" in the output instead of \"café\".", ""},
		{"è, Ã¨ and è", ""},
		{"Señor Núñez y seÃ±or Ruiz, señor", "Señor Núñez y señor Ruiz, señor"},
		{"We met at the café. The cafÃ© was closed.", "We met at the café. The café was closed."},
		{"20 Â°C to 30 °C", "20 °C to 30 °C"},
		{"Le cafÃ© est Ã\u00a0 cÃ´tÃ©. Le café de l’église est ouvert.", "Le café est à côté. Le café de l’église est ouvert."},
		{"Ein GrÃ¼ner sagt: Grüner geht’s nicht, auch nicht fÃ¼r GrÃ¼ne.", "Ein Grüner sagt: Grüner geht’s nicht, auch nicht für Grüne."},
	} {
		want := test.want
		if want == "" {
			want = test.text
		}
		if got := Fix([]byte(test.text), Options{}); string(got.Text) != want {
			t.Errorf("Fix(%q) = %q, want %q", test.text, got.Text, want)
		}
	}
}
