package plausible

import "fmt"

// Followers are the classes that follow a character of the East, where it has habits
// of its own.

// followScale is above all numbers of followers.
const followScale = lastEastern * numClasses

// followNumber is that of a class after a character of the East.
func followNumber(last rune, class uint8) uint64 {
	return uint64(last)*numClasses + uint64(class)
}

// followNumbers are those of n-grams that say how likely classes are.
func followNumbers(grams []Gram) (out []numbered, err error) {
	for _, g := range grams {
		last, class := g.Runes[0], g.Runes[1]-ClassRune(0)
		if !eastern(last) {
			return nil, fmt.Errorf("plausible: %q is not of the East, and has a class after it", last)
		}
		out = append(out, numbered{followNumber(last, uint8(class)), g.Code})
	}
	return out, nil
}
