package merge

import (
	"fmt"
	"testing"
)

// TestDecide is the whole table: every way in which three hashes can be absent,
// equal or different.
func TestDecide(t *testing.T) {
	none, a, b, c := Hash{}, HashOf([]byte("a")), HashOf([]byte("b")), HashOf([]byte("c"))
	tests := []struct {
		name             string
		want, last, disk Hash
		do               Decision
	}{
		{"nothing anywhere", none, none, none, Nothing},
		{"new", a, none, none, Create},
		{"deleted by a person", a, a, none, Gone},
		{"deleted by a person, and the page changed", b, a, none, Gone},
		{"no longer wanted and deleted", none, a, none, Nothing},
		{"already as wanted, known", a, a, a, Unchanged},
		{"already as wanted, unknown", a, none, a, Unchanged},
		{"already as wanted, by both", b, a, b, Unchanged},
		{"a file that was there before", a, none, b, Foreign},
		{"a file that was there before, nothing wanted", none, none, a, Foreign},
		{"updated", b, a, a, Replace},
		{"edited by a person", a, a, b, Keep},
		{"updated and edited", b, a, c, Join},
		{"no longer wanted", none, a, a, Remove},
		{"no longer wanted, but edited", none, a, b, Keep},
	}
	for _, test := range tests {
		if got := Decide(test.want, test.last, test.disk); got != test.do {
			t.Errorf("%s: %v, want %v", test.name, got, test.do)
		}
	}
}

func TestHashText(t *testing.T) {
	for _, h := range []Hash{{}, HashOf(nil), HashOf([]byte("x"))} {
		text, err := h.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var back Hash
		if err := back.UnmarshalText(text); err != nil || back != h {
			t.Errorf("%s read back as %s, %v", h, back, err)
		}
	}
	var h Hash
	for _, bad := range []string{"ab", "zz", fmt.Sprintf("%065d", 0)} {
		if h.UnmarshalText([]byte(bad)) == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func ExampleDecide() {
	last, edited, update := HashOf([]byte("as written")), HashOf([]byte("as edited")), HashOf([]byte("as clipped again"))
	fmt.Println(Decide(last, last, edited))
	fmt.Println(Decide(update, last, last))
	fmt.Println(Decide(update, last, edited))
	// Output:
	// keep
	// replace
	// join
}
