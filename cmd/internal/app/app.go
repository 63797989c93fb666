// Package app is the clipmend command: flags, settings, progress and exit
// codes around the stages. It is the only place that knows them all.
package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/urfave/cli/v2"
)

const description = `clipmend takes the pages people clip, mends what clipping broke, marks
what they say, and keeps the result in an Obsidian-style vault.

   clipmend clip article.html --vault ~/Notes
   clipmend clean ~/Notes/Clippings
   curl -s https://example.org/old.txt | clipmend fix --explain
   clipmend facts ~/Notes/Clippings --format csv

Exit codes: 0 done; 1 failed; 2 wrong usage; 3 done in part, the rest
reported; 4 conflicts wait for a decision; 130 interrupted.

Settings come from flags, then the environment (CLIPMEND_VAULT, …), then
clipmend/config.yaml under the user's config folder.`

// Main runs the command and returns the exit code of the process. args[0] is
// the name of the program.
func Main(args []string, in io.Reader, out, errw io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	s := &session{in: in, out: out, err: errw}
	// A second signal ends the program at once: the first may find it waiting
	// for a pipe that nobody writes to.
	ended := context.AfterFunc(ctx, func() {
		stop()
		s.endSoon()
	})
	defer ended()
	app := s.app()
	if n := len(args) - 1; n > 0 && args[n] == completing {
		return exitCode(s.complete(args[1:n], app))
	}
	err := app.RunContext(ctx, flagsFirst(args, app.Commands, app.Flags))
	if err == nil && ctx.Err() != nil {
		err = ctx.Err()
	}
	code := exitCode(err)
	switch {
	case code == exitInterrupted:
		fmt.Fprintln(errw, "clipmend: interrupted")
	case err != nil:
		fmt.Fprintf(errw, "clipmend: %v%s\n", err, hintOn(err))
	}
	return code
}

func (s *session) app() *cli.App {
	return &cli.App{
		Name:                   "clipmend",
		Usage:                  "mend web clippings and keep them in a note vault",
		Description:            description,
		Version:                version(),
		Reader:                 s.in,
		Writer:                 s.out,
		ErrWriter:              s.err,
		UseShortOptionHandling: true,
		Suggest:                true,
		HideHelpCommand:        true,
		ExitErrHandler:         func(*cli.Context, error) {},
		OnUsageError:           asUsageError,
		Action:                 s.noVerb,
		Commands:               s.verbs(),
	}
}

func (s *session) verbs() []*cli.Command {
	verbs := []*cli.Command{
		s.clipVerb(), s.syncVerb(), s.cleanVerb(), s.fixVerb(), s.detectVerb(), s.factsVerb(),
		s.reviewVerb(), s.statusVerb(), s.undoVerb(), s.doctorVerb(), s.completionVerb(),
	}
	for _, v := range verbs {
		v.OnUsageError = asUsageError
		v.Before = s.prepare
		v.UseShortOptionHandling = true
		v.HideHelpCommand = true
		v.Flags = append(v.Flags, commonFlags()...)
		v.CustomHelpTemplate = helpOf(v)
	}
	return verbs
}

// noVerb answers the bare command, and help [VERB], with help, and an unknown verb with an error.
func (s *session) noVerb(c *cli.Context) error {
	switch first := c.Args().First(); {
	case first == "help" && verb(c.App.Commands, c.Args().Get(1)) != nil:
		return cli.ShowCommandHelp(c, c.Args().Get(1))
	case first == "help" && c.Args().Len() > 1:
		return usagef("there is no verb %q; clipmend --help lists them", c.Args().Get(1))
	case first == "help":
	case c.Args().Present():
		return usagef("there is no verb %q; clipmend --help lists them", c.Args().First())
	}
	return cli.ShowAppHelp(c)
}

// asUsageError says of which verb a flag is wrong, and where the right ones are.
func asUsageError(c *cli.Context, err error, _ bool) error {
	if c.Command.Name == c.App.Name { // the bare command
		return usagef("%w; clipmend --help lists the flags", plainFlagError(err, c.App.Flags))
	}
	return usagef("%s: %w; clipmend %[1]s --help lists the flags", c.Command.Name, plainFlagError(err, c.Command.Flags))
}

// version is what the Go toolchain recorded of the build.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
