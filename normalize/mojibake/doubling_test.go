package mojibake

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/clipmend/clipmend/internal/cputime"
	"github.com/clipmend/clipmend/normalize/plausible"
)

// adversaries are units of text made to cost much.
func adversaries() map[string]string {
	nested := "été"
	for range 10 {
		var b strings.Builder
		for _, c := range []byte(nested) {
			b.WriteRune(rune(c))
		}
		nested = b.String()
	}
	return map[string]string{
		"plain":             plainEnglish,
		"clean":             manyTongues,
		"broken":            brokenFrench,
		"alternating leads": "ÃÅâãÐ",
		"all FF":            "\xff",
		"leads alone":       "Ã",
		"replaced":          "\uFFFD",
		"question marks":    "Ã?",
		"two of them":       "â??",
		"two alphabets":     "Ð?Ñ?",
		"trimmed":           "Ã ",
		"two replaced":      "â\uFFFD\uFFFD",
		"read as GBK":       "閼戞柤鏈夊繀瑕佷績鐨",
		"nested ten deep":   nested + " ",
		"invisible":         "\u200b\u2062",
	}
}

func filled(unit string, size int) []byte {
	return []byte(strings.Repeat(unit, max(1, size/len(unit))))
}

func BenchmarkDoubling(b *testing.B) {
	for name, unit := range adversaries() {
		for size := 1 << 16; size <= 1<<18; size *= 2 {
			text := filled(unit, size)
			b.Run(fmt.Sprintf("%s/%dKB", name, size>>10), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					Fix(text, Options{})
				}
			})
		}
	}
}

// Where every place is in doubt, few ways are followed.
func TestLongDoubtIsNarrow(t *testing.T) {
	l := newLattice(embedded{}, channelOf([]Layer{{Encoding: "iso-8859-15", Lost: lostQuestion}}), costEnter)
	defer l.free()
	text := []rune(strings.Repeat("Ð?Ñ?", 500))
	l.run(text, plausible.State{}, 0)
	if len(l.arcs) > 16*len(text) {
		t.Errorf("%d arcs for %d characters", len(l.arcs), len(text))
	}
	ps := l.pieces()
	if n := len(ps); n < len(text)/2 || len(ps[0].alts) == 0 || len(ps[n-1].alts) > 0 {
		t.Errorf("%d pieces, the first with %d others, the last with %d", n, len(ps[0].alts), len(ps[n-1].alts))
	}
}

// Eight times the text costs at most eight times as much, with room for what
// a processor does besides; were cost quadratic, it would be 64 times.
func TestCostIsLinear(t *testing.T) {
	const small, times = 1 << 12, 8
	for name, unit := range adversaries() {
		one := cputime.Of(func() { Fix(filled(unit, small), Options{}) })
		all := cputime.Of(func() { Fix(filled(unit, times*small), Options{}) })
		if all > 3*times*one+50*time.Millisecond {
			t.Errorf("%s: %v for %d bytes, %v for %d times that", name, one, small, all, times)
		}
		t.Logf("%s: %v, %v", name, one, all)
	}
}
