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

	// mark is what the clip and all that decides its note are like, where it is
	// worth remembering. Before is what was made of the same earlier: then the
	// fields above are empty, but for the clip.
	mark   *clipMark
	before *outcome
}

// preparing says how clips are made notes.
type preparing struct {
	options  normalize.Options
	readers  *factReader // nil reads no facts
	own      string      // what lies in this folder is a person's note, and is mended in place
	pictures pictures
	memory   *outcomes // nil remembers nothing
}

// prepareAll makes clips into notes, many at once, in their order.
func (s *session) prepareAll(ctx context.Context, clips iter.Seq2[ingest.Clip, error], how preparing) iter.Seq2[prepared, error] {
	return batch.Map(ctx, clips, s.jobs, func(ctx context.Context, clip ingest.Clip) (prepared, error) {
		if mark, before := how.memory.find(clip, isBelow(how.own, clip.Origin.Path)); before != nil {
			return prepared{clip: clip, mark: mark, before: before}, nil
		}
		return how.prepare(ctx, clip)
	})
}

// prepare makes one clip into a note.
func (how *preparing) prepare(ctx context.Context, clip ingest.Clip) (prepared, error) {
	o := how.options
	below := isBelow(how.own, clip.Origin.Path)
	o.InPlace = o.InPlace || below
	whole := true // nothing is missing that another time might bring
	note, err := normalize.Normalize(clip, o)
	if err == nil && how.pictures.mode == "save" && !o.InPlace {
		with, warnings := how.pictures.fetched(ctx, clip, note)
		if note, err = normalize.Normalize(with, o); err == nil {
			note.Warnings = append(note.Warnings, warnings...)
			whole = len(warnings) == 0
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
		whole = whole && p.unread == nil && !how.readers.givenUp()
	}
	if whole {
		p.mark = how.memory.markOf(clip, below)
	}
	return p, nil
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
