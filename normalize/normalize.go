package normalize

import (
	"errors"
	"fmt"
	"slices"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/normalize/charset"
	"github.com/clipmend/clipmend/normalize/frontmatter"
	"github.com/clipmend/clipmend/normalize/mojibake"
	"github.com/clipmend/clipmend/normalize/page"
	"github.com/clipmend/clipmend/normalize/repair"
)

// ErrEmpty reports a clip in which there is nothing to read.
var ErrEmpty = errors.New("there is no text in it")

// Options say how a clip is made clean. The zero value is right for clips that
// come in.
type Options struct {
	// InPlace is for notes that a person keeps: broken text, properties and
	// lists are mended, and everything else about the note is theirs.
	InPlace bool
	// TextOnly stops when the characters are mended, for those who only read.
	TextOnly bool

	// Images says what becomes of pictures and of the files that a clip carries.
	Images Images
	// Target returns where a file of the note will be stored, as the note is to
	// link to it. Nil means that files cannot be stored: then the note itself
	// holds the pictures that no address leads to, those of up to 256 KiB.
	Target func(File) string

	MinConfidence float64  // as in mojibake.Options
	Strict        bool     // as in mojibake.Options
	Only          []string // run these rules and no others
	Skip          []string // do not run these rules
	Also          []string // run these too, though they are off by default

	Style frontmatter.Style // how properties should look
}

// A step is one pass over the text. It proposes edits to the text it is given.
type step struct {
	name string
	run  func(text []byte) ([]byte, []Repair, error)
}

// Normalize makes a clip clean. The clip is not changed, and a text that needs
// no change is returned as the clip's own bytes. Errors name the step that
// failed.
func Normalize(clip ingest.Clip, o Options) (*Note, error) {
	isPage := clip.MediaType == "text/html" || clip.MediaType == "application/xhtml+xml"
	text, guess, err := charset.Decode(clip.Body, charset.Options{Label: clip.Charset, HTML: isPage})
	if err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	n := &Note{Origin: clip.Origin, Encoding: guess.Encoding}
	f := newFiles(n, clip, o)
	if isPage {
		if text, err = n.fromPage(f.lift(text), clip, f); err != nil {
			return nil, fmt.Errorf("page: %w", err)
		}
	}
	for _, s := range o.steps(clip, f) {
		if text, err = n.pass(text, s); err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
	}
	block, err := frontmatter.Split(text)
	if err != nil {
		return nil, fmt.Errorf("properties: %w", err)
	}
	n.Text, n.Body = text, block.Body
	f.finish()
	if !isPage && !o.InPlace && !o.TextOnly {
		if warning := page.Truncated(text[block.Body.Start:]); warning != "" {
			n.Warnings = append(n.Warnings, warning)
		}
	}
	return n, nil
}

// steps gives the passes in their order: characters first, since broken ones
// hide everything else; then the properties; then the body.
func (o Options) steps(clip ingest.Clip, f *files) []step {
	steps := []step{{"text", o.mendText}}
	if o.TextOnly {
		return steps
	}
	if !o.InPlace && !o.skipped(frontmatter.RuleConvert) {
		steps = append(steps, step{"properties", convertProperties})
	}
	steps = append(steps, step{"properties", o.mendProperties}, step{"properties", o.styleProperties})
	if !o.InPlace {
		steps = append(steps, step{"properties", func(text []byte) ([]byte, []Repair, error) {
			return o.completeProperties(text, clip)
		}}, onBody(ruleFiles, f.edits))
	}
	return append(steps, o.bodySteps()...)
}

// pass runs a step and notes its repairs, numbered after those before it.
func (n *Note) pass(text []byte, s step) ([]byte, error) {
	first := 0
	for _, r := range n.Repairs {
		first = max(first, r.Pass+1)
	}
	out, repairs, err := s.run(text)
	if err != nil {
		return nil, err
	}
	for _, r := range repairs {
		r.Pass += first
		n.Repairs = append(n.Repairs, r)
	}
	return out, nil
}

func (o Options) mendText(text []byte) ([]byte, []Repair, error) {
	res := mojibake.Fix(text, o.Mojibake())
	return res.Text, res.Repairs, nil
}

// Mojibake returns the options that concern broken characters.
func (o Options) Mojibake() mojibake.Options {
	return mojibake.Options{
		MinConfidence: o.MinConfidence, Strict: o.Strict,
		Only: o.Only, Skip: o.Skip, Also: o.Also,
	}
}

// onBody makes a step of a rule that edits the body alone.
func onBody(name string, edits func(body []byte) []repair.Edit) step {
	return step{name, func(text []byte) ([]byte, []Repair, error) {
		block, err := frontmatter.Split(text)
		if err != nil {
			return nil, nil, err
		}
		list := edits(text[block.Body.Start:block.Body.End])
		for i := range list {
			list[i].Span.Start += block.Body.Start
			list[i].Span.End += block.Body.Start
		}
		return repair.Apply(text, 0, list)
	}}
}

// fromPage turns a page into a note's text, with what the page says of itself
// as its properties.
func (n *Note) fromPage(html []byte, clip ingest.Clip, f *files) ([]byte, error) {
	p, err := page.Convert(html, page.Options{URL: clip.URL, Image: f.image, Whole: clip.Extent == ingest.Content})
	if err != nil {
		return nil, err
	}
	if len(p.Markdown) == 0 && (clip.Extent != ingest.Content || clip.Title == "") {
		return nil, ErrEmpty
	}
	n.Lang, n.Warnings = p.Meta.Lang, slices.Clone(p.Warnings)
	head, err := frontmatter.Render(pageProperties(&p.Meta, clip))
	if err != nil {
		return nil, err
	}
	return append(head, p.Markdown...), nil
}
