package models

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/clipmend/clipmend/normalize/repair"
)

func ExampleAnchor() {
	body := []byte("It has 7B parameters.\n\n- trained on 2T tokens  \n")
	edits, ids := Anchor(body, []repair.Span{{Start: 7, End: 9}, {Start: 35, End: 37}})
	out, _, err := repair.Apply(body, 0, edits)
	fmt.Printf("%s%v %v\n", out, ids, err)
	// Output:
	// It has 7B parameters. ^cm-83fb65
	//
	// - trained on 2T tokens ^cm-d24b95
	// [cm-83fb65 cm-d24b95] <nil>
}

func TestAnchor(t *testing.T) {
	for _, tt := range []struct{ name, body, fact, want string }{
		{"paragraph of two lines", "one\n7B two\n\nthree\n", "7B", "one\n7B two ^ID\n\nthree\n"},
		{"an id that is there", "7B one ^mine\n", "7B", "7B one ^mine\n"},
		{"heading", "# About 7B\n\ntext\n", "7B", "# About 7B ^ID\n\ntext\n"},
		{"table", "| a | b |\n| --- | --- |\n| x | 7B |\n\ntext\n", "7B", "| a | b |\n| --- | --- |\n| x | 7B |\n\n^ID\n\ntext\n"},
		{"table with an id", "| a |\n| --- |\n| 7B |\n\n^mine\n", "7B", "| a |\n| --- |\n| 7B |\n\n^mine\n"},
		{"no line end", "7B", "7B", "7B ^ID"},
		{"CRLF", "one\r\n7B two\r\n\r\nthree\r\n", "7B", "one\r\n7B two ^ID\r\n\r\nthree\r\n"},
		{"same words twice", "7B\n\n7B\n", "7B", "7B ^ID\n\n7B ^ID-2\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			once, ids := anchored(t, tt.body, tt.fact)
			got := once
			if len(ids) > 0 {
				got = bytes.ReplaceAll(once, []byte(ids[0]), []byte("ID"))
			}
			if want := bytes.ReplaceAll([]byte(tt.want), []byte("^mine"), []byte("^ID")); !bytes.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
			if twice, _ := anchored(t, string(once), tt.fact); !bytes.Equal(twice, once) {
				t.Errorf("twice: %q", twice)
			}
		})
	}
}

// anchored gives every occurrence of fact in body an anchor.
func anchored(t *testing.T, body, fact string) ([]byte, []string) {
	t.Helper()
	var spans []repair.Span
	for at := 0; ; {
		i := bytes.Index([]byte(body[at:]), []byte(fact))
		if i < 0 {
			break
		}
		spans = append(spans, repair.Span{Start: at + i, End: at + i + len(fact)})
		at += i + len(fact)
	}
	edits, ids := Anchor([]byte(body), spans)
	out, _, err := repair.Apply([]byte(body), 0, edits)
	if err != nil {
		t.Fatal(err)
	}
	return out, ids
}
