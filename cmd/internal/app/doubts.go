package app

import (
	"bytes"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize"
	"github.com/clipmend/clipmend/normalize/repair"
	"github.com/clipmend/clipmend/vault"
)

const (
	// doubtsShown is how many best guesses of a note are kept for a person.
	doubtsShown = 100
	// contextSize is how many bytes on each side tell where a guess is.
	contextSize = 32
)

// doubtsOf returns the best guesses in a note, as the books keep them.
func doubtsOf(note *normalize.Note) []vault.Doubt {
	var doubts []vault.Doubt
	for _, r := range note.Repairs {
		if !r.Unsure {
			continue
		}
		if len(doubts) == doubtsShown {
			break
		}
		at, ok := repair.Place(note.Repairs, r)
		if !ok || at.End > len(note.Text) {
			continue
		}
		d := vault.Doubt{
			Rule: r.Rule, Was: r.Was, Now: r.Now, Confidence: r.Confidence,
			Left: leftOf(note.Text[:at.Start]), Right: rightOf(note.Text[at.End:]),
		}
		for _, other := range r.Alternatives {
			if other.Text != r.Now {
				d.Other = append(d.Other, other.Text)
			}
		}
		doubts = append(doubts, d)
	}
	return doubts
}

// leftOf returns the end of a text, within its last line.
func leftOf(text []byte) string {
	start := max(0, len(text)-contextSize)
	start += bytes.LastIndexByte(text[start:], '\n') + 1
	for start < len(text) && !utf8.RuneStart(text[start]) {
		start++
	}
	return string(text[start:])
}

// rightOf returns the beginning of a text, within its first line.
func rightOf(text []byte) string {
	end := min(len(text), contextSize)
	if n := bytes.IndexByte(text[:end], '\n'); n >= 0 {
		end = n
	}
	for end < len(text) && end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return string(bytes.TrimRight(text[:end], "\r"))
}
