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
		"Спасибо 🙏 большое", "☕ coffee ☀️ sun", "好的👌 谢谢", "🙏🏻 thanks", "👋🏽 hi",
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

// A quote that lost a byte is no mark of direction where nothing is written from
// right to left.
func TestClosingQuoteBehindComma(t *testing.T) {
	const broken, want = "â€œItâ€™s fine,â€ he said. â€œReally.â€", "“It’s fine,” he said. “Really.”"
	if got := Fix([]byte(broken), Options{}); string(got.Text) != want {
		t.Errorf("Fix(%q) = %q, want %q", broken, got.Text, want)
	}
}
