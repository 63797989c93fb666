package app

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"math"

	"github.com/urfave/cli/v2"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/normalize/charset"
)

// A detection is a line of detect --json.
type detection struct {
	Path       string  `json:"path"`
	Encoding   string  `json:"encoding"`
	Confidence float64 `json:"confidence"`
	RunnerUp   string  `json:"runner_up"`
}

func (s *session) detectVerb() *cli.Command {
	return &cli.Command{
		Name:      "detect",
		Usage:     "say which encoding files are in, and how sure that is",
		ArgsUsage: "FILE...",
		Description: `Prints the encoding of each file and how sure it is, from 0 to 1, with the next
likely one. Names are those of the WHATWG encoding standard; "binary" is no text
in any encoding. Text of ASCII alone is utf-8. Of a file of more than 64 MiB that
much is looked at. '-' reads standard input.

   clipmend detect old/*.txt
   clipmend detect --json notes.md`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "json", Usage: "one object a line: path, encoding, confidence, runner_up"},
		},
		Action: s.detect,
	}
}

func (s *session) detect(c *cli.Context) error {
	sources, err := s.sources(c)
	if err != nil {
		return err
	}
	var t tally
	for _, path := range sources {
		data, err := s.readLines(path)
		if err != nil {
			t.failed++
			s.report(failedIn("read", ingest.Origin{Path: path}, err))
			continue
		}
		t.done++
		if err := s.printDetection(path, charset.Detect(data, charset.Options{HTML: true}), c.Bool("json")); err != nil {
			return err
		}
	}
	return t.verdict()
}

// readLines reads a file, or standard input for "-": of a very large one the lines
// at its beginning.
func (s *session) readLines(path string) ([]byte, error) {
	in, _, err := s.openInput(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, maxFile))
	if end := bytes.LastIndexByte(data, '\n'); len(data) == maxFile && end > 0 {
		data = data[:end+1]
	}
	return data, err
}

// binary is the encoding of what is no text.
const binary = "binary"

func (s *session) printDetection(path string, g charset.Guess, asJSON bool) error {
	encoding := cmp.Or(g.Encoding, binary)
	if asJSON {
		return s.printJSON(detection{path, encoding, g.Confidence, g.RunnerUp})
	}
	// Rounded down, since 1.00 says that nothing else is possible.
	line := fmt.Sprintf("%s: %s %.2f", shownName(path), encoding, math.Floor(100*g.Confidence+1e-9)/100)
	if g.RunnerUp != "" {
		line += " (or " + g.RunnerUp + ")"
	}
	_, err := fmt.Fprintln(s.out, line)
	return err
}
