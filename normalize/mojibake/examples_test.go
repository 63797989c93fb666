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
		// What lost a byte is of what stands beside it.
		{"| À | Ã€ |\n| Á | Ã |\n| Â | Ã‚ |\n| Í | Ã |\n| Ð | Ã |\n| á | Ã¡ |\n", ""},
		{"| â€œ | \" |\n| â€ | \" |\n| â€™ | ' |\n", ""},
		{"Common problems: â€œ for “, â€ for ”, â€™ for ’ and â€” for —.", ""},
		{"Emoji break too: ðŸ˜€ is 😀, and ðŸ‘ is 👍.", ""},
		{"\"ÃƒÂ©\" is “é” encoded twice.", ""},
		// Strings and patterns of one sign.
		{"s.replace(\"â€™\", \"'\")", ""},
		{"s/Ã¤/ae/g; s/Ã¶/oe/g; s/Ã¼/ue/g", ""},
		{"SELECT * FROM posts WHERE body LIKE '%â€™%';", ""},
		{"The regex /[â€™â€˜]/ finds them.", ""},
		{"fix_text('âœ” No problems') returns '✔ No problems'.", ""},
		{"Im Betreff steht dann „FÃ¼râ€œ statt „Für“.", ""},
		// Signs that stand nowhere by themselves, and lists of letters.
		{"Files that begin with ï»¿ have a byte order mark.", ""},
		{"if (line.startsWith(\"ï»¿\")) line = line.substring(3);", ""},
		{"It shows â€™ where it should show an apostrophe — what’s wrong?", ""},
		{"Wenn Zeichen wie Ã¤, Ã¶ und Ã¼ erscheinen, stimmt die Kodierung nicht – etwa in für.", ""},
		// Text about encodings.
		{"When UTF-8 is read as ISO-8859-1, letters turn into two: Ã© , Ã¨ , Ã¼ and so on.", ""},
		{"The word привет turns into Ð¿Ñ€Ð¸Ð²ÐµÑ‚ if UTF-8 is read as Latin-1.", ""},
		{"**Mojibake** (文字化け) is text such as “æ–‡å\u00ad—åŒ–ã\u0081‘”.", ""},
		// What is broken itself is not an example of it.
		{"Je vais Ã\u00a0 Paris. Il habite à Lyon.", "Je vais à Paris. Il habite à Lyon."},
		{"Isso Ã© bom. Ele é meu amigo.", "Isso é bom. Ele é meu amigo."},
		{"Use UTF-8 â€” it is good.", "Use UTF-8 — it is good."},
		{"Passer Ã\u00a0 UTF-8", "Passer à UTF-8"},
		{"ï»¿# Title", "\ufeff# Title"},
		{"The charset â€“ say \"Ã©\" â€“ isnâ€™t right", "The charset – say \"é\" – isn’t right"},
		{"| Price | 5 â‚¬ |\n| Done | âœ“ |\n", "| Price | 5 € |\n| Done | ✓ |\n"},
		{"â€œNoâ€\u009d (â€˜noâ€™)", "“No” (‘no’)"},
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
