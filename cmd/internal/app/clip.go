package app

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/fetch"
	"github.com/clipmend/clipmend/ingest/source"
	"github.com/clipmend/clipmend/normalize"
	"github.com/clipmend/clipmend/vault"
)

func (s *session) clipVerb() *cli.Command {
	return &cli.Command{
		Name:      "clip",
		Usage:     "bring clips into a vault: mended, with their facts",
		ArgsUsage: "SOURCE...",
		Description: `A source is a file, a folder, an address, or '-' for standard input. What a
file is, is told by its content. Clipping something again changes only what is
new in it, and never what a person edited.

   clipmend clip article.html --vault ~/Notes
   clipmend clip ~/Downloads/clips --vault ~/Notes --dry-run --diff
   clipmend clip export.enex notion.zip crawl.warc.gz --vault ~/Notes
   clipmend clip bookmarks.html --fetch --vault ~/Notes
   clipmend clip https://example.org/ --images save --vault ~/Notes
   curl -s https://example.org/ | clipmend clip - --url https://example.org/ --stdout`,
		Flags:  clipFlags(),
		Action: s.clip,
	}
}

// clipFlags are those of clip and of sync, which does the same again and again.
func clipFlags() []cli.Flag {
	return append([]cli.Flag{
		&cli.PathFlag{Name: "vault", Usage: "the vault's `DIR`; it is made if it is not there", EnvVars: []string{"CLIPMEND_VAULT"}},
		&cli.StringFlag{Name: "folder", Value: "Clippings", Usage: "put the notes into `FOLDER` of the vault"},
		&cli.BoolFlag{Name: "dry-run", Aliases: []string{"n"}, Usage: "print the plan, write nothing"},
		&cli.BoolFlag{Name: "diff", Usage: "show what changes in each note"},
		&cli.BoolFlag{Name: "json", Usage: "one object a line: the plan's changes, or with --stdout the notes"},
		&cli.BoolFlag{Name: "again", Usage: "make every note anew, also of clips that are as they were"},
		&cli.BoolFlag{Name: "stdout", Usage: "print the notes instead of writing them"},
		&cli.StringFlag{Name: "url", Usage: "a saved page that does not say where it came from is from `URL`"},
		imagesFlag(),
		&cli.BoolFlag{Name: "fetch", Usage: "fetch the pages behind the links of bookmarks and read-later lists"},
		&cli.BoolFlag{Name: "allow-private", Usage: "fetch pages from private and loopback addresses too"},
		&cli.BoolFlag{Name: "no-facts", Usage: "read no facts and write no notes about models"},
		packFlag(),
		&cli.BoolFlag{Name: "highlight", Usage: "mark the words of facts in the notes: ==like this=="},
		&cli.BoolFlag{Name: "no-callout", Usage: "put no folded list of the facts into the notes"},
		&cli.PathFlag{Name: "state", Usage: "keep the books in `DIR`", EnvVars: []string{"CLIPMEND_STATE"}},
	}, slices.Concat(readerFlags(), ruleFlags(), styleFlags())...)
}

func (s *session) clip(c *cli.Context) error {
	if c.Bool("list-rules") {
		return s.listRules()
	}
	sources, err := s.sources(c)
	if err != nil {
		return err
	}
	o, err := clipOptions(c)
	if err != nil {
		return err
	}
	if c.Bool("stdout") {
		return s.printNotes(c.Context, s.open(c, sources, false), o, c.Bool("json"))
	}
	if c.Path("vault") == "" {
		return usagef("%s: say where the vault is: --vault DIR, or CLIPMEND_VAULT; or --stdout", c.Command.Name)
	}
	return s.bring(c, s.open(c, sources, false), o)
}

// clipOptions are the options by which clips that come in are made notes.
func clipOptions(c *cli.Context) (normalize.Options, error) {
	o, err := ruleOptions(c)
	if err != nil {
		return o, err
	}
	p, err := picturesOf(c)
	p.apply(&o)
	return o, err
}

// open yields the clips of the sources as the flags say. Found says that nobody
// named them.
func (s *session) open(c *cli.Context, sources []string, found bool) iter.Seq2[ingest.Clip, error] {
	clips := source.Open(c.Context, sources, source.Options{Stdin: s.in, URL: c.String("url"), Fetch: fetchOptions(c), Found: found})
	if c.Bool("fetch") {
		clips = fetch.Links(c.Context, clips, fetchOptions(c), 0)
	}
	return clips
}

// bring carries out one run with the clips of the sources.
func (s *session) bring(c *cli.Context, clips iter.Seq2[ingest.Clip, error], o normalize.Options) error {
	r, err := s.newRun(c, c.Command.Name)
	if err != nil {
		return err
	}
	r.recall(c, o)
	return errors.Join(r.clip(c.Context, clips, o), r.close())
}

// printNotes writes the notes to standard output and none to disk.
func (s *session) printNotes(ctx context.Context, clips iter.Seq2[ingest.Clip, error], o normalize.Options, asJSON bool) error {
	var t tally
	for p, err := range s.prepareAll(ctx, clips, preparing{options: o}) {
		if err != nil {
			t.count(s, err)
			continue
		}
		t.done++
		if asJSON {
			err = s.printJSON(p.printed())
		} else {
			for _, warning := range p.note.Warnings { // of JSON they are a part
				s.warn(p.clip.Origin.String(), warning)
			}
			_, err = s.out.Write(p.note.Text)
		}
		if err != nil {
			return err
		}
	}
	return t.verdict()
}

// A printedNote is a line of clip --stdout --json.
type printedNote struct {
	Path      string   `json:"path"`
	URL       string   `json:"url"`
	Title     string   `json:"title"`
	Author    string   `json:"author"`
	Published string   `json:"published"`
	Site      string   `json:"site"`
	Lang      string   `json:"lang"`
	Warnings  []string `json:"warnings,omitempty"`
	Text      string   `json:"text"` // the body
}

func (p *prepared) printed() printedNote {
	return printedNote{
		Path: p.clip.Origin.String(), URL: p.url(), Title: p.props["title"], Author: p.props["author"],
		Published: p.props["published"], Site: p.props["site"], Lang: p.note.Lang, Warnings: p.note.Warnings,
		Text: string(p.note.Text[p.note.Body.Start:p.note.Body.End]),
	}
}

// openVault opens the vault for a run, and makes its folder if need be. A run
// that writes nothing looks at an empty folder where there is none yet.
func openVault(ctx context.Context, dir, state, verb string, readOnly bool) (v *vault.Vault, cleanUp func() error, err error) {
	cleanUp = func() error { return nil }
	if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
		if readOnly {
			if dir, err = os.MkdirTemp("", "clipmend-"); err != nil {
				return nil, cleanUp, err
			}
			cleanUp = func() error { return os.Remove(dir) }
		} else if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, cleanUp, fmt.Errorf("vault: %w", err)
		} else {
			cleanUp = func() error { // a mistyped source leaves no empty vault behind
				_ = os.Remove(dir) // fails if anything is in it
				return nil
			}
		}
	}
	v, err = vault.OpenContext(ctx, dir, vault.Options{State: state, ReadOnly: readOnly, Verb: verb, Wait: lockWait})
	return v, cleanUp, err
}
