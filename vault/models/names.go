package models

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// linkReplacer takes out what would end a wiki link.
var linkReplacer = strings.NewReplacer("|", " ", "[", "(", "]", ")", "\n", " ")

// Names gives each model one note, however a text spells it: DeepSeek V2,
// DeepSeek-V2 and deepseek_v2 are one. The zero Names knows none. It is for one
// goroutine.
type Names struct {
	stems map[string]string
}

// Learn notes that a model's note has the name stem, unless it has one already,
// and returns the name that holds.
func (n *Names) Learn(model, stem string) string {
	if n.stems == nil {
		n.stems = map[string]string{}
	}
	key := FoldName(model)
	if known, ok := n.stems[key]; ok {
		return known
	}
	n.stems[key] = stem
	return stem
}

// File returns the name of the model's note, without the ending, or "".
func (n *Names) File(model string) string { return n.stems[FoldName(model)] }

// SameName reports whether two spellings are of one name.
func SameName(a, b string) bool { return FoldName(a) == FoldName(b) }

// FoldName drops from a name what spellings of a name differ in.
func FoldName(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' || r == '_' || r == '\u2010' || r == '\u2011' {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(name))
}
