package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/clipmend/clipmend/annotate"
	"github.com/clipmend/clipmend/annotate/packs"
)

// packFlag is that of the verbs that read facts.
func packFlag() cli.Flag {
	return &cli.StringSliceFlag{
		Name:  "pack",
		Usage: "read facts by the pack in `FILE`, or by the built-in one of that name; one named models adds to the built-in one",
	}
}

// packFor reads packs, each of which adds to the one before it or takes its
// place. Without any it gives the one about models.
func packFor(names []string) (*packs.Pack, error) {
	pack := packs.Default()
	for _, name := range names {
		next := packs.Builtin(name)
		if next == nil || isFile(name) {
			var err error
			if next, err = packs.LoadFile(name, pack); errors.Is(err, fs.ErrNotExist) {
				return nil, usagef("--pack: %w; the built-in packs are models and products", err)
			} else if err != nil {
				return nil, fmt.Errorf("--pack: %w", err)
			}
		}
		pack = next
	}
	return pack, nil
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// checkPack reads packs as --pack does and runs the examples of the whole.
func (s *session) checkPack(names []string) error {
	pack, err := packFor(names)
	if err != nil {
		return err
	}
	if err := annotate.CheckPack(pack); err != nil {
		return err
	}
	n := len(pack.Examples)
	_, err = fmt.Fprintf(s.out, "%s: pack %q is right: %d %s\n", names[len(names)-1], pack.Name, n, plural(n, "example holds", "examples hold"))
	return err
}
