package app

import (
	"fmt"

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
		Description: `Names are those of the WHATWG encoding standard. '-' reads standard input.

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
		data, err := s.readFile(path)
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

func (s *session) printDetection(path string, g charset.Guess, asJSON bool) error {
	if asJSON {
		return s.printJSON(detection{path, g.Encoding, g.Confidence, g.RunnerUp})
	}
	line := fmt.Sprintf("%s: %s %.2f", path, g.Encoding, g.Confidence)
	if g.RunnerUp != "" {
		line += " (or " + g.RunnerUp + ")"
	}
	_, err := fmt.Fprintln(s.out, line)
	return err
}
