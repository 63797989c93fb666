package ftfy_test

import (
	"strings"
	"testing"

	"github.com/clipmend/clipmend/normalize/mojibake/ftfy"
	"github.com/clipmend/clipmend/normalize/repair"
)

// Each option that says how far the undoing of a misreading goes has its effect.
func TestHowFarMisreadingsAreUndone(t *testing.T) {
	const (
		blanks       = "VoilÃ  le travail dÃ©jÃ  terminÃ© par lâ€™Ã©quipe"
		inconsistent = "voilÃ\u00a0 l’été: dÃ©jÃ\u00a0 terminÃ© par lâ€™Ã©quipe\nlâ€™Ã©quipe a terminÃ©"
	)
	for _, c := range []struct {
		name, in, want string
		change         func(*ftfy.Config)
	}{
		{"all", blanks, "Voilà le travail déjà terminé par l’équipe", func(*ftfy.Config) {}},
		{"no A0", blanks, "VoilÃ  le travail déjÃ  terminé par l’équipe", func(c *ftfy.Config) { c.RestoreByteA0 = false }},
		{"all", inconsistent, "voilà l’été: déjà terminé par l’équipe\nl’équipe a terminé", func(*ftfy.Config) {}},
		{
			"consistent", inconsistent, strings.Replace(inconsistent, "lâ€™Ã©quipe a terminÃ©", "l’équipe a terminé", 1),
			func(c *ftfy.Config) { c.DecodeInconsistentUTF8 = false },
		},
	} {
		config := ftfy.Default()
		config.UncurlQuotes = false
		c.change(&config)
		if got := ftfy.Encoding(c.in, config); got != c.want {
			t.Errorf("%s: %q\n got  %q\n want %q", c.name, c.in, got, c.want)
		}
	}
}

// The repairs of a text that was mended in parts take back all that was done.
func TestFixUndone(t *testing.T) {
	text := strings.Repeat("â€œlâ€™Ã©quipeâ€\u009d &eacute;\r\n", 3) + "right ﬁ “x”\r\nCafe\u0301\u2028dÃ©jÃ\u00a0 vu\x07\n"
	for _, size := range []int{1, 10, 40, 1000} {
		config := ftfy.Default()
		config.MaxDecodeLength = size
		res := ftfy.Fix(text, config)
		if len(res.Repairs) == 0 || string(res.Text) != ftfy.Text(text, config) {
			t.Errorf("size %d: %d repairs, %q", size, len(res.Repairs), res.Text)
		}
		if was, err := repair.Undo(res.Text, res.Repairs); err != nil || string(was) != text {
			t.Errorf("size %d: undone %q, %v", size, was, err)
		}
	}
}
