package models

import (
	"fmt"
	"slices"

	"github.com/clipmend/clipmend/annotate"
	"github.com/clipmend/clipmend/normalize/frontmatter"
	"github.com/clipmend/clipmend/normalize/repair"
)

// PropertyModels is the property of a note that links to the models it speaks
// of.
const PropertyModels = "models"

// Mark prepares a note for links to its facts: each paragraph that states one
// gets a block id, and the property "models" links to the notes of the models.
// It returns the new text and the block id of each fact, "" for one that no
// block holds. file maps a model to the name of its note. The input is not
// changed; marking a marked note changes nothing.
func Mark(text []byte, facts []annotate.Fact, s Schema, file func(model string) string) ([]byte, []string, error) {
	block, err := frontmatter.Split(text)
	if err != nil {
		return nil, nil, fmt.Errorf("models: %w", err)
	}
	spans := make([]repair.Span, len(facts))
	for i, f := range facts {
		spans[i] = f.Evidence.Span
	}
	edits, ids := Anchor(text[block.Body.Start:block.Body.End], spans)
	for i := range edits {
		edits[i].Span.Start += block.Body.Start
		edits[i].Span.End += block.Body.Start
	}
	out, _, err := repair.Apply(text, 0, edits)
	if err != nil {
		return nil, nil, fmt.Errorf("models: %w", err)
	}
	if block.Format != frontmatter.YAML {
		return out, ids, nil
	}
	out, err = linkModels(out, facts, s, file)
	return out, ids, err
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
	change := frontmatter.Change{Op: frontmatter.Set, Key: PropertyModels, Value: frontmatter.ListValue(links...)}
	if len(links) == 0 {
		change = frontmatter.Change{Op: frontmatter.Delete, Key: PropertyModels}
	}
	out, _, err := frontmatter.Edit(text, []frontmatter.Change{change})
	if err != nil {
		return nil, fmt.Errorf("models: %w", err)
	}
	return out, nil
}

// RowsOf turns the facts of a note into rows by model, in the order of the
// facts. note is the note's path in the vault without its ending; ids are the
// block ids of the facts.
func RowsOf(note, title string, facts []annotate.Fact, ids []string, s Schema, file func(string) string) map[string][]Row {
	rows := map[string][]Row{}
	for i, f := range facts {
		link := note
		if ids[i] != "" {
			link += "#^" + ids[i]
		}
		rows[f.Model] = append(rows[f.Model], Row{
			Attribute: f.Attribute,
			Value:     Text(f, s, file),
			Words:     f.Evidence.Quote,
			Source:    "[[" + link + "|" + linkText(title) + "]]",
		})
	}
	return rows
}

// linkText keeps a title from ending the link that shows it.
func linkText(title string) string {
	return linkReplacer.Replace(title)
}
