package mojibake

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// Right text that looks odd may stand before what is broken, and be more.
func TestBrokenFarBehind(t *testing.T) {
	const said = "Привет, как дела? Что нового?\n"
	broken, err := charmap.Macintosh.NewDecoder().String(strings.Repeat(said, 5))
	if err != nil {
		t.Fatal(err)
	}
	for _, lines := range []int{10, 50, 200} {
		var right strings.Builder
		for i := range lines {
			fmt.Fprintf(&right, "«Почему ты молчишь %d?» — спросила Анна %d.\n", i, i)
		}
		want := right.String() + strings.Repeat(said, 5)
		if got := Fix([]byte(right.String()+broken), Options{}); string(got.Text) != want {
			t.Errorf("after %d lines: ends with %q", lines, got.Text[len(got.Text)-80:])
		}
	}
}

// What a long text was broken by first does not decide for all of it.
func TestTwoLongParts(t *testing.T) {
	var part strings.Builder
	for i := range 40 {
		fmt.Fprintf(&part, "Été %d : crème brûlée à volonté, maïs grillé.\n", i)
	}
	want := part.String() + part.String()
	first, err := charmap.Macintosh.NewDecoder().String(part.String())
	if err != nil {
		t.Fatal(err)
	}
	second, err := charmap.ISO8859_1.NewDecoder().String(part.String())
	if err != nil {
		t.Fatal(err)
	}
	if got := Fix([]byte(first+second), Options{}); string(got.Text) != want {
		t.Errorf("ends with %q", got.Text[len(got.Text)-80:])
	}
}

// What became of lost bytes may show in the later parts of a text only.
func TestLossesShowLater(t *testing.T) {
	const (
		first = "Größe und Höhe der Tür, naïve façade, señor: año nuevo, el niño come piña.\n"
		later = "Выберите подключённый диск, чтобы изменить имя, с которым компьютер виден в сети.\n"
	)
	c := channelOf([]Layer{{Encoding: "windows-1252", Lost: lostDropped}, {Encoding: "windows-1252", Lost: lostDropped}})
	broken := breakText(c, strings.Repeat(first, 200)+strings.Repeat(later, 200))
	got := string(Fix([]byte(broken), Options{}).Text)
	if !strings.HasSuffix(got, later) {
		t.Errorf("%q", got[len(got)-len(later):])
	}
}
