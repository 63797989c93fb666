package app

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/vault"
	"github.com/clipmend/clipmend/vault/models"
)

// writeModels brings the notes about models, and the views over them, up to date
// with the clips that are in the vault now.
func (r *run) writeModels(ctx context.Context, changes []vault.Change) (err error) {
	touched := map[string]bool{}
	lies := map[string]string{} // by origin
	for _, c := range changes {
		if c.Action == vault.Failed || c.Action == vault.Refused || c.Action == vault.Conflict {
			continue
		}
		note := strings.TrimSuffix(c.Path, ".md")
		touched[note] = true
		if !c.After.Absent() {
			lies[c.Origin] = note
		}
	}
	groups, err := r.stated.group(func(origin string) string { return lies[origin] }, r.names.File)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, groups.close()) }()
	w := &modelWriter{run: r, groups: groups, touched: touched, sum: newSummary(r.schema)}
	for _, step := range []func(context.Context) error{w.present, w.fresh, w.views} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// A modelWriter writes the notes about models at the end of a run.
type modelWriter struct {
	*run
	groups  *rowGroups
	touched map[string]bool // notes that the run looked at
	sum     *summary
}

// present rewrites the notes that are there, part by part of the groups.
func (w *modelWriter) present(ctx context.Context) error {
	slices.SortStableFunc(w.modelNotes, func(a, b string) int {
		return w.groups.part(stemOfPath(a)) - w.groups.part(stemOfPath(b))
	})
	_, err := w.carryOut(ctx, func() (*vault.Plan, error) {
		return w.vault.PlanFiles(ctx, each(w.modelNotes), func(path string, text []byte) (vault.Rewritten, error) {
			stem := stemOfPath(path)
			rows, _, err := w.groups.of(stem)
			if err != nil {
				return vault.Rewritten{}, err
			}
			out, err := models.Update(text, nil, rows, func(note string) bool { return w.touched[note] }, w.schema)
			if err == nil {
				w.sum.add(stem, out)
			}
			return vault.Rewritten{Text: out, Why: []string{"facts"}}, err
		})
	})
	return err
}

// fresh writes a note for each model that has none yet, and the views, which
// depend on the pack alone.
func (w *modelWriter) fresh(ctx context.Context) error {
	_, err := w.carryOut(ctx, func() (*vault.Plan, error) { return w.vault.Plan(ctx, w.newModels()) })
	return err
}

func (w *modelWriter) newModels() iter.Seq2[vault.Wanted, error] {
	have := map[string]bool{}
	for _, path := range w.modelNotes {
		have[stemOfPath(path)] = true
	}
	return func(yield func(vault.Wanted, error) bool) {
		for part := range w.groups.parts {
			stems, err := w.groups.stems(part)
			if err != nil && !yield(vault.Wanted{}, err) {
				return
			}
			for _, stem := range stems {
				if !have[stem] && !yield(w.newModel(stem)) {
					return
				}
			}
		}
		if !w.sum.empty() {
			text, err := models.Base(w.schema)
			yield(vault.Wanted{Path: w.schema.Folder + ".base", Text: text, Why: []string{"views"}}, err)
		}
	}
}

func (w *modelWriter) newModel(stem string) (vault.Wanted, error) {
	rows, spelled, err := w.groups.of(stem)
	var aliases []string
	if spelled != "" {
		aliases = []string{spelled}
	}
	var text []byte
	if err == nil {
		text, err = models.Update(nil, aliases, rows, nil, w.schema)
	}
	wanted := vault.Wanted{Path: w.schema.Folder + "/" + stem + ".md", Text: text, Why: []string{"facts"}}
	if err != nil {
		return wanted, fmt.Errorf("%s: %w", wanted.Path, err)
	}
	w.sum.add(stem, text)
	return wanted, nil
}

// views brings the canvas and the index up to date: a file that is there is
// rewritten, one that is not is made, unless a person deleted it.
func (w *modelWriter) views(ctx context.Context) error {
	if w.sum.empty() {
		return nil
	}
	canvas := w.schema.Folder + ".canvas"
	make := map[string]func([]byte) ([]byte, error){
		canvas: func(text []byte) ([]byte, error) {
			return models.Canvas(text, w.sum.edges(), w.sum.noted, w.schema)
		},
		w.schema.Folder + ".md": func(text []byte) ([]byte, error) {
			return models.Index(text, w.sum.dates, w.sum.related(), w.schema), nil
		},
	}
	var present []string
	var wanted []vault.Wanted
	for _, path := range []string{canvas, w.schema.Folder + ".md"} {
		if _, err := os.Lstat(filepath.Join(w.vault.Dir(), path)); err == nil {
			present = append(present, path)
			continue
		}
		text, err := make[path](nil)
		if err != nil {
			return err
		}
		if text != nil {
			wanted = append(wanted, vault.Wanted{Path: path, Text: text, Why: []string{"views"}})
		}
	}
	_, err := w.carryOut(ctx, func() (*vault.Plan, error) {
		return w.vault.PlanFiles(ctx, each(present), func(path string, text []byte) (vault.Rewritten, error) {
			out, err := make[path](text)
			return vault.Rewritten{Text: out, Why: []string{"views"}}, err
		})
	})
	if err != nil || len(wanted) == 0 {
		return err
	}
	_, err = w.carryOut(ctx, func() (*vault.Plan, error) {
		return w.vault.Plan(ctx, func(yield func(vault.Wanted, error) bool) {
			for _, one := range wanted {
				if !yield(one, nil) {
					return
				}
			}
		})
	})
	return err
}

// A summary is what the views show of the notes about models.
type summary struct {
	schema models.Schema
	stems  map[string]bool
	out    map[string][]models.Edge // by the note that states them
	dates  []models.Dated
}

func newSummary(s models.Schema) *summary {
	return &summary{schema: s, stems: map[string]bool{}, out: map[string][]models.Edge{}}
}

// add takes in a note. One that is added again is as it was, or was changed by
// another program in between, and the next run sees that.
func (s *summary) add(stem string, note []byte) {
	if s.stems[stem] {
		return
	}
	s.stems[stem] = true
	rows := models.Rows(note)
	if edges := models.Edges(stem, rows, s.schema); len(edges) > 0 {
		s.out[stem] = edges
	}
	if d, ok := models.DateOf(stem, rows, s.schema); ok {
		s.dates = append(s.dates, d)
	}
}

func (s *summary) empty() bool            { return len(s.stems) == 0 }
func (s *summary) noted(stem string) bool { return s.stems[stem] }
func (s *summary) related() bool          { return len(s.edges()) > 0 }

func (s *summary) edges() []models.Edge {
	var edges []models.Edge
	names := map[string]bool{}
	for stem := range s.stems {
		names[stem] = true
	}
	for _, list := range s.out {
		edges = append(edges, list...)
		for _, e := range list {
			names[e.From], names[e.To] = true, true
		}
	}
	var all []string
	for name := range names {
		all = append(all, name)
	}
	slices.Sort(all)
	return append(edges, models.Variants(all)...)
}
