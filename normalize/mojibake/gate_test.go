package mojibake

import "testing"

// The gate lets signs pass that end words of right text, and not what is broken.
func TestGate(t *testing.T) {
	for text, want := range map[string]bool{
		"Натисніть кнопку»":     false,
		"Що робити? Зачекайте…": false,
		"Шта је то“ рече он.":   false,
		"Πού είναι; Εδώ… «Ναι»": false,
		"donвЂ™t":         true,
		"Voilà, dÃ©jÃ vu": true,
		"Рџ?РёРІРµС‚":     true,
		"п©п╬п╪п╬я┴я▄":    true,
	} {
		s := newSample(newOddHits(embedded{}, []byte(text)), func(window) bool { return false })
		if got := s.fill(sampleWindows, sampleRunes); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
