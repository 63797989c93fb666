package plausible

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

// Text in NFD is nearly as likely as the same in NFC, and far likelier than with an accent
// that the letter never has there.
func TestDecomposed(t *testing.T) {
	m := Default()
	for _, text := range []string{"Mover al área de trabajo", "El niño comió también", "người Việt Nam", "Συγγραφέας", "Český jazyk"} {
		composed, _ := m.Score([]byte(text))
		apart := norm.NFD.String(text)
		decomposed, n := m.Score([]byte(apart))
		accents := float64(n - len([]rune(text)))
		if accents == 0 || decomposed < composed-(6+12)*accents || decomposed > composed {
			t.Errorf("%q: %.1f, in NFD %.1f with %.0f accents", text, composed, decomposed, accents)
		}
	}
	right, _ := m.Score([]byte("comio\u0301 mucho"))
	wrong, _ := m.Score([]byte("comio\u030C mucho"))
	if right < wrong+2 {
		t.Errorf("an acute has %.1f, a caron %.1f", right, wrong)
	}
}
