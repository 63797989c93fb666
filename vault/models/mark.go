package models

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/annotate"
	"github.com/clipmend/clipmend/normalize/frontmatter"
	"github.com/clipmend/clipmend/normalize/repair"
)

// Marks say what Mark puts into a note beside block ids and links.
type Marks struct {
	Highlight bool // ==the words== of each fact
	Callout   bool // a folded callout that lists the facts
}

// Mark prepares a note for links to its facts: each paragraph that states one
// gets a block id, and a property links to the notes of the models. It returns
// the new text and the block id of each fact, "" for one that no block holds.
// file maps a model to the name of its note. The input is not changed; marking a
// marked note changes nothing.
//
// The facts are those of the note as [Readable] gives it.
func Mark(text []byte, facts []annotate.Fact, s Schema, file func(model string) string, m Marks) ([]byte, []string, error) {
	block, err := frontmatter.Split(text)
	if err != nil {
		return nil, nil, fmt.Errorf("models: %w", err)
	}
	body := text[block.Body.Start:block.Body.End]
	spans := make([]repair.Span, len(facts))
	for i, f := range facts {
		spans[i] = f.Evidence.Span
	}
	edits, ids := Anchor(body, spans)
	first := isFirst(edits, ids)
	if m.Highlight {
		edits = slices.Concat(Highlight(body, spans), edits)
	}
	if m.Callout {
		edits = append(edits, callout(body, facts, ids, s, file, first)...)
	}
	slices.SortStableFunc(edits, func(a, b repair.Edit) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	marked, _, err := repair.Apply(body, 0, edits)
	if err != nil {
		return nil, nil, fmt.Errorf("models: %w", err)
	}
	out := slices.Concat(text[:block.Body.Start], marked, text[block.Body.End:])
	if block.Format != frontmatter.YAML {
		return out, ids, nil
	}
	out, err = linkModels(out, facts, s, file)
	return out, ids, err
}

// isFirst reports whether the edits give ids to all blocks that have one, so
// that the note was not marked before.
func isFirst(edits []repair.Edit, ids []string) bool {
	fresh := map[string]bool{"": true}
	for _, e := range edits {
		fresh[e.Now[strings.LastIndexByte(e.Now, '^')+1:]] = true
	}
	return len(edits) > 0 && !slices.ContainsFunc(ids, func(id string) bool { return !fresh[id] })
}

// linkModels sets the property that lists the models, and takes it away when
// there are none.
func linkModels(text []byte, facts []annotate.Fact, s Schema, file func(string) string) ([]byte, error) {
	var links []string
	for _, f := range facts {
		if link := s.link(f.Model, file); !slices.Contains(links, link) {
			links = append(links, link)
		}
	}
	slices.Sort(links)
	change := frontmatter.Change{Op: frontmatter.Set, Key: s.property(), Value: frontmatter.ListValue(links...)}
	if len(links) == 0 {
		change = frontmatter.Change{Op: frontmatter.Delete, Key: s.property()}
	}
	out, _, err := frontmatter.Edit(text, []frontmatter.Change{change})
	if err != nil {
		return nil, fmt.Errorf("models: %w", err)
	}
	return out, nil
}

// A Statement is a fact of a note as rows show it, before it is known where the
// note lies.
type Statement struct {
	Model, Attribute, Value, Words string
	Block                          string // the id of its paragraph
	Reader                         string // that found it, "" for the engine
}

// Statements turns the facts of a note into statements, in their order. ids are
// the block ids of the facts.
func Statements(facts []annotate.Fact, ids []string, s Schema, file func(string) string) []Statement {
	out := make([]Statement, len(facts))
	for i, f := range facts {
		out[i] = Statement{f.Model, f.Attribute, Text(f, s, file), plainMarks.Replace(f.Evidence.Quote), ids[i], f.Origin}
	}
	return out
}

// Row gives the statement its source: note is the note's path in the vault
// without its ending.
func (st Statement) Row(note, title string) Row {
	link := note
	if st.Block != "" {
		link += "#^" + st.Block
	}
	source := "[[" + link + "|" + linkText(shorten(title)) + "]]"
	if st.Reader != "" {
		source += " (" + st.Reader + ")"
	}
	return Row{Attribute: st.Attribute, Value: st.Value, Words: st.Words, Source: source}
}

// plainMarks takes out of a quote the marks that [Highlight] puts there.
var plainMarks = strings.NewReplacer("==", "")

// maxTitle bounds the characters of a title that a link shows in a table.
const maxTitle = 48

func shorten(title string) string {
	r := []rune(title)
	if len(r) <= maxTitle {
		return title
	}
	return strings.TrimSpace(string(r[:maxTitle-1])) + "…"
}

// linkText keeps a title from ending the link that shows it.
func linkText(title string) string {
	return linkReplacer.Replace(title)
}
