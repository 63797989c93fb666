package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// tiny is a corpus of a few hundred lines in two scripts, with words.
func tiny() []text {
	latin, han := text{lang: "en"}, text{lang: "zh-Hans"}
	for i := range 200 {
		latin.lines = append(latin.lines, fmt.Sprintf("the %s house stands by the %s river", strings.Repeat("old ", i%3), strings.Repeat("wide ", i%2)))
		han.lines = append(han.lines, "今天天气很好"+strings.Repeat("我们去公园", i%3+1))
	}
	return []text{latin, han, {lang: "zh", words: true, lines: []string{"公园", "公园", "天气", "今天"}}}
}

// Training says the same twice, byte for byte, and prefers what it has read.
func TestTrainIsDeterministic(t *testing.T) {
	first, err := train(tiny(), 600)
	if err != nil {
		t.Fatal(err)
	}
	second, err := train(tiny(), 600)
	if err != nil || !bytes.Equal(first, second) {
		t.Fatalf("differs, or %v", err)
	}
	m, err := plausible.Parse(first)
	if err != nil {
		t.Fatal(err)
	}
	for right, wrong := range map[string]string{"the old house": "hte dlo ohuse", "天气很好": "气天好很", "公园": "园公"} {
		p, _ := m.Score([]byte(right))
		if q, _ := m.Score([]byte(wrong)); p <= q {
			t.Errorf("%q %.1f, %q %.1f", right, p, wrong, q)
		}
	}
}

func TestSieve(t *testing.T) {
	s := newSieve()
	for _, c := range []struct {
		lang, line string
		pass       bool
	}{
		{"de", "Der Hund läuft über die Straße.", true},
		{"de", "Der Hund läuft über die Straße.", false}, // again
		{"de", "you should use this with the file", false},
		{"ru", "Hello, this is an English line", false},
		{"zh-Hans", "今天天气很好我们去公园", true},
		{"de", "a \uFFFD broken line of some length", false},
		{"de", "==== 1234 ==== 5678 ====", false},
	} {
		if s.pass(c.lang, c.line) != c.pass {
			t.Errorf("%s %q: want %v", c.lang, c.line, c.pass)
		}
	}
}
