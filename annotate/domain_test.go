package annotate

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/clipmend/clipmend/annotate/packs"
	"github.com/clipmend/clipmend/annotate/phrase"
)

// TestEngineKnowsNoDomain holds that what a pack of this repository says of its
// domain is said in no string of the engine: no name of a thing or its maker, no
// attribute, no relation, no listed value of two letters or more, no word for the
// things. Packs are data; the engine knows language.
func TestEngineKnowsNoDomain(t *testing.T) {
	words := map[string]string{} // whose they are
	for _, p := range []*packs.Pack{packs.Default(), packs.Products()} {
		domainWords(p, words)
	}
	for _, dir := range []string{".", "phrase"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no files in %s: %v", dir, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			for _, lit := range literals(t, file) {
				for word := range strings.FieldsFuncSeq(lit, func(r rune) bool { return r == ' ' || r == '\n' || r == ',' }) {
					if whose, ok := words[strings.ToLower(word)]; ok {
						t.Errorf("%s: %q is of the domain: %s", file, word, whose)
					}
				}
			}
		}
	}
}

// domainWords collects the single words of a pack that mean something in its
// domain alone: those with a capital within, a digit or an underscore, and the
// nouns, ordinary words and tails, which it lists for being its own.
func domainWords(p *packs.Pack, into map[string]string) {
	add := func(list packs.Phrases, whose string) {
		for _, ph := range list {
			forms, _ := phrase.Expand(ph.Text)
			for _, form := range forms {
				into[strings.ToLower(form)] = p.Name + ", " + whose
			}
		}
	}
	add(p.Entity.Nouns, "nouns")
	add(p.Entity.Ordinary, "ordinary")
	add(p.Entity.Tails, "tails")
	for name, also := range p.Entity.Names {
		add(packs.Phrases{{Text: name}}, "names")
		add(also.Also, "names")
	}
	for name, a := range p.Attributes {
		if strings.Contains(name, "_") {
			into[name] = p.Name + ", attributes"
		}
		for relation := range a.Relations {
			into[relation] = p.Name + ", relations"
		}
		for value, also := range a.Terms {
			for _, ph := range append(packs.Phrases{{Text: value}}, also...) {
				if particular(ph.Text) {
					into[strings.ToLower(ph.Text)] = p.Name + ", values of " + name
				}
			}
		}
	}
}

// particular reports whether a word is written as no ordinary word is.
func particular(word string) bool {
	for i, r := range word {
		if i > 0 && unicode.IsUpper(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

// literals returns the strings of a Go file, without the tags of fields.
func literals(t *testing.T, file string) []string {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	f, err := parser.ParseFile(token.NewFileSet(), file, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			n.Tag = nil
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				if s, err := strconv.Unquote(n.Value); err == nil {
					out = append(out, s)
				}
			}
		}
		return true
	})
	return out
}
