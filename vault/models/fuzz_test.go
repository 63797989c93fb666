package models

import (
	"bytes"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/normalize/frontmatter"
)

// FuzzUpdate gives Update notes that a person or a hostile clip may have made:
// it must refuse them or leave all words outside the table, and doing it twice
// must be doing it once.
func FuzzUpdate(f *testing.F) {
	f.Add("", "parameters", "236B", "words", "Note")
	f.Add("---\nrating: 5\n---\nMine.\n", "parameters", "≈ 2T", "a | b", "N")
	f.Add(regionBegin+"\n| a | b |\n"+regionEnd+"\nafter", "x", "[[y|z]]", regionEnd, "]]")
	f.Fuzz(func(t *testing.T, existing, attribute, value, words, note string) {
		rows := []Row{{attribute, value, words, "[[" + note + "|" + linkText(note) + "]]"}}
		touched := func(string) bool { return true }
		once, err := Update([]byte(existing), nil, rows, touched, schema)
		if err != nil {
			return
		}
		if _, err := frontmatter.Parse(once); err != nil {
			t.Fatalf("the properties are broken: %v\n%s", err, once)
		}
		twice, err := Update(once, nil, rows, touched, schema)
		if err != nil || !bytes.Equal(once, twice) {
			t.Errorf("once\n%s\ntwice\n%s\n%v", once, twice, err)
		}
		if before, _, _, _ := splitTable(existing); !strings.HasPrefix(existing, "---") && !bytes.Contains(once, []byte(before)) {
			t.Errorf("%q is lost in %q", before, once)
		}
	})
}
