package charset_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/charset"
)

func encoded(t testing.TB, text, name string) []byte {
	t.Helper()
	b, err := charset.Encode([]byte(text), name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const (
	russian  = "Съешь же ещё этих мягких французских булок, да выпей чаю."
	chinese  = "今天天气很好，我们一起去公园散步，然后回家吃饭。"
	japanese = "今日は天気がいいので、公園へ散歩に行きましょう。"
	french   = "L’été, les élèves préfèrent être à la plage plutôt qu’à l’école."
)

func TestDecode(t *testing.T) {
	for _, c := range []struct{ text, enc string }{
		{russian, "windows-1251"},
		{russian, "koi8-r"},
		{russian, "ibm866"},
		{russian, "utf-16le"},
		{russian, "utf-16be"},
		{chinese, "gb18030"},
		{chinese, "utf-16le"},
		{chinese, "utf-16be"},
		{"今天天氣很好，我們一起去公園散步。", "big5"},
		{japanese, "shift_jis"},
		{japanese, "euc-jp"},
		{japanese, "iso-2022-jp"},
		{"오늘은 날씨가 좋아서 공원에 갑니다.", "euc-kr"},
		{french, "windows-1252"},
		{"If you’re away", "windows-1252"}, // one apostrophe, which Macintosh reads as í
		{"I don’t know if you’ve seen what they’re doing, but it isn’t “good”.", "windows-1252"},
		{"Open the file…", "windows-1252"}, // no character cut short, as which it is not UTF-8
		{french, "utf-8"},
		{"Příliš žluťoučký kůň úpěl ďábelské ódy.", "windows-1250"},
		{"plain text, long enough", "utf-32le"},
		{"plain text, long enough", "utf-32be"},
	} {
		got, g, err := charset.Decode(encoded(t, c.text, c.enc), charset.Options{})
		if err != nil || string(got) != c.text {
			t.Errorf("%s: %+v, %v: %q", c.enc, g, err, got)
		}
	}
}

// A declaration decides between readings of a kind, not for nonsense.
func TestDeclared(t *testing.T) {
	page := func(label string) string { return `<html><head><meta charset="` + label + `"></head><body>` }
	for _, c := range []struct {
		name string
		b    []byte
		o    charset.Options
		want string
	}{
		{"label", encoded(t, "na\u00efve", "windows-1252"), charset.Options{Label: "ISO-8859-1"}, "windows-1252"},
		{"gb2312 is gbk", encoded(t, chinese, "gbk"), charset.Options{Label: "gb2312"}, "gbk"},
		{"ks_c_5601", encoded(t, "안녕하세요", "euc-kr"), charset.Options{Label: "ks_c_5601-1987"}, "euc-kr"},
		{"meta", append([]byte(page("koi8-r")), encoded(t, russian, "koi8-r")...), charset.Options{HTML: true}, "koi8-r"},
		{"lying meta", append([]byte(page("iso-8859-1")), encoded(t, russian, "windows-1251")...), charset.Options{HTML: true}, "windows-1251"},
		{"lying label", []byte(chinese), charset.Options{Label: "iso-8859-1"}, "utf-8"},
		{"label that is sure", []byte(chinese), charset.Options{Label: "latin1", Sure: true}, "windows-1252"},
		{"UTF-16 that is sure", []byte("\x04\x10\x04\x11"), charset.Options{Label: "utf-16be", Sure: true}, "utf-16be"},
		{"sure, but for a mark", []byte("\xFE\xFF\x04\x10"), charset.Options{Label: "utf-16", Sure: true}, "utf-16be"},
		{"unknown label", encoded(t, russian, "windows-1251"), charset.Options{Label: "x-nothing"}, "windows-1251"},
	} {
		if g := charset.Detect(c.b, c.o); g.Encoding != c.want {
			t.Errorf("%s: %+v, want %s", c.name, g, c.want)
		}
	}
}

func TestByteOrderMark(t *testing.T) {
	for enc, mark := range map[string]string{
		"utf-8": "\xEF\xBB\xBF", "utf-16le": "\xFF\xFE", "utf-16be": "\xFE\xFF",
		"utf-32le": "\xFF\xFE\x00\x00", "utf-32be": "\x00\x00\xFE\xFF",
	} {
		b := append([]byte(mark), encoded(t, french, enc)...)
		got, g, err := charset.Decode(b, charset.Options{Label: "koi8-r"})
		if err != nil || string(got) != french || g.Source != "bom" {
			t.Errorf("%s: %+v, %v, %q", enc, g, err, got)
		}
	}
}

func TestBinaryIsTold(t *testing.T) {
	for name, b := range map[string][]byte{
		"gzip": []byte("\x1F\x8B\x08\x00\x00\x00"), "png": []byte("\x89PNG\r\n\x1a\n"), "zeros": make([]byte, 1000),
		"controls": bytes.Repeat([]byte("\x01\x02\x80\x03"), 100),
	} {
		if _, g, err := charset.Decode(b, charset.Options{}); !errors.Is(err, charset.ErrBinary) {
			t.Errorf("%s: %+v, %v", name, g, err)
		}
	}
}

func TestCleanTextIsReturnedItself(t *testing.T) {
	b := []byte(chinese)
	got, _, err := charset.Decode(b, charset.Options{Label: "gbk"})
	if err != nil || &got[0] != &b[0] {
		t.Errorf("copied, or %v", err)
	}
}

func TestReader(t *testing.T) {
	for _, enc := range []string{"utf-8", "windows-1251", "utf-16le"} {
		text := strings.Repeat(russian+"\n", 2000)
		r, g, err := charset.NewReader(bytes.NewReader(encoded(t, text, enc)), charset.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || string(got) != text {
			t.Errorf("%s: %+v, %v", enc, g, err)
		}
	}
}

func TestEncodeUnknown(t *testing.T) {
	if _, err := charset.Encode(nil, "x-nothing"); !errors.Is(err, charset.ErrUnknown) {
		t.Error(err)
	}
	if _, err := charset.Encode([]byte(russian), "windows-1252"); err == nil {
		t.Error("Russian in windows-1252")
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{
		"", "\xFF", "\x1B$B", "\xFF\xFE\x00\x00a", "\x81\x30", "<meta charset=gbk>\xB0", strings.Repeat("\xFF", 5000),
		strings.Repeat("\x81\xFE", 3000), "a\x00b\x00c", "\x00\xD8\x00\xD8\x00\xD8",
	} {
		f.Add([]byte(s), "gbk")
	}
	f.Fuzz(func(t *testing.T, b []byte, label string) {
		text, g, err := charset.Decode(b, charset.Options{Label: label, HTML: true})
		if err == nil && (!utf8.Valid(text) || g.Encoding == "" || g.Confidence <= 0 || g.Confidence > 1) {
			t.Errorf("%+v: %q", g, text)
		}
	})
}

func ExampleDetect() {
	b := []byte("\xcf\xf0\xe8\xe2\xe5\xf2, \xea\xe0\xea \xe4\xe5\xeb\xe0?")
	fmt.Println(charset.Detect(b, charset.Options{}).Encoding)
	// Output: windows-1251
}

func BenchmarkDetect(b *testing.B) {
	text := encoded(b, strings.Repeat(russian+"\n", 10000), "windows-1251")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		charset.Detect(text, charset.Options{})
	}
}
