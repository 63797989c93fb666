package charset_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/normalize/charset"
)

// Short texts are read whole, by every encoding that may be meant.
func BenchmarkDetectShort(b *testing.B) {
	for _, c := range []struct{ text, enc string }{
		{russian, "windows-1251"},
		{french, "windows-1252"},
		{chinese, "gb18030"},
		{strings.Repeat(french+" ", 12), "windows-1252"},
		{strings.Repeat(russian+" ", 12), "windows-1251"},
	} {
		b.Run(c.enc, func(b *testing.B) {
			text := encoded(b, c.text, c.enc)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				charset.Detect(text, charset.Options{})
			}
		})
	}
}

// A thousand bytes are the longest snippets of the measured ones.
func BenchmarkDetectSnippets(b *testing.B) {
	for _, c := range []struct{ text, enc string }{
		{russian, "windows-1251"},
		{french, "windows-1252"},
		{chinese, "gb18030"},
		{japanese, "shift_jis"},
	} {
		for _, n := range []int{20, 100, 1000} {
			text := encoded(b, strings.Repeat(c.text+" ", 40), c.enc)[:n]
			b.Run(fmt.Sprintf("%s/%d", c.enc, n), func(b *testing.B) {
				b.SetBytes(int64(n))
				b.ReportAllocs()
				for b.Loop() {
					charset.Detect(text, charset.Options{})
				}
			})
		}
	}
}
