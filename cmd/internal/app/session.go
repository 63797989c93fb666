package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"unicode"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/fetch"
	"github.com/clipmend/clipmend/vault"
)

// A session is one run of the command: its streams and the settings that all
// verbs share.
type session struct {
	in       io.Reader
	out, err io.Writer

	writes         atomic.Bool            // into a vault, so that what was begun must be ended
	unfinished     atomic.Pointer[string] // a file that is of use only when it is whole
	quiet, verbose bool
	color          bool
	jobs           int
	settings       settings
}

func commonFlags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "say nothing but errors"},
		&cli.BoolFlag{Name: "verbose", Aliases: []string{"v"}, Usage: "say what is done with each file, also where nothing is"},
		&cli.BoolFlag{Name: "no-color", Usage: "no colours, as if NO_COLOR were set"},
		&cli.IntFlag{Name: "jobs", Aliases: []string{"j"}, Usage: "work on `N` files at once", DefaultText: "number of cores", EnvVars: []string{"CLIPMEND_JOBS"}},
		&cli.PathFlag{Name: "config", Usage: "read settings from `FILE` instead of the usual one", EnvVars: []string{"CLIPMEND_CONFIG"}},
	}
}

// prepare reads the settings that every verb has, before the verb runs.
func (s *session) prepare(c *cli.Context) error {
	var err error
	if s.settings, err = readSettings(c); err != nil {
		return err
	}
	if err := s.settings.apply(c); err != nil {
		return err
	}
	s.quiet, s.verbose = c.Bool("quiet"), c.Bool("verbose")
	for _, message := range s.settings.unknown(c.App) {
		s.warn(s.settings.file, message)
	}
	s.jobs = c.Int("jobs")
	if s.jobs < 0 {
		return usagef("--jobs: %d is not a number of workers", s.jobs)
	}
	if s.jobs == 0 {
		s.jobs = runtime.GOMAXPROCS(0)
	}
	s.color = isTerminal(s.out) && os.Getenv("NO_COLOR") == "" && !c.Bool("no-color")
	return nil
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// report tells of a clip that failed, in one line.
func (s *session) report(err error) {
	fmt.Fprintf(s.err, "clipmend: %v%s\n", oneLine(err), hintOn(err))
}

// hintOn names the flag that helps with an error, in brackets.
func hintOn(err error) string {
	switch {
	case errors.Is(err, fetch.ErrPrivate):
		return " (--allow-private lets it be fetched)"
	case errors.Is(err, vault.ErrStateInside):
		return " (--state DIR keeps the books elsewhere)"
	}
	return ""
}

// warn tells of something that a person should know about a clip that is done.
func (s *session) warn(origin, message string) {
	if !s.quiet {
		fmt.Fprintf(s.err, "clipmend: %s: note: %s\n", origin, oneLine(errors.New(message)))
	}
}

// oneLine keeps what a hostile file says of itself from taking over the
// terminal: control characters are shown escaped, and of errors that were
// joined, one to a line, each follows the other.
func oneLine(err error) string {
	text := strings.ReplaceAll(err.Error(), "\n", "; ")
	quoted := fmt.Sprintf("%+q", text)
	plain := []rune{}
	for _, r := range text {
		if r < ' ' || r == 0x7F || r >= 0x80 && r < 0xA0 {
			return quoted[1 : len(quoted)-1]
		}
		plain = append(plain, r)
	}
	return string(plain)
}

// shownName is the name of a file as it can be shown on one line of a terminal.
func shownName(name string) string {
	if !strings.ContainsFunc(name, unicode.IsControl) {
		return name
	}
	quoted := strconv.Quote(name)
	return quoted[1 : len(quoted)-1]
}

// failedIn names the stage in which a clip failed, unless the error does.
func failedIn(stage string, origin ingest.Origin, err error) error {
	if clipErr, ok := errors.AsType[*ingest.Error](err); ok {
		return clipErr
	}
	return fmt.Errorf("%s: %s: %w", origin, stage, err)
}

// printJSON writes one object on a line.
func (s *session) printJSON(v any) error {
	enc := json.NewEncoder(s.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

func (s *session) sources(c *cli.Context) ([]string, error) {
	if c.Args().Len() == 0 {
		return nil, usagef("%s: name at least one source; clipmend %s --help shows examples", c.Command.Name, c.Command.Name)
	}
	return c.Args().Slice(), nil
}
