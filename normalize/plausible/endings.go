package plausible

import "math"

// Endings stand among the words, with a space between them: how much likelier one makes the
// other than it is among those that a lost byte leaves possible.
const (
	// EndingLetters is the number of letters of an ending.
	EndingLetters = 2
	// mostTold bounds what an ending may tell, in nats.
	mostTold = 4
)

// EndingWord is the entry of an ending behind another, which makes it likelier by so many nats.
func EndingWord(first, second string, nats float64) Word {
	nats = math.Round(nats)
	return Word{Text: first + " " + second, LogP: min(0, max(-2*mostTold, nats-mostTold))}
}

// Ending returns by how many nats a word that ends in first makes it likelier that the next ends
// in second, each of EndingLetters small letters; 0 if the model does not tell.
func (m *Model) Ending(first, second []rune) float32 {
	var room [2*EndingLetters + 1]rune
	w := append(append(append(room[:0], first...), ' '), second...)
	logP, ok := m.Word(w)
	if !ok {
		return 0
	}
	return logP + mostTold
}
