package app

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/normalize"
	"github.com/clipmend/clipmend/normalize/charset"
	"github.com/clipmend/clipmend/normalize/mojibake"
)

// maxFile bounds a file that is read whole, in bytes.
const maxFile = 64 << 20

func (s *session) fixVerb() *cli.Command {
	return &cli.Command{
		Name:      "fix",
		Usage:     "mend broken text: a filter, text in, text out",
		ArgsUsage: "[FILE...]",
		Description: `Reads the files, or standard input, decodes them, and writes UTF-8 with broken
characters mended. Clean text comes out as it went in: line endings stay, and so
does a byte order mark (of the first file, if there are several).

   echo 'L’Ã©tÃ©' | clipmend fix
   clipmend fix --explain note.md
   clipmend fix -e gb18030 old.txt -o new.txt
   clipmend fix --json part.txt > plan.json && clipmend fix --plan plan.json all.txt

Input of more than 8 MiB is mended in pieces of about a megabyte as it is read,
unless --explain, --json, --plan or --ftfy ask for all of it.`,
		Flags: append([]cli.Flag{
			&cli.PathFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE`, which must not exist yet, instead of standard output"},
			&cli.StringFlag{Name: "encoding", Aliases: []string{"e"}, Usage: "the input is in `ENCODING`, unless a byte order mark says otherwise; without this, it is guessed"},
			&cli.BoolFlag{Name: "guess", Aliases: []string{"g"}, Usage: "guess the encoding, whatever --encoding says"},
			&cli.StringFlag{Name: "normalization", Aliases: []string{"n"}, Usage: "put the text in a normalization form of Unicode: `NFC|NFD|NFKC|NFKD|none`"},
			&cli.BoolFlag{Name: "no-bom", Usage: "drop the byte order mark that UTF-8 begins with; --ftfy does, and that of UTF-16 never stays"},
			&cli.BoolFlag{Name: "preserve-entities", Usage: "leave HTML entities as they are, which only --ftfy and --also html-entities do not"},
			&cli.BoolFlag{Name: "ftfy", Usage: "mend as ftfy does by default: quotes, widths, ligatures, entities (up to the first line with a <) and line breaks too"},
			&cli.PathFlag{Name: "plan", Usage: "take the steps of the plan in `FILE`, as --json prints it, instead of looking for what is broken"},
			&cli.BoolFlag{Name: "explain", Usage: "print what would be mended and why, instead of the text"},
			&cli.BoolFlag{Name: "json", Usage: "print one object a file: path, encoding, text, plan, repairs"},
		}, ruleFlags()...),
		Action: s.fix,
	}
}

// A fixed is a line of fix --json.
type fixed struct {
	Path     string             `json:"path"`
	Encoding string             `json:"encoding"`
	Text     string             `json:"text"`
	Plan     mojibake.Plan      `json:"plan"`
	Repairs  []normalize.Repair `json:"repairs"`

	guess charset.Guess
}

func (s *session) fix(c *cli.Context) error {
	if c.Bool("list-rules") {
		return s.listRules()
	}
	m, err := newMender(c)
	if err != nil {
		return err
	}
	out, err := s.output(c.Path("output"))
	if err != nil {
		return err
	}
	paths := c.Args().Slice()
	if len(paths) == 0 {
		paths = []string{"-"}
	}
	var t tally
	for _, path := range paths {
		err := s.fixOne(path, out, m)
		if writing, ok := errors.AsType[writeError](err); ok {
			return errors.Join(writing.error, out.end(false))
		}
		if err != nil {
			t.failed++
			s.report(failedIn("fix", ingest.Origin{Path: path}, err))
			continue
		}
		t.done++
	}
	if err := c.Context.Err(); err != nil {
		return errors.Join(err, out.end(false))
	}
	if err := out.end(t.done > 0); err != nil {
		return err
	}
	return t.verdict()
}

// maxWhole is the size, in bytes, of text that is mended as a whole where pieces
// would do. What was done to text that lost much takes many times its memory.
const maxWhole = 8 << 20

// fixOne mends one input and writes what is asked for. What cannot be written is
// a writeError.
func (s *session) fixOne(path string, out io.Writer, m *mender) error {
	in, size, err := s.openInput(path)
	if err != nil {
		return err
	}
	defer in.Close()
	limit := maxFile
	if m.piecewise() {
		limit = maxWhole
	}
	if size > int64(limit) && m.piecewise() {
		return m.stream(in, out)
	}
	data, err := io.ReadAll(io.LimitReader(in, int64(limit)+1))
	if err != nil {
		return err
	}
	if len(data) > limit {
		if m.piecewise() {
			return m.stream(io.MultiReader(bytes.NewReader(data), in), out)
		}
		return fmt.Errorf("larger than %d MiB, which --explain, --json, --plan and --ftfy cannot take", limit>>20)
	}
	f, err := m.mend(path, data)
	if err != nil {
		return err
	}
	switch {
	case m.json:
		err = s.printJSON(f)
	case m.explain:
		err = s.explain(f)
	default:
		if _, err = out.Write(m.mark(f.guess)); err == nil {
			_, err = io.WriteString(out, f.Text)
		}
	}
	if err != nil {
		return writeError{err}
	}
	return nil
}

// openInput opens a file, or standard input for "-", with its size if that is known.
func (s *session) openInput(path string) (io.ReadCloser, int64, error) {
	if path == "-" {
		return io.NopCloser(s.in), 0, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = errors.New("is a directory")
	}
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, info.Size(), nil
}
