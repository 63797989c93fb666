package mojibake

import (
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// Misreadings that lost nothing are undone however many there are.
func TestDeeplyNested(t *testing.T) {
	for _, right := range []string{"Le café est fermé.", "L’été — déjà vu.", "日本語のテキスト"} {
		for _, read := range []encoding.Encoding{charmap.Macintosh, charmap.CodePage437, charmap.ISO8859_1} {
			bad := right
			for range 9 {
				bad = told(t, bad, nil, read)
			}
			res := Fix([]byte(bad), Options{})
			if string(res.Text) != right {
				t.Errorf("%q became %.100q", right, res.Text)
			}
			if again, err := res.Plan.Apply([]byte(bad)); err != nil || string(again.Text) != right {
				t.Errorf("%q became %.100q by its plan, %v", right, again.Text, err)
			}
		}
	}
}
