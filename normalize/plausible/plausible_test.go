package plausible_test

import (
	"fmt"
	"math"
	"testing"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/plausible"
)

func score(text string) float64 {
	p, _ := plausible.Default().Score([]byte(text))
	return p
}

// The right reading of a text is likelier than a wrong one of the same length.
func TestScorePrefersLanguage(t *testing.T) {
	for _, c := range []struct{ right, wrong string }{
		{"Die Straße ist für Fußgänger gesperrt.", "Die Straþe ist fŸr Fuþgšnger gesperrt."},
		{"Привет, как дела?", "оПХБЕР, ЙЮЙ ДЕКЮ?"},
		{"これは日本語の文章です。", "偙傟偼擔杮岅偺暥復偱偡丅"},
		{"这是一个例子", "這昰①個例仔"},
		{"Çalışma dosyasını açınız", "Çalýþma dosyasýný açýnýz"},
		{"逐篇讲解DeepSeek关键9篇论文", "逝篇讲解DeepSeek关键9篇论文"},
		{"逐篇讲解DeepSeek关键9篇论文", "送篇讲解DeepSeek关键9篇论文"},
		{"逐篇讲解DeepSeek关键9篇论文", "透篇讲解DeepSeek关键9篇论文"},
		{"Ελληνικά κείμενα", "ΕλληνικΆ κείμεναΎ"},
	} {
		if right, wrong := score(c.right), score(c.wrong); right <= wrong {
			t.Errorf("%q: %.1f, %q: %.1f", c.right, right, c.wrong, wrong)
		}
	}
}

// What the language wants in a gap is likelier than all else that may stand
// there together.
func TestGaps(t *testing.T) {
	const line = "篇讲解DeepSeek关键9篇论文"
	for _, c := range []struct{ before, gap, after string }{
		{"Notes on ", "逐送逍透逝造", line},
		{"", "逐送逍透逝造", line},
		{"\"", "逐送逍透逝造", line},
		{"Notes on 逐" + line, "及偊半吊坊劍劏办劐劝", "创新点"},
		{"Notes on 逐" + line + "及创新点——“勇敢者的游", "戏戁戍成戝", "”"},
		{"Die Stra", "ßÀÊþ", "e ist gesperrt"},
		{"при", "вОПбґ", "ет, друзья"},
	} {
		var right, sum float64
		for i, r := range []rune(c.gap) {
			p := score(c.before + string(r) + c.after)
			if i == 0 {
				right = p
			}
			sum += math.Exp(p - right)
		}
		if 1/sum < .5 {
			t.Errorf("%s[%s]%s: the first has %.2f", c.before, c.gap, c.after, 1/sum)
		}
	}
}

// After Latin text the probabilities of Latin characters sum to about 1: not
// more, save for rounding, and not much less.
func TestStepIsAProbability(t *testing.T) {
	m := plausible.Default()
	for _, before := range []string{"a", "the ", "Stra", "12"} {
		var s plausible.State
		for _, r := range before {
			_, s = m.Step(s, r)
		}
		sum := 0.0
		for r := rune(1); r < 0x250; r++ {
			if r == '\t' || r == '\r' {
				continue
			}
			p, _ := m.Step(s, r)
			if p > 0.5 || math.IsNaN(float64(p)) {
				t.Fatalf("after %q: log P(%q) = %v", before, r, p)
			}
			sum += math.Exp(float64(p))
		}
		if sum < .7 || sum > 1.2 {
			t.Errorf("after %q: sum %.3f", before, sum)
		}
	}
}

func TestNewlineStartsAgain(t *testing.T) {
	m := plausible.Default()
	_, s := m.Step(plausible.State{}, 'x')
	if _, s = m.Step(s, '\n'); s != (plausible.State{}) {
		t.Errorf("state after a newline: %+v", s)
	}
}

func TestStepTakesAnyRune(t *testing.T) {
	m := plausible.Default()
	var s plausible.State
	for _, r := range []rune{-1, 0, utf8.MaxRune, utf8.MaxRune + 1, math.MaxInt32, math.MinInt32, 0xD800} {
		var p float32
		if p, s = m.Step(s, r); p > 0 || math.IsNaN(float64(p)) || math.IsInf(float64(p), 0) {
			t.Errorf("Step(%d) = %v", r, p)
		}
	}
}

func TestParseRefusesOtherFiles(t *testing.T) {
	for _, b := range [][]byte{nil, []byte("clipmnd1"), make([]byte, 100_000)} {
		if _, err := plausible.Parse(b); err == nil {
			t.Errorf("%d bytes: no error", len(b))
		}
	}
}

func TestStepDoesNotAllocate(t *testing.T) {
	text := []byte("Größe и величина 大小")
	m := plausible.Default()
	if n := testing.AllocsPerRun(20, func() { m.Score(text) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func ExampleModel_Score() {
	m := plausible.Default()
	right, _ := m.Score([]byte("Café crème"))
	wrong, _ := m.Score([]byte("CafÈ crËme"))
	fmt.Println(right > wrong)
	// Output: true
}

func BenchmarkScore(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"latin", "Der schnelle braune Fuchs springt über den faulen Hund. "},
		{"cyrillic", "Съешь же ещё этих мягких французских булок, да выпей чаю. "},
		{"han", "敏捷的棕色狐狸跳过了一只懒惰的狗。"},
	} {
		b.Run(c.name, func(b *testing.B) {
			m := plausible.Default()
			text := []byte(c.text)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				m.Score(text)
			}
		})
	}
}
