package mojibake

import (
	"strings"
	"testing"
)

// Emoji that lost bytes are restored where no others that may stand there are as
// frequent.
func TestEmoji(t *testing.T) {
	p := codepageByName("windows-1252")
	for _, right := range []string{
		"Great work 👍 everyone", "I love this ❤️ so much", "our family 👨‍👩‍👧 trip", "🤷‍♀️ whatever", "🏳️‍🌈 pride",
		"Спасибо 🙏 большое", "☕ coffee ☀️ sun", "好的👌 谢谢",
	} {
		for name, lost := range map[string]string{"dropped": "", "replaced": string(replacement)} {
			var broken strings.Builder
			for _, b := range []byte(right) {
				if r := p.runes[b]; r != none {
					broken.WriteRune(r)
				} else {
					broken.WriteString(lost)
				}
			}
			if got := Fix([]byte(broken.String()), Options{}); string(got.Text) != right {
				t.Errorf("%s: Fix(%q) = %q, want %q", name, broken.String(), got.Text, right)
			}
		}
	}
}
