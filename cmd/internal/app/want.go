package app

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"path"
	"slices"

	"github.com/clipmend/clipmend/normalize"
	"github.com/clipmend/clipmend/normalize/safety"
	"github.com/clipmend/clipmend/vault"
	"github.com/clipmend/clipmend/vault/merge"
	"github.com/clipmend/clipmend/vault/models"
)

// wanted turns prepared clips into the notes that the vault should hold.
func (r *run) wanted(ctx context.Context, seq iter.Seq2[prepared, error], p *progress) iter.Seq2[vault.Wanted, error] {
	seen := map[string]bool{}
	return func(yield func(vault.Wanted, error) bool) {
		for clip, err := range seq {
			p.step(clip.clip.Origin.String())
			var w vault.Wanted
			var files []vault.Wanted
			if err == nil {
				w, files, err = r.want(ctx, clip)
			}
			if err != nil {
				p.clear()
				r.tally.count(r.session, err)
				continue
			}
			for _, f := range files { // a note's links lead somewhere from the start
				if seen[f.Path] {
					continue
				}
				seen[f.Path] = true
				if !yield(f, nil) {
					return
				}
			}
			if !yield(w, nil) {
				return
			}
		}
	}
}

// want says where a clip's note goes, and the files that are stored beside it. Of
// a clip of which all is as before, the texts are made only if they are needed.
func (r *run) want(ctx context.Context, p prepared) (vault.Wanted, []vault.Wanted, error) {
	if p.before != nil && !r.sameNotes(p.before) {
		var err error
		if p, err = r.how.prepare(ctx, p.clip); err != nil {
			return vault.Wanted{}, nil, err
		}
	}
	if p.before != nil {
		w, files := r.wantBefore(ctx, p)
		return w, files, r.state(p, p.before)
	}
	made, text, err := r.make(p)
	if err == nil {
		err = r.state(p, made)
	}
	if err == nil {
		err = r.how.memory.keep(p.mark, made)
	}
	if err != nil {
		return vault.Wanted{}, nil, failedIn("annotate", p.clip.Origin, err)
	}
	r.tell(p)
	w := wantedOf(p, made, r.folder)
	w.Text = text
	var files []vault.Wanted
	for _, f := range p.note.Files {
		file := r.wantFile(w.Origin, f.Name, f.MediaType)
		file.Text = f.Data
		files = append(files, file)
	}
	return w, files, nil
}

// tell reports what a person should know of a clip that was made a note.
func (r *run) tell(p prepared) {
	if p.unread != nil {
		r.tally.count(r.session, failedIn("reader", p.clip.Origin, p.unread))
	}
	for _, warning := range p.note.Warnings {
		r.session.warn(p.clip.Origin.String(), warning)
	}
}

// state keeps what a clip states for the notes about models, and what it may not
// do for the sum.
func (r *run) state(p prepared, made *outcome) error {
	origin := p.clip.Origin.String()
	if len(made.Taken) > 0 {
		r.taken[origin] = made.Taken
	}
	return r.stated.add(stated{origin, made.Title, made.Stated})
}

// wantedOf is what the outcome says of a note, without its text.
func wantedOf(p prepared, made *outcome, folder string) vault.Wanted {
	return vault.Wanted{
		Folder: folder, Title: made.Title, URL: made.URL, Origin: p.clip.Origin.String(), Saved: p.clip.Saved,
		Why: made.Why, Doubts: made.Doubts, Source: p.clip.Body,
	}
}

// wantFile says where a file of a note goes.
func (r *run) wantFile(origin, name, mediaType string) vault.Wanted {
	return vault.Wanted{Path: path.Join(r.files, name), Origin: origin + ": " + cmp.Or(mediaType, "file"), Why: []string{"attachments"}}
}

// make marks the facts of a clip, and returns the outcome and the text.
func (r *run) make(p prepared) (*outcome, []byte, error) {
	made := &outcome{Title: p.title(), URL: p.url(), Why: p.why(), Doubts: doubtsOf(p.note), Taken: takenOut(p.note)}
	text := p.note.Text
	for _, f := range p.note.Files {
		made.Files = append(made.Files, outcomeFile{f.Name, f.MediaType, merge.HashOf(f.Data)})
	}
	if r.readers != nil {
		made.Models = r.modelsOf(p)
		r.learn(made.Models)
		made.Notes = map[string]string{}
		file := func(model string) string {
			made.Notes[model] = r.names.File(model)
			return made.Notes[model]
		}
		marked, ids, err := models.Mark(text, p.facts, r.schema, file, r.marks)
		if err != nil {
			return nil, nil, err
		}
		text, made.Stated = marked, models.Statements(p.facts, ids, r.schema, file)
	}
	made.Text = merge.HashOf(text)
	return made, text, nil
}

// modelsOf returns the models that a clip's facts name, each once, in their
// order.
func (r *run) modelsOf(p prepared) []string {
	var list []string
	seen := map[string]bool{"": true}
	for _, f := range p.facts {
		names := []string{f.Model, f.Other}
		if r.schema.Links[f.Attribute] {
			names = append(names, f.Value.Text)
		}
		for _, name := range names {
			if !seen[name] {
				seen[name] = true
				list = append(list, name)
			}
		}
	}
	return list
}

func (r *run) learn(names []string) {
	for _, name := range names {
		r.names.Learn(name, stemOf(name))
	}
}

// sameNotes reports whether the models in a clip have the notes that they had
// when it was made a note. Another clip, or a person, may have named one first.
func (r *run) sameNotes(before *outcome) bool {
	r.learn(before.Models)
	for model, note := range before.Notes {
		if r.names.File(model) != note {
			return false
		}
	}
	return true
}

// wantBefore wants what was made of a clip before.
func (r *run) wantBefore(ctx context.Context, p prepared) (vault.Wanted, []vault.Wanted) {
	w := wantedOf(p, p.before, r.folder)
	w.Hash = p.before.Text
	w.Make = r.again(ctx, p, w.Hash, func(now prepared) ([]byte, error) {
		_, text, err := r.make(now)
		return text, err
	})
	var files []vault.Wanted
	for _, f := range p.before.Files {
		file := r.wantFile(w.Origin, f.Name, f.MediaType)
		file.Hash = f.Hash
		file.Make = r.again(ctx, p, f.Hash, func(now prepared) ([]byte, error) {
			i := slices.IndexFunc(now.note.Files, func(one normalize.File) bool { return one.Name == f.Name })
			if i < 0 {
				return nil, fmt.Errorf("%s: it is not in the clip any more", f.Name)
			}
			return now.note.Files[i].Data, nil
		})
		files = append(files, file)
	}
	return w, files
}

// again gives a text as the books have it, and where they have it no more, makes
// it from the clip.
func (r *run) again(ctx context.Context, p prepared, hash vault.Hash, of func(prepared) ([]byte, error)) func() ([]byte, error) {
	return func() ([]byte, error) {
		if text, err := r.vault.Text(hash); err == nil {
			return text, nil
		}
		now, err := r.how.prepare(ctx, p.clip)
		if err != nil {
			return nil, err
		}
		return of(now)
	}
}

// takenOut returns the rules by which things were taken out of a clip that it
// may not do, one for each thing.
func takenOut(note *normalize.Note) []string {
	var rules []string
	for _, repair := range note.Repairs {
		if slices.ContainsFunc(safety.Rules(), func(rule safety.Rule) bool { return rule.ID == repair.Rule }) {
			rules = append(rules, repair.Rule)
		}
	}
	return rules
}
