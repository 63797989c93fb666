package app

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/clipmend/clipmend/annotate"
	"github.com/clipmend/clipmend/normalize/frontmatter"
	"github.com/clipmend/clipmend/vault/models"
)

// TestEvidence holds over every golden note: a quote is the text at its span,
// and marking the facts changes neither their number nor their words.
func TestEvidence(t *testing.T) {
	paths, err := filepath.Glob("../../../normalize/testdata/golden/*.md")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no golden notes: %v", err)
	}
	total := 0
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		facts := evidence(t, path, text)
		total += len(facts)
		marked, _, err := models.Mark(text, facts, models.Schema{}, func(model string) string { return model }, models.Marks{Callout: true})
		if err != nil {
			t.Fatal(err)
		}
		again := evidence(t, path, marked)
		if len(again) != len(facts) {
			t.Errorf("%s: %d facts, and %d once they are marked", path, len(facts), len(again))
			continue
		}
		for i := range facts {
			if facts[i].Evidence.Quote != again[i].Evidence.Quote {
				t.Errorf("%s: %q became %q", path, facts[i].Evidence.Quote, again[i].Evidence.Quote)
			}
		}
		if twice, _, err := models.Mark(marked, again, models.Schema{}, func(model string) string { return model }, models.Marks{Callout: true}); err != nil || string(twice) != string(marked) {
			t.Errorf("%s: marked twice, %v:\n%s", path, err, twice)
		}
	}
	if total == 0 {
		t.Error("no golden note states a fact")
	}
}

func evidence(t *testing.T, path string, text []byte) []annotate.Fact {
	t.Helper()
	block, err := frontmatter.Split(text)
	if err != nil {
		t.Fatal(err)
	}
	body := text[block.Body.Start:block.Body.End]
	facts := annotate.Annotate(models.Readable(body), annotate.Options{})
	for _, f := range facts {
		if got := string(body[f.Evidence.Span.Start:f.Evidence.Span.End]); got != f.Evidence.Quote {
			t.Errorf("%s: the quote %q stands at %q", path, f.Evidence.Quote, got)
		}
	}
	return facts
}
