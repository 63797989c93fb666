package repair_test

import (
	"testing"

	"github.com/clipmend/clipmend/normalize/repair"
)

func TestPlace(t *testing.T) {
	text := []byte("one tvo three")
	passes := [][]repair.Edit{
		{{Span: repair.Span{Start: 4, End: 7}, Now: "two"}},
		{{Span: repair.Span{Start: 0, End: 3}, Now: "first"}, {Span: repair.Span{Start: 8, End: 13}, Now: ""}},
		{{Span: repair.Span{Start: 6, End: 6}, Now: "-> "}},
	}
	var all []repair.Repair
	for n, edits := range passes {
		out, repairs, err := repair.Apply(text, n, edits)
		if err != nil {
			t.Fatal(err)
		}
		text, all = out, append(all, repairs...)
	}
	at, ok := repair.Place(all, all[0])
	if !ok || string(text[at.Start:at.End]) != "two" {
		t.Errorf("%v in %q, %v", at, text, ok)
	}
	around := append(all, repair.Repair{
		Pass: 3, Before: repair.Span{Start: 0, End: len(text)}, Was: string(text), Now: string(text[:at.End]) + "!",
	})
	if got, ok := repair.Place(around, all[0]); !ok || got != at {
		t.Errorf("%v, %v after a repair told with what it keeps, want %v", got, ok, at)
	}
	over := append(all, repair.Repair{Pass: 3, Before: repair.Span{Start: at.Start + 1, End: at.Start + 2}, Now: "x"})
	if at, ok := repair.Place(over, all[0]); ok {
		t.Errorf("found at %v what was changed again", at)
	}
}
