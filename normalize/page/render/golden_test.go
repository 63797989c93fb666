package render_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/clipmend/clipmend/normalize/page/render"
)

var update = flag.Bool("update", false, "write the golden files anew")

// parse reads a document as a page's bytes are read.
func parse(t testing.TB, src string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestGolden renders each testdata/*.html and compares it with the .md beside
// it. A first line <!-- title: … --> gives the note's title.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.html")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".html"), func(t *testing.T) {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			o := render.Options{BaseURL: "https://example.com/blog/post"}
			if rest, ok := strings.CutPrefix(string(src), "<!-- title: "); ok {
				o.Title, _, _ = strings.Cut(rest, " -->")
			}
			got := render.Markdown(parse(t, string(src)), o)
			golden := strings.TrimSuffix(name, ".html") + ".md"
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}
