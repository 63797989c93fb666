package app

import (
	"os"

	"github.com/urfave/cli/v2"

	"github.com/clipmend/clipmend/ingest/watch"
	"github.com/clipmend/clipmend/normalize"
)

func (s *session) syncVerb() *cli.Command {
	return &cli.Command{
		Name:      "sync",
		Usage:     "bring clips in again and again: only what changed",
		ArgsUsage: "SOURCE...",
		Description: `Like clip, for sources that grow. A page that was clipped again is joined with
what you wrote into its note; a note that you deleted stays deleted. --watch
stays and follows the folders until it is interrupted.

   clipmend sync ~/Downloads/clips --vault ~/Notes
   clipmend sync ~/Downloads/clips --vault ~/Notes --watch`,
		Flags:  append(clipFlags(), &cli.BoolFlag{Name: "watch", Usage: "stay, and bring in what changes in the folders"}),
		Action: s.sync,
	}
}

func (s *session) sync(c *cli.Context) error {
	var folders []string
	for _, arg := range c.Args().Slice() {
		if info, err := os.Stat(arg); err == nil && info.IsDir() {
			folders = append(folders, arg)
		}
	}
	if !c.Bool("watch") || c.Bool("stdout") || c.Path("vault") == "" || len(folders) == 0 {
		return s.clip(c)
	}
	o, err := clipOptions(c)
	if err != nil {
		return err
	}
	return s.follow(c, folders, o)
}

// follow brings in everything once, when nothing that changes can be missed any
// more, and then each file that changes, until the context ends. What goes wrong
// with one is reported, and the following goes on.
func (s *session) follow(c *cli.Context, folders []string, o normalize.Options) error {
	tell := func(err error) {
		if err != nil && c.Context.Err() == nil {
			s.report(err)
		}
	}
	for path, err := range watch.Changed(c.Context, folders, watch.Options{Ready: func() { tell(s.clip(c)) }}) {
		if err == nil {
			err = s.bring(c, []string{path}, o)
		}
		tell(err)
	}
	return c.Context.Err()
}
