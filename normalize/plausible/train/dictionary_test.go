package main

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestDictionary(t *testing.T) {
	for _, test := range []struct{ name, affixes, words, want string }{
		{"flags and counts are dropped", "SET UTF-8\n", "3\nмайстор/12,7\nбаш-майстор\nдротик\tpo:noun\n", "майстор дротик"},
		{"an encoding of its own", "# Greek\r\nSET ISO8859-7\r\n", "2\n\xe5\xf1\xf0\xe5\xf4\xfc\n", "ερπετό"},
		{"a byte order mark", "\uFEFFSET UTF-8\n", "é/S\nété/S\n", "été"},
		{"letters that are put together", "SET UTF-8\n", "누리/1\n", "누리"},
		{"an encoding that nobody knows", "SET KLINGON\n", "qapla\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := decoded([]byte(test.words), setOf([]byte(test.affixes)))
			got := strings.Join(slices.Collect(dictionaryLines(text)), " ")
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// However many words a dictionary has, a part of bounded size is counted, and all
// are known.
func TestDictionaryIsBounded(t *testing.T) {
	var words []string
	for i := range 200_000 {
		words = append(words, "слово"+strings.Repeat("а", i%7)+string(rune('а'+i%32))+string(rune('а'+i/32%32))+string(rune('а'+i/1024%32)))
	}
	d := dictionary("ru", words)
	size := 0
	for _, l := range d.lines {
		size += len([]rune(l))
	}
	if size > dictionaryLimit*12/10 || size < dictionaryLimit*8/10 {
		t.Errorf("%d characters are counted, the limit is %d", size, dictionaryLimit)
	}
	if len(d.known) != len(words) {
		t.Errorf("%d of %d words are known", len(d.known), len(words))
	}
}

// Only single words of letters count, by their shares, and each at least once.
func TestCountedLines(t *testing.T) {
	const model = "\n\\data\\\nngram 1=6\n\n\\1-grams:\n1 <unk>\n999999 и\n1 майстор\n5 <s>\n7 3-д\n\n\\2-grams:\n9 и майстор\n"
	count := map[string]int{}
	for w := range countedLines([]byte(model)) {
		count[w]++
	}
	want := map[string]int{"и": countedWords, "майстор": 1}
	if !maps.Equal(count, want) {
		t.Errorf("%v, want %v", count, want)
	}
}
