package charset_test

import (
	"strings"
	"testing"

	"github.com/clipmend/clipmend/normalize/charset"
)

// What stands first in a text decided for all of it: French with a word of UTF-8
// was gb18030 beyond doubt, and clean would have written it as Chinese.
func TestMixedTextIsWhatItMostlyIs(t *testing.T) {
	long := strings.Repeat("Le café est situé à l'extérieur de la ville, où les élèves se réunissent après l'école. ", 6)
	for _, c := range []struct{ text, enc string }{
		{long, "windows-1252"},
		{strings.Repeat(russian+"\n", 6), "windows-1251"},
		{strings.Repeat(chinese, 6), "gb18030"},
		{strings.Repeat("Вчера вечером мы ходили в театр. ", 6), "koi8-r"},
		{strings.Repeat("어제 저녁에 우리는 극장에 가서 새로운 공연을 보았습니다. ", 6), "euc-kr"},
		{strings.Repeat(japanese+"\n", 6), "shift_jis"},
	} {
		bytes := string(encoded(t, c.text, c.enc))
		for _, word := range []string{"déjà", "naïve", "“déjà”", "été", "Zoë", "東京", "привет", "Œuvres complètes de Zoë – à propos"} {
			for _, text := range []string{word + "\n" + bytes, bytes + "\n" + word, word + " " + bytes + "\n" + word} {
				g := charset.Detect([]byte(text), charset.Options{})
				if g.Encoding != c.enc {
					t.Errorf("%s with %s at %d: %+v", c.enc, word, strings.Index(text, word), g)
				}
			}
		}
	}
}

// UTF-8 with bytes that are not is no more than the share that is.
func TestBrokenUTF8IsNotSure(t *testing.T) {
	text := strings.Repeat("Всё это было сказано по-русски. ", 20)
	before := 1.0
	for _, broken := range []int{1, 20, 60} {
		g := charset.Detect([]byte(text+strings.Repeat("\xE9t\xE9 ", broken)), charset.Options{})
		if g.Encoding != "utf-8" || g.Confidence >= before || g.Confidence < .5 {
			t.Errorf("%d broken: %+v, before %v", broken, g, before)
		}
		before = g.Confidence
	}
	lost := strings.ReplaceAll(strings.Repeat(chinese, 4), "我", "\xE6\x88")
	if g := charset.Detect([]byte(lost), charset.Options{}); g.Encoding != "utf-8" || g.Confidence > .99 {
		t.Errorf("a byte lost here and there: %+v", g)
	}
	if g := charset.Detect([]byte("déjà vu\ndéjà dit\ndéjà fait\nd\xe9j\xe0 \x93ok\x94\n"), charset.Options{}); g.Encoding != "utf-8" {
		t.Errorf("a short one: %+v", g)
	}
}

// Words of UTF-8 and of a code page in turn read as Chinese without many mistakes.
// Those of UTF-8 are marked.
func TestWordsInTwoEncodings(t *testing.T) {
	for text, enc := range map[string]string{
		"понравилась. всем +постановку, +Вчера +ходили": "windows-1251",
		"+παράσταση. το θέατρο είδαμε":                  "windows-1253",
		"παράσταση. +πήγαμε +Χθες +μια":                 "windows-1253",
		"πήγαμε +πήγαμε":                                "windows-1253",
	} {
		var mixed []byte
		for word := range strings.FieldsSeq(text) {
			if utf8, found := strings.CutPrefix(word, "+"); found {
				mixed = append(mixed, utf8+" "...)
			} else {
				mixed = append(mixed, encoded(t, word+" ", enc)...)
			}
		}
		if g := charset.Detect(mixed, charset.Options{}); g.Encoding != enc && g.Encoding != "utf-8" {
			t.Errorf("%s: %+v", text, g)
		}
	}
}
