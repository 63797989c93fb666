package charset_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/clipmend/clipmend/internal/cputime"
	"github.com/clipmend/clipmend/normalize/charset"
)

// endless gives one text again and again, n bytes in all.
type endless struct {
	text string
	n    int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.n == 0 {
		return 0, io.EOF
	}
	p = p[:min(len(p), e.n)]
	for i := range p {
		p[i] = e.text[(e.n-i)%len(e.text)]
	}
	e.n -= len(p)
	return len(p), nil
}

// A long stream is decided on its beginning and never held whole.
func TestReaderHoldsLittle(t *testing.T) {
	for _, text := range []string{"a", "\xE0", "\n"} {
		r, _, err := charset.NewReader(&endless{text, 32 << 20}, charset.Options{})
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		buf := make([]byte, 1<<16)
		read := 0
		allocated := testing.AllocsPerRun(1, func() {
			for {
				n, err := r.Read(buf)
				read += n
				if err != nil {
					break
				}
			}
		})
		if read < 32<<20 || allocated > 100 {
			t.Errorf("%q: read %d, %v allocations", text, read, allocated)
		}
	}
}

// Whatever the bytes are, the answer comes soon, and is text or ErrBinary.
func TestHostileBytes(t *testing.T) {
	const size = 1 << 20
	for name, b := range map[string][]byte{
		"one character":    bytes.Repeat([]byte("é"), size/2),
		"0xFF":             bytes.Repeat([]byte{0xFF}, size),
		"0x80":             bytes.Repeat([]byte{0x80}, size),
		"lead bytes":       bytes.Repeat([]byte{0x81, 0xFE}, size/2),
		"zeros":            make([]byte, size),
		"zero and 0xFF":    bytes.Repeat([]byte{0, 0xFF}, size/2),
		"gzip":             append([]byte("\x1F\x8B\x08"), bytes.Repeat([]byte("\xA7x\x00\x91"), size/4)...),
		"lone surrogates":  bytes.Repeat([]byte("\x00\xD8"), size/2),
		"half a character": []byte("\xE9\x80"),
		"open comment":     []byte("<!--" + strings.Repeat("<meta <!-- charset", size/20) + "\xFF"),
		"escapes":          bytes.Repeat([]byte("\x1B$B"), size/3),
	} {
		t.Run(name, func(t *testing.T) {
			cputime.Within(t, 5*time.Second, func() {
				text, g, err := charset.Decode(b, charset.Options{HTML: true, Label: "euc-jp"})
				if err != nil && !errors.Is(err, charset.ErrBinary) || err == nil && !utf8.Valid(text) {
					t.Errorf("%+v, %v", g, err)
				}
			})
		})
	}
}

// A stream or snippet may begin or end within a character.
func TestCutCharacters(t *testing.T) {
	for _, enc := range []string{"utf-8", "gb18030", "shift_jis", "euc-jp", "utf-16le"} {
		b := encoded(t, strings.Repeat(japanese, 4), enc)
		for cut := 1; cut < 4; cut++ {
			if g := charset.Detect(b[:len(b)-cut], charset.Options{}); g.Encoding != enc {
				t.Errorf("%s without its last %d bytes: %+v", enc, cut, g)
			}
		}
	}
}

// Pages that declare their encoding in each of the ways that pages do, rightly
// or not.
func TestPages(t *testing.T) {
	const html, xml = `<!DOCTYPE html><html><head>`, `<?xml version="1.0" encoding="`
	body := func(text string) string {
		return "<title>" + text + "</title></head><body><p>" + text + "</p></body></html>"
	}
	for _, c := range []struct{ name, head, text, enc, label string }{
		{"quoted", html + `<meta charset="windows-1251">`, russian, "windows-1251", ""},
		{"single quotes", html + `<meta charset='shift_jis'>`, japanese, "shift_jis", ""},
		{"bare", html + `<META CHARSET=euc-kr>`, "오늘은 날씨가 좋아서 공원에 갑니다.", "euc-kr", ""},
		{"http-equiv", html + `<meta http-equiv="Content-Type" content="text/html; charset=gb2312">`, chinese, "gb18030", ""},
		{"turned about", html + `<meta content='text/html;charset=Big5' http-equiv=content-type>`, "今天天氣很好，我們一起去公園散步。", "big5", ""},
		{"xml", xml + `iso-8859-2"?><html><head>`, "Zażółć gęślą jaźń, proszę państwa.", "iso-8859-2", ""},
		{"after a comment", `<!-- ` + strings.Repeat("licence ", 200) + `-->` + html + `<meta charset=koi8-r>`, russian, "koi8-r", ""},
		{"in a comment", html + `<!-- <meta charset=koi8-r> -->`, russian, "windows-1251", ""},
		{"none", html, russian, "windows-1251", ""},
		{"none, Chinese", html, chinese, "gb18030", ""},
		{"utf-8 that is not", html + `<meta charset=utf-8>`, french, "windows-1252", ""},
		{"latin-1 that is not", html + `<meta charset=iso-8859-1>`, japanese, "euc-jp", ""},
		{"utf-16 that is not", html + `<meta charset=utf-16>`, russian, "windows-1251", ""},
		{"unknown name", html + `<meta charset=x-none>`, russian, "windows-1251", ""},
		{"header against meta", html + `<meta charset=windows-1252>`, russian, "windows-1251", "cp1251"},
		{"wrong header", html + `<meta charset=windows-1251>`, russian, "windows-1251", "iso-8859-1"},
		{"utf-8, declared otherwise", html + `<meta charset=gbk>`, chinese, "utf-8", "gbk"},
		{"turkish as latin-5", html + `<meta charset=iso-8859-9>`, "Çalışma dosyasını açınız, lütfen.", "windows-1254", ""},
		{"hebrew", html + `<meta charset=windows-1255>`, "היום יום יפה ואנחנו הולכים לפארק.", "windows-1255", ""},
		{"arabic", html, "الطقس جميل اليوم ونحن ذاهبون إلى الحديقة.", "windows-1256", ""},
		{"thai", html + `<meta charset=tis-620>`, "วันนี้อากาศดีมากเราไปเดินเล่นกัน", "windows-874", ""},
		{"greek", html, "Σήμερα ο καιρός είναι καλός και πάμε στο πάρκο.", "windows-1253", ""},
	} {
		want := c.head + body(c.text)
		got, g, err := charset.Decode(encoded(t, want, c.enc), charset.Options{HTML: true, Label: c.label})
		if err != nil || string(got) != want {
			t.Errorf("%s: %+v, %v", c.name, g, err)
		}
	}
}
