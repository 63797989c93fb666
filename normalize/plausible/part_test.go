package plausible

import (
	"sync"
	"testing"
)

// A text asks for its letters, and not for the East if it has none of it.
func TestTextAsksForItsLetters(t *testing.T) {
	tables := func(p *part) (n int) {
		for order := range p.tables {
			for group := range p.tables[order] {
				if p.tables[order][group].Load() != nil {
					n++
				}
			}
		}
		return n
	}
	for text, most := range map[string][2]int{
		"":                     {0, 0},
		"Le café est très bon": {45, 0},
		"Привет, мир":          {35, 0},
		"他说你好":                 {0, 12},
	} {
		m := parse(asset)
		m.Score([]byte(text))
		if west, east := tables(&m.west), tables(&m.east); west > most[0] || east > most[1] {
			t.Errorf("%q unpacks %d and %d tables, at most %v were expected", text, west, east, most)
		}
	}
}

// What is asked at once by several is unpacked once, and says the same.
func TestModelIsAskedAtOnce(t *testing.T) {
	text := []byte("Größe и величина 大小, ça va, “quotes” – 한국어")
	want, _ := Default().Score(text)
	m := parse(asset)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if got, _ := m.Score(text); got != want {
				t.Errorf("%v, want %v", got, want)
			}
			m.Word([]rune("величина"))
		})
	}
	wg.Wait()
}

// Neighbours among characters and contexts go to places far from each other.
func TestPlacesSpread(t *testing.T) {
	const buckets = 2000
	var first, second [buckets]int
	for context := range rune(128) {
		for r := range rune(128) {
			h := hash(lastKey(0x4E00+r) + firstKey(0x4E00+context))
			t1 := make(table, buckets)
			at, print := t1.place(h), fingerprint(h)
			if t1.other(t1.other(at, print), print) != at {
				t.Fatalf("%x: from %d to %d and not back", h, at, t1.other(at, print))
			}
			first[at]++
			second[t1.other(at, print)]++
		}
	}
	for i := range first {
		if max(first[i], second[i]) > 24 { // 8 on average
			t.Errorf("bucket %d has %d and %d n-grams", i, first[i], second[i])
		}
	}
}
