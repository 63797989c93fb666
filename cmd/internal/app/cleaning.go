package app

import (
	"bytes"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/urfave/cli/v2"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/normalize"
	"github.com/clipmend/clipmend/normalize/charset"
	"github.com/clipmend/clipmend/vault"
)

// cleaning says how files are mended where they lie.
type cleaning struct {
	options      normalize.Options
	keepEncoding bool     // write in the encoding that a file was in
	keepTimes    bool     // leave the modification times as they are
	extensions   []string // of the files that are looked for in folders, with dots, in lower case
}

func newCleaning(c *cli.Context) (cleaning, error) {
	how := cleaning{keepEncoding: c.Bool("keep-encoding"), extensions: notesOnly()}
	var err error
	if how.options, err = ruleOptions(c); err != nil {
		return how, err
	}
	how.options.InPlace = true
	switch c.String("mtime") {
	case "", "now":
	case "keep":
		how.keepTimes = true
	default:
		return how, usagef("--mtime: %q is neither now nor keep", c.String("mtime"))
	}
	for _, list := range c.StringSlice("ext") {
		for ext := range strings.SplitSeq(list, ",") {
			ext = strings.ToLower(strings.TrimLeft(strings.TrimSpace(ext), "*."))
			if ext == "" || strings.ContainsAny(ext, `/\*`) {
				return how, usagef("--ext: %q is no ending of file names; it is like txt,srt", list)
			}
			how.extensions = append(how.extensions, "."+ext)
		}
	}
	return how, nil
}

func notesOnly() []string { return []string{".md", ".markdown"} }

// wanted reports whether a file of a folder is to be mended, by its name.
func (how cleaning) wanted(name string) bool {
	return slices.ContainsFunc(how.extensions, func(ext string) bool { return strings.HasSuffix(strings.ToLower(name), ext) })
}

// declaresItself reports whether files of this name say inside which encoding
// they are in, so that another one makes them wrong.
func declaresItself(name string) bool {
	return slices.Contains([]string{".html", ".htm", ".xhtml", ".xml", ".svg", ".opml", ".fb2"}, strings.ToLower(path.Ext(name)))
}

// in makes the function that mends one file of the folder dir. In files that are
// no notes only characters are mended: they have no properties and lists.
func (how cleaning) in(dir string) vault.Rewrite {
	return func(at string, text []byte) (vault.Rewritten, error) {
		guess := charset.Detect(text, charset.Options{HTML: declaresItself(at)})
		if err := how.accept(at, guess); err != nil {
			return vault.Rewritten{}, err
		}
		if guess.Encoding == "utf-8" && losesBytes(text) {
			return vault.Rewritten{}, vault.Refusal("some of its bytes are not UTF-8 and would be lost")
		}
		out, err := how.mend(filepath.Join(dir, filepath.FromSlash(at)), text, guess)
		out.Encoding = guess.Encoding
		return out, err
	}
}

// losesBytes reports whether text, which is UTF-8 for the most part, has bytes that
// are not.
func losesBytes(text []byte) bool {
	if utf8.Valid(text) {
		return false
	}
	lost := []byte(string(utf8.RuneError))
	decoded, _, err := charset.Decode(text, charset.Options{})
	return err != nil || bytes.Count(decoded, lost) > bytes.Count(text, lost)
}

func (how cleaning) mend(at string, text []byte, guess charset.Guess) (vault.Rewritten, error) {
	clip := ingest.Clip{Origin: ingest.Origin{Path: at}, MediaType: "text/plain", Body: text, Charset: guess.Encoding}
	o := how.options
	if ext := strings.ToLower(filepath.Ext(at)); slices.Contains(notesOnly(), ext) {
		clip.MediaType = "text/markdown"
	} else {
		o.TextOnly = true
	}
	note, err := normalize.Normalize(clip, o)
	if err != nil {
		return vault.Rewritten{}, fmt.Errorf("normalize: %w", err)
	}
	p := prepared{note: note}
	switch {
	case how.keepEncoding && guess.Encoding != "utf-8":
		return writtenBack(p, text, guess)
	case guess.Encoding == "utf-8" && bytes.HasPrefix(text, byteOrderMark) && !bytes.HasPrefix(note.Text, byteOrderMark):
		// The mark is the person's, and does no harm.
		return vault.Rewritten{Text: slices.Concat(byteOrderMark, note.Text), Why: p.why(), Doubts: doubtsOf(note)}, nil
	}
	return vault.Rewritten{Text: note.Text, Why: p.why(), Doubts: doubtsOf(note)}, nil
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// accept refuses files that had better stay as they are.
func (how cleaning) accept(at string, guess charset.Guess) error {
	least := how.options.MinConfidence
	if how.options.Strict {
		least = .99
	}
	switch {
	case guess.Encoding == "":
		return vault.Refusal(charset.ErrBinary.Error())
	case guess.Encoding == "utf-8":
	case guess.Confidence < least:
		return vault.Refusal(fmt.Sprintf("its encoding is not sure: %s (%.2f) or %s (%.2f)",
			guess.Encoding, guess.Confidence, guess.RunnerUp, guess.RunnerUpConfidence))
	case !how.keepEncoding && declaresItself(at):
		return vault.Refusal(fmt.Sprintf("it is in %s and may say so inside; --keep-encoding mends it in that", guess.Encoding))
	}
	return nil
}

// writtenBack gives a mended text in the encoding that it was in. Its best guesses
// are counted, and do not wait for a decision: the books look for them in UTF-8.
func writtenBack(p prepared, text []byte, guess charset.Guess) (vault.Rewritten, error) {
	if len(p.note.Repairs) == 0 {
		return vault.Rewritten{Text: text}, nil
	}
	untouched, _, err := charset.Decode(text, charset.Options{Label: guess.Encoding})
	if err != nil {
		return vault.Rewritten{}, err
	}
	if again, err := charset.EncodeAs(untouched, guess); err != nil || !bytes.Equal(again, text) {
		return vault.Rewritten{}, vault.Refusal(fmt.Sprintf("written back in %s, more of it would change than is mended", guess.Encoding))
	}
	out, err := charset.EncodeAs(p.note.Text, guess)
	if err != nil {
		return vault.Rewritten{}, vault.Refusal(err.Error())
	}
	if again, _, err := charset.Decode(out, charset.Options{}); err != nil || !bytes.Equal(again, p.note.Text) {
		return vault.Rewritten{}, vault.Refusal(fmt.Sprintf("mended and written back, it could not be told to be in %s any more", guess.Encoding))
	}
	return vault.Rewritten{Text: out, Why: p.rules(), Doubts: doubtsOf(p.note)}, nil
}
