package app

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/clipmend/clipmend/annotate"
)

func TestHarmless(t *testing.T) {
	got := harmless([]string{"=1+1", "+x", "-x", "@x", "\tx", "-1.5", "+3", "a=b", "", "7"})
	want := []string{"'=1+1", "'+x", "'-x", "'@x", "'\tx", "-1.5", "+3", "a=b", "", "7"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestFit(t *testing.T) {
	for _, tt := range []struct {
		text    string
		columns int
		want    string
	}{
		{"abcdef", 6, "abcdef"},
		{"abcdefg", 6, "abcde…"},
		{"参数量为", 8, "参数量为"},
		{"参数量为", 7, "参数量…"},
		{"参数量为", 6, "参数…"},
		{"e\u0301a\u0301", 2, "e\u0301a\u0301"},
		{"", 0, ""},
	} {
		if got := fit(tt.text, tt.columns); got != tt.want || textWidth(got) > tt.columns {
			t.Errorf("fit(%q, %d) = %q, %d wide", tt.text, tt.columns, got, textWidth(got))
		}
	}
	if got := onOneLine("a\x1b[31m\n b\u202e\u009b"); got != "a[31m b" {
		t.Errorf("got %q", got)
	}
}

// many yields n facts of one file.
func many(n int) factFile {
	f := factFile{Path: "note.md"}
	for i := range n {
		f.Facts = append(f.Facts, annotate.Fact{
			Model: fmt.Sprint("Foo-", i), Attribute: "parameters", Value: annotate.Number(float64(i)), Unit: "parameters",
			Evidence: annotate.Evidence{Quote: strings.Repeat("words ", 20)},
		})
	}
	return f
}

// TestFormats holds that every format ends well with no fact and with more than
// a page or a group of rows, and that Parquet gives back what was written.
func TestFormats(t *testing.T) {
	for _, format := range []string{"table", "perfile", "json", "jsonl", "csv", "parquet"} {
		for _, n := range []int{0, 1, pageRows + 1} {
			var out bytes.Buffer
			w, err := (&session{out: &out}).factWriter(format, true)
			if err != nil {
				t.Fatal(err)
			}
			f := many(n)
			if err := w.write(f); err != nil {
				t.Errorf("%s of %d: %v", format, n, err)
			}
			if err := w.close(); err != nil {
				t.Errorf("%s of %d: %v", format, n, err)
			}
			if format != "parquet" {
				if lines := strings.Count(out.String(), "Foo-"); lines != n {
					t.Errorf("%s: %d of %d facts", format, lines, n)
				}
				continue
			}
			rows, err := parquet.Read[factRow](bytes.NewReader(out.Bytes()), int64(out.Len()))
			if err != nil || len(rows) != n || n > 0 && (rows[n-1].Model != f.Facts[n-1].Model || *rows[n-1].Min != float64(n-1)) {
				t.Errorf("parquet of %d: %d rows, %v", n, len(rows), err)
			}
		}
	}
}
