package mojibake

import (
	"slices"
	"unicode"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// Bounds of a sample.
const (
	sampleWindows = 48
	sampleRunes   = 1200
)

// A sample is what the chain of a document is judged by.
type sample struct {
	windows [][]rune
	kept    []float32 // how likely each window is as it stands
	strange [][]bool  // characters that the model did not expect
	has     struct{ replacement, question bool }
	weighed map[*channel]guess
}

// takeSample collects the windows of text that look misread, at most
// sampleRunes characters, but those that are spared.
func takeSample(m scorer, text []byte, spares func(window) bool) sample {
	var s sample
	total := 0
	for _, w := range suspectWindows(m, text, sampleWindows) {
		if total >= sampleRunes {
			break
		}
		if spares(w) || alphabet(text[w.start:w.end]) {
			continue
		}
		runes, _ := characters(text[w.start:w.end], nil, nil)
		runes = runes[:min(len(runes), sampleRunes-total)]
		total += len(runes)
		s.add(m, runes)
		s.strange = append(s.strange, strange(m, runes))
	}
	return s
}

// keepCaseless is keepScore, or that of the same in small letters if capitals
// stand before what looks misread and it is likelier so: the model has seen few
// words in capitals.
func keepCaseless(m scorer, runes []rune) float32 {
	sum := keepScore(m, runes)
	first := slices.IndexFunc(runes, func(r rune) bool { return r >= 0x80 })
	if first < hitContext || slices.ContainsFunc(runes[first-hitContext:first], func(r rune) bool { return !unicode.IsUpper(r) }) {
		return sum
	}
	small := slices.Clone(runes)
	for i, r := range small {
		small[i] = unicode.ToLower(r)
	}
	return max(sum, keepScore(m, small))
}

func keepScore(m scorer, runes []rune) (sum float32) {
	var s plausible.State
	var w float32
	for _, r := range runes {
		w, s = keepStep(m, s, r)
		sum += w
	}
	return sum
}

// strange tells which of runes m did not expect.
func strange(m scorer, runes []rune) []bool {
	out := make([]bool, len(runes))
	var s plausible.State
	var w float32
	for i, r := range runes {
		w, s = keepStep(m, s, r)
		out[i] = w < natural
	}
	return out
}

func (s *sample) add(m scorer, runes []rune) {
	s.windows = append(s.windows, runes)
	s.kept = append(s.kept, keepCaseless(m, runes))
	for i, r := range runes {
		switch {
		case r == replacement:
			s.has.replacement = true
		case r == '?' && i > 0 && runes[i-1] >= 0x80:
			s.has.question = true
		}
	}
}

// wideSample collects windows of text whether they look misread or not.
func wideSample(m scorer, text []byte) sample {
	var s sample
	total := 0
	for from := 0; total < sampleRunes; {
		w, ok := nextWindow(text, from)
		if !ok {
			break
		}
		runes, _ := characters(text[w.start:w.end], nil, nil)
		runes = runes[:min(len(runes), sampleRunes-total)]
		total += len(runes)
		s.add(m, runes)
		from = w.end
	}
	return s
}
