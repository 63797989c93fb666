package app

import (
	"cmp"
	"context"
	"iter"
	"path/filepath"

	"github.com/clipmend/clipmend/annotate"
	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/batch"
	"github.com/clipmend/clipmend/normalize"
	"github.com/clipmend/clipmend/normalize/frontmatter"
)

// A prepared clip is a note with its facts, before the vault is looked at.
type prepared struct {
	clip   ingest.Clip
	note   *normalize.Note
	facts  []annotate.Fact
	unread error             // what kept the second reader from reading
	props  map[string]string // the scalar properties of the note
}

// preparing says how clips are made notes.
type preparing struct {
	options  normalize.Options
	readers  *factReader // nil reads no facts
	own      string      // what lies in this folder is a person's note, and is mended in place
	pictures pictures
}

// prepareAll makes clips into notes, many at once, in their order.
func (s *session) prepareAll(ctx context.Context, clips iter.Seq2[ingest.Clip, error], how preparing) iter.Seq2[prepared, error] {
	return batch.Map(ctx, clips, s.jobs, func(ctx context.Context, clip ingest.Clip) (prepared, error) {
		o := how.options
		o.InPlace = o.InPlace || isBelow(how.own, clip.Origin.Path)
		note, err := normalize.Normalize(clip, o)
		if err == nil && how.pictures.mode == "save" && !o.InPlace {
			with, warnings := how.pictures.fetched(ctx, clip, note)
			if note, err = normalize.Normalize(with, o); err == nil {
				note.Warnings = append(note.Warnings, warnings...)
			}
		}
		if err != nil {
			return prepared{}, failedIn("normalize", clip.Origin, err)
		}
		doc, err := frontmatter.Parse(note.Text)
		if err != nil {
			return prepared{}, failedIn("properties", clip.Origin, err)
		}
		p := prepared{clip: clip, note: note, props: map[string]string{}}
		for _, prop := range doc.Properties {
			p.props[prop.Key] = prop.Value.Text
		}
		if how.readers != nil {
			p.facts, p.unread = how.readers.read(ctx, note.Text[note.Body.Start:note.Body.End])
		}
		return p, nil
	})
}

// files returns what the note must have stored beside it and no note before it
// had.
func (p *prepared) files(seen map[string]bool) []normalize.File {
	if p.note == nil {
		return nil
	}
	var list []normalize.File
	for _, f := range p.note.Files {
		if !seen[f.Name] {
			seen[f.Name] = true
			list = append(list, f)
		}
	}
	return list
}

// title is what the note is called.
func (p *prepared) title() string { return cmp.Or(p.props["title"], p.clip.Title, "Untitled") }

// url is the address of the page, as the note says it.
func (p *prepared) url() string { return cmp.Or(p.props["source"], p.clip.URL) }

// why says what changed the clip: the encoding that it was in, and the rules.
func (p *prepared) why() []string {
	if p.note.Encoding != "" && p.note.Encoding != "utf-8" {
		return append([]string{fromEncoding + p.note.Encoding}, p.rules()...)
	}
	return p.rules()
}

// fromEncoding begins what says that a text is no longer in an encoding.
const fromEncoding = "from "

// rules names the rules that changed the clip, each once, in their order.
func (p *prepared) rules() []string {
	var rules []string
	seen := map[string]bool{}
	for _, r := range p.note.Repairs {
		if !seen[r.Rule] {
			seen[r.Rule] = true
			rules = append(rules, r.Rule)
		}
	}
	return rules
}

// isBelow reports whether a file lies in the folder dir, "" being none.
func isBelow(dir, file string) bool {
	if dir == "" {
		return false
	}
	absolute, err := filepath.Abs(file)
	if err != nil {
		return false
	}
	if real, err := filepath.EvalSymlinks(absolute); err == nil {
		absolute = real
	}
	relative, err := filepath.Rel(dir, absolute)
	return err == nil && filepath.IsLocal(relative)
}
