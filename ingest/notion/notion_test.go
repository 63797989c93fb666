package notion_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/ingest/notion"
)

func Example() {
	body, title := notion.Page([]byte("# Kilns\n\nTags: clay, fire\nStatus: Read\n\nHot.\n"), "")
	fmt.Printf("%s\n%s", title, body)
	// Output:
	// Kilns
	// ---
	// title: "Kilns"
	// tags:
	//   - "clay"
	//   - "fire"
	// Status: "Read"
	// ---
	// Hot.
}

func TestParseName(t *testing.T) {
	const id = "0123456789abcdef0123456789abcdef"
	for name, want := range map[string]string{
		"My Page " + id + ".md": "My Page md false", "dir/DB " + id + "_all.csv": "DB csv true", "x.md": "  false", id + ".md": "  false",
	} {
		n, _ := notion.ParseName(name)
		if got := fmt.Sprint(n.Title, " ", n.Ext, " ", n.All); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestPage(t *testing.T) {
	for in, want := range map[string]string{
		"# T\n\nText: with a colon\nbut no property\n": "---\ntitle: \"T\"\n---\nText: with a colon\nbut no property\n",
		"# T\n\nURL: https://a.test/\n\nx":             "---\ntitle: \"T\"\nsource: \"https://a.test/\"\n---\nx",
		"# T\n\nEmpty:\n\nx":                           "---\ntitle: \"T\"\nEmpty:\n---\nx",
		"# T\n\nyes: \"a\\b\"\n\nx":                    "---\ntitle: \"T\"\n\"yes\": \"\\\"a\\\\b\\\"\"\n---\nx",
		"# T\n\n- item: one\n":                         "---\ntitle: \"T\"\n---\n- item: one\n",
		"# T":                                          "---\ntitle: \"T\"\n---\n",
		"no heading\n":                                 "no heading\n",
	} {
		if got, _ := notion.Page([]byte(in), "name"); string(got) != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestTable(t *testing.T) {
	got, err := notion.Table(strings.NewReader("\ufeffName,Notes\nA page,\"x | y\nz\"\n,[[w]]\nshort\n"), 1<<20)
	want := "| Name | Notes |\n| --- | --- |\n| [[A page]] | x \\| y z |\n|  | \\[\\[w]] |\n| [[short]] |  |\n"
	if string(got) != want || err != nil {
		t.Errorf("got %s, %v", got, err)
	}
	if _, err := notion.Table(strings.NewReader(""), 9); err == nil {
		t.Error("an empty table is none")
	}
}

// Whatever a page says, its block of properties holds one line for each key that
// is not a list's, and ends where it should.
func FuzzPage(f *testing.F) {
	f.Add("# T\n\nTags: a, b\n---: x\n\ntext")
	f.Fuzz(func(t *testing.T, text string) {
		body, _ := notion.Page([]byte(text), "t")
		if !strings.HasPrefix(string(body), "---\ntitle: ") || strings.HasPrefix(text, "---") {
			return
		}
		block, _, ok := strings.Cut(string(body)[4:], "\n---\n")
		if !ok {
			t.Fatalf("no end: %q", body)
		}
		for line := range strings.SplitSeq(block, "\n") {
			if !strings.Contains(line, ":") && !strings.HasPrefix(line, `  - "`) {
				t.Errorf("line %q of %q", line, body)
			}
		}
		notion.Table(strings.NewReader(text), 1<<16)
	})
}
