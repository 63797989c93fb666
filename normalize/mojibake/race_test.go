package mojibake

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/normalize/plausible"
)

func charsetByName(t *testing.T, all []charset, name string) charset {
	t.Helper()
	i := slices.IndexFunc(all, func(c charset) bool { return c.name == name })
	if i < 0 {
		t.Fatalf("no encoding is called %q", name)
	}
	return all[i]
}

// Pairs of encodings that others come close to: that have kana in the same place,
// that meet a control character, and whose words stand in two windows.
func TestRaceIsWonByThePair(t *testing.T) {
	for _, c := range []struct{ from, read, text string }{
		{"euc-jp", "koi8-r", "パイプエラー"},
		{"ibm852", "windows-1250", "A jeśli tak nie jest,"},
		{"iso-8859-5", "macintosh", "Модел TreeView-а"},
		{"windows-1251", "iso-8859-1", "Съешь же ещё этих мягких французских булок, да выпей чаю."},
		{"euc-kr", "shift_jis", "오른쪽 Ctrl+오른쪽 Alt"},
		{"shift_jis", "windows-1252", "モデルのパラメータ"},
	} {
		b, ok := charsetByName(t, sources(), c.from).encode(nil, []rune(c.text))
		if !ok {
			t.Fatalf("%s has not all of %q", c.from, c.text)
		}
		read := charsetByName(t, misreaders(), c.read)
		var bad []rune
		for len(b) > 0 {
			n := 1
			if !read.single && b[0] >= 0x80 {
				n = 2
			}
			r, ok := read.decode(nil, b[:n])
			if !ok {
				r = []rune{rune(b[0])} // as programs keep what an encoding does not have
				n = 1
			}
			bad, b = append(bad, r...), b[n:]
		}
		if res := Fix([]byte(string(bad)), Options{}); string(res.Text) != c.text {
			t.Errorf("%s>%s: %q became %q, want %q by %v", c.from, c.read, string(bad), res.Text, c.text, res.Plan)
		}
	}
}

// A counted scorer tells how often it was asked.
type counted struct {
	scorer
	n *int
}

func (c counted) Step(s plausible.State, r rune) (float32, plausible.State) {
	*c.n++
	return c.scorer.Step(s, r)
}

// Of a window no more is read than tells whether it is odd: not what is behind, if that
// is clear, nor ASCII that the model has forgotten.
func TestWindowIsLookedAt(t *testing.T) {
	for text, most := range map[string]int{
		"Проверьте, что кабель подключён, затем снова нажмите кнопку":   40,
		"Before anything is switched off, the café is closed for a day": 4,
		"«Élan»: naïve façade, or not even that, à la Zoë, straße":      30,
	} {
		n := 0
		m := counted{loaded(embedded{}), &n}
		w := newOddWindow([]byte(text), meanOf(m, []byte(text), surelyFluent, wholly))
		if n > most {
			t.Errorf("%q: the model was asked %d times", text, n)
		}
		want, _ := scoreAbove(m, text, never)
		if got := w.kept(m); got != want {
			t.Errorf("%q: %v nats, want %v", text, got, want)
		}
		var sum float32
		odd := 0
		for i, r := range w.runes {
			if outside(r) {
				sum += w.sums[i+1] - w.sums[i]
				odd++
			}
		}
		if mean := sum / float32(odd); n <= 30 && math.Abs(float64(mean-w.mean)) > .01 {
			t.Errorf("%q: a mean of %v, want %v", text, w.mean, mean)
		}
	}
}

// A text of which a part is UTF-8 that was misread is not taken for one in another
// encoding for all of that.
func TestPartsReadInTwoWays(t *testing.T) {
	legacy := "Обнаружена незакрытая кавычка в командной строке. Не использовать клавиатуру считывателя."
	utf8 := "Съешь же ещё этих мягких французских булок, да выпей чаю."
	b, _ := charsetByName(t, sources(), "windows-1251").encode(nil, []rune(legacy))
	first, _ := charsetByName(t, misreaders(), "iso-8859-1").decode(nil, b)
	last := breakText(channelOf([]Layer{{Encoding: "windows-1252", Lost: lostKept}}), utf8)
	bad := string(first) + "\n\n" + last + "\n"
	if res := Fix([]byte(bad), Options{}); string(res.Text) != legacy+"\n\n"+utf8+"\n" {
		t.Errorf("%q became %q by %v", bad, res.Text, res.Plan)
	}
	for text, want := range map[string]bool{string(first): true, last: false} {
		s := takeOdd(embedded{}, []byte(text))
		if got := s.infer(embedded{}).surely(utf8Share(s.all)); got != want {
			t.Errorf("%.40q: %v", text, got)
		}
	}
}

// One word at the end of a long text that is right otherwise is found, though most
// of such a text is passed over.
func TestLastWordOfRightText(t *testing.T) {
	for _, before := range []string{"La première fois, il a été très occupé à préparer le café.\n", "Проверьте, что кабель подключён, затем снова нажмите кнопку.\n", "请检查电缆是否连接，然后再次按下按钮。\n"} {
		right := strings.Repeat(before, 60)
		for in, want := range map[string]string{
			"They don鈥檛 help.\n": "They don’t help.\n",
			"鍒嗘瀽涓€涓嬬粨鏋滃惂\n":      "分析一下结果吧\n",
		} {
			if res := Fix([]byte(right+in), Options{}); string(res.Text) != right+want {
				t.Errorf("%q after %q became %q by %v", in, before, res.Text[min(len(right), len(res.Text)):], res.Plan)
			}
		}
	}
}
