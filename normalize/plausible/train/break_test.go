package main

import (
	"bytes"
	"encoding/json"
	"testing"
)

// Broken lines have lost something, and the right line beside it.
func TestWriteBroken(t *testing.T) {
	var out bytes.Buffer
	lines := []string{"Příliš žluťoučký kůň úpěl ďábelské ódy", "Nechť již hříšné saxofony ďáblů rozezvučí síň"}
	if err := writeBroken(&out, texts{"cs": lines}, 2); err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range bytes.Lines(out.Bytes()) {
		var l struct{ Lang, Chain, Orig, Bad string }
		if err := json.Unmarshal(line, &l); err != nil {
			t.Fatal(err)
		}
		if l.Lang != "cs" || l.Bad == l.Orig || l.Orig != lines[0] && l.Orig != lines[1] {
			t.Errorf("%+v", l)
		}
		n++
	}
	if n < 10 {
		t.Errorf("%d lines", n)
	}
}
