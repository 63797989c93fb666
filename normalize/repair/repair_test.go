package repair_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/clipmend/clipmend/normalize/repair"
)

func ExampleApply() {
	text := []byte("a  b")
	fixed, repairs, err := repair.Apply(text, 0, []repair.Edit{
		{Rule: "one-space", Span: repair.Span{Start: 1, End: 3}, Now: " ", Confidence: 1},
	})
	if err != nil {
		panic(err)
	}
	before, err := repair.Undo(fixed, repairs)
	fmt.Printf("%q %v\n%q %v\n", fixed, repairs[0].After, before, err)
	// Output:
	// "a b" {1 2}
	// "a  b" <nil>
}

func edit(start, end int, now string) repair.Edit {
	return repair.Edit{Rule: "test", Span: repair.Span{Start: start, End: end}, Now: now, Confidence: 1}
}

func TestApply(t *testing.T) {
	for _, tt := range []struct {
		name    string
		edits   []repair.Edit
		want    string
		repairs int
		wrong   bool
	}{
		{"none", nil, "hello", 0, false},
		{"insert at both ends", []repair.Edit{edit(0, 0, "<"), edit(5, 5, ">")}, "<hello>", 2, false},
		{"delete all", []repair.Edit{edit(0, 5, "")}, "", 1, false},
		{"a change that changes nothing is no repair", []repair.Edit{edit(0, 1, "h")}, "hello", 0, false},
		{"out of order", []repair.Edit{edit(3, 4, "x"), edit(0, 1, "y")}, "hello", 0, true},
		{"overlapping", []repair.Edit{edit(0, 3, "x"), edit(2, 4, "y")}, "hello", 0, true},
		{"beyond the end", []repair.Edit{edit(3, 6, "x")}, "hello", 0, true},
		{"backwards", []repair.Edit{edit(3, 2, "x")}, "hello", 0, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := []byte("hello")
			got, repairs, err := repair.Apply(text, 0, tt.edits)
			if (err != nil) != tt.wrong || string(got) != tt.want || len(repairs) != tt.repairs {
				t.Fatalf("got %q, %d repairs, %v", got, len(repairs), err)
			}
			if string(text) != "hello" {
				t.Errorf("the input became %q", text)
			}
			back, err := repair.Undo(got, repairs)
			if err != nil || string(back) != "hello" {
				t.Errorf("undone to %q, %v", back, err)
			}
		})
	}
}

func TestUndoPasses(t *testing.T) {
	first, one, err := repair.Apply([]byte("abc"), 0, []repair.Edit{edit(1, 2, "BBB")})
	if err != nil {
		t.Fatal(err)
	}
	second, two, err := repair.Apply(first, 1, []repair.Edit{edit(0, 3, ""), edit(5, 5, "!")})
	if err != nil {
		t.Fatal(err)
	}
	back, err := repair.Undo(second, append(one, two...))
	if err != nil || string(back) != "abc" {
		t.Errorf("undone to %q, %v", back, err)
	}
}

func TestUndoRefusesAnotherText(t *testing.T) {
	_, repairs, err := repair.Apply([]byte("abc"), 0, []repair.Edit{edit(1, 2, "B")})
	if err != nil {
		t.Fatal(err)
	}
	for _, other := range []string{"", "a", "abc", "xB"} {
		_, err := repair.Undo([]byte(other), repairs)
		if want := other != "xB"; errors.Is(err, repair.ErrMismatch) != want {
			t.Errorf("Undo(%q): %v", other, err)
		}
	}
}

// FuzzApply holds that any edits that are accepted can be taken back.
func FuzzApply(f *testing.F) {
	f.Add("hello", 0, 1, "x", 2, 5, "")
	f.Add("", 0, 0, "x", 0, 0, "y")
	f.Fuzz(func(t *testing.T, text string, s1, e1 int, n1 string, s2, e2 int, n2 string) {
		got, repairs, err := repair.Apply([]byte(text), 3, []repair.Edit{edit(s1, e1, n1), edit(s2, e2, n2)})
		if err != nil {
			return
		}
		back, err := repair.Undo(got, repairs)
		if err != nil || string(back) != text {
			t.Errorf("%q became %q and was undone to %q, %v", text, got, back, err)
		}
	})
}
