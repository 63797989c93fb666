package plausible

import "testing"

// The ending of one word tells that of the next, where a lost byte leaves several.
func TestEndings(t *testing.T) {
	m := Default()
	ending := func(first, second string) float32 { return m.Ending([]rune(first), []rune(second)) }
	for _, c := range []struct{ first, right, wrong string }{
		{"му", "ию", "ия"}, // к немедленному поражению
		{"го", "ия", "ию"}, // немедленного поражения
	} {
		if right, wrong := ending(c.first, c.right), ending(c.first, c.wrong); right <= wrong {
			t.Errorf("%s makes %s %.0f nats likelier, %s %.0f", c.first, c.right, right, c.wrong, wrong)
		}
	}
	if w := EndingWord("му", "ию", 30); w.Text != "му ию" || w.LogP != 0 {
		t.Errorf("%+v", w)
	}
}
