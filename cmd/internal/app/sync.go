package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/clipmend/clipmend/ingest/watch"
	"github.com/clipmend/clipmend/normalize"
	"github.com/clipmend/clipmend/vault"
)

func (s *session) syncVerb() *cli.Command {
	return &cli.Command{
		Name:      "sync",
		Usage:     "bring clips in again and again: only what changed",
		ArgsUsage: "SOURCE...",
		Description: `Like clip, for sources that grow. A page that was clipped again is joined with
what you wrote into its note; a note that you deleted stays deleted. A clip that
is as it was is passed over, unless --again asks for every note anew. --watch
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
	if !c.Bool("watch") || c.Bool("list-rules") || c.Args().Len() == 0 || c.Path("vault") == "" {
		return s.clip(c)
	}
	if c.Bool("stdout") {
		return usagef("sync: --watch and --stdout exclude each other")
	}
	if len(folders) == 0 {
		return usagef("sync: --watch: name a folder to follow; there is none among the sources")
	}
	o, err := clipOptions(c)
	if err != nil {
		return err
	}
	return s.follow(c, folders, o)
}

// follow brings in everything once, when nothing that changes can be missed any
// more, and then the files that change, until the context ends. What goes wrong
// with one is reported, and the following goes on.
func (s *session) follow(c *cli.Context, folders []string, o normalize.Options) error {
	tell := func(err error) {
		if err != nil && c.Context.Err() == nil {
			s.report(err)
		}
	}
	for paths, err := range watch.Changed(c.Context, folders, watch.Options{Ready: func() { tell(s.clip(c)) }}) {
		if err == nil {
			err = s.bringChanged(c, paths, o)
		}
		tell(err)
	}
	return c.Context.Err()
}

// bringChanged brings in files that changed, but for those in the vault that are
// as it left them: its own writing is no news.
func (s *session) bringChanged(c *cli.Context, paths []string, o normalize.Options) error {
	own, err := s.ownWrites(c, paths)
	if err != nil {
		return err
	}
	paths = slices.DeleteFunc(paths, func(path string) bool { return own[path] })
	if len(paths) == 0 {
		return nil
	}
	return s.bring(c, s.open(c, paths, true), o)
}

// ownWrites returns the files that the vault's books say were left as they are.
func (s *session) ownWrites(c *cli.Context, paths []string) (map[string]bool, error) {
	v, err := vault.OpenContext(c.Context, c.Path("vault"), vault.Options{State: c.Path("state"), ReadOnly: true})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil // no vault yet
	}
	if err != nil {
		return nil, err
	}
	own := map[string]bool{}
	for _, path := range paths {
		if inside, ok := relativeTo(v.Dir(), path); ok {
			own[path] = v.Wrote(inside)
		}
	}
	return own, v.Close()
}

// relativeTo returns the path of a file in a folder, with slashes.
func relativeTo(dir, path string) (string, bool) {
	if !isBelow(dir, path) {
		return "", false
	}
	real, err := filepath.EvalSymlinks(path)
	if err == nil {
		real, err = filepath.Abs(real)
	}
	if err != nil {
		return "", false
	}
	relative, err := filepath.Rel(dir, real)
	return filepath.ToSlash(relative), err == nil
}
