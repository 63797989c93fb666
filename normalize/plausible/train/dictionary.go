package main

import (
	"bytes"
	"iter"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/unicode/norm"
)

// dictionaryLimit is the number of characters of a dictionary that are counted:
// it does not say how frequent a word is, and more would drown the texts.
const dictionaryLimit = 500_000

// dictionary is the text of the words of a language, of which as many are counted
// as the limit allows: chosen by chance, but always the same.
func dictionary(lang string, words []string) text {
	t := text{lang: lang, spaced: true, known: words}
	size := 0
	for _, w := range words {
		size += utf8.RuneCountInString(w) + 1
	}
	for _, w := range words {
		if uint64(hashOf(w))*uint64(size) < dictionaryLimit<<32 {
			t.lines = append(t.lines, " "+w+" ")
		}
	}
	return t
}

// setOf returns the encoding that the affixes of a Hunspell dictionary name.
func setOf(affixes []byte) string {
	for line := range bytes.Lines(affixes) {
		if f := strings.Fields(string(line)); len(f) > 1 && strings.TrimPrefix(f[0], "\uFEFF") == "SET" {
			return strings.ReplaceAll(f[1], "ISO8859", "ISO-8859")
		}
	}
	return "UTF-8"
}

// decoded returns b, in the named encoding, as UTF-8.
func decoded(b []byte, set string) []byte {
	e, err := htmlindex.Get(set)
	if err != nil {
		return nil
	}
	text, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return nil
	}
	return text
}

// dictionaryLines yields the words of a Hunspell dictionary that are letters
// only, without what may be put before or after them.
func dictionaryLines(b []byte) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range bytes.Lines(b) {
			word, _, _ := strings.Cut(strings.TrimSpace(string(line)), "/")
			word, _, _ = strings.Cut(word, "\t")
			word = norm.NFC.String(word)
			if len(word) > 2 && !strings.ContainsFunc(word, notLetter) && !yield(word) {
				return
			}
		}
	}
}

// countedWords is about how many words a language model gives.
const countedWords = 300_000

// countedLines yields the words of a language model in the format of Onboard,
// as often as its share of the model says, at
// least once.
func countedLines(b []byte) iter.Seq[string] {
	type word struct {
		text  string
		times int
	}
	var all []word
	total, inside := 0, false
	for line := range bytes.Lines(b) {
		f := strings.Fields(string(line))
		if len(f) == 1 && strings.HasPrefix(f[0], `\`) {
			inside = f[0] == `\1-grams:`
		}
		if !inside || len(f) != 2 || strings.ContainsFunc(f[1], notLetter) {
			continue
		}
		if n, err := strconv.Atoi(f[0]); err == nil && n > 0 {
			all, total = append(all, word{norm.NFC.String(f[1]), n}), total+n
		}
	}
	return func(yield func(string) bool) {
		for _, w := range all {
			for range 1 + w.times*countedWords/total {
				if !yield(w.text) {
					return
				}
			}
		}
	}
}

func notLetter(r rune) bool { return !unicode.In(r, unicode.L, unicode.M) }
