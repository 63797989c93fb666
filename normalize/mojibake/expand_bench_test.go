package mojibake

import "testing"

// BenchmarkOptions finds what may stand at each place of a text that lost bytes, by the chain.
func BenchmarkOptions(b *testing.B) {
	for _, bm := range []struct {
		name   string
		layers []Layer
		text   string
	}{
		{"once", []Layer{{Encoding: webDefault, Lost: lostDropped}}, "ÐžÑ‚ÐºÑ€Ñ‹Ñ‚ÑŒ ÑÐ¿Ð¸ÑÐ¾Ðº ã‚’é¸æŠžã—ã¾ã™ à®Žà®©à®¿à®²à"},
		{"twice", []Layer{{Encoding: webDefault, Lost: lostDropped}, {Encoding: webDefault, Lost: lostDropped}}, "Ãâ€“Ã‘â€šÃÂºÃ‘â‚¬Ã‘â€¹Ã‘â€šÃ‘Å’ Ã‘ÃÂ¿ÃÂ¸Ã‘ÃÂ¾ÃÂº"},
	} {
		b.Run(bm.name, func(b *testing.B) {
			x := expander{c: newChannel(bm.layers), text: []rune(bm.text)}
			b.SetBytes(int64(len(bm.text)))
			b.ReportAllocs()
			for b.Loop() {
				for i := range x.text {
					x.at(i)
				}
			}
		})
	}
}
