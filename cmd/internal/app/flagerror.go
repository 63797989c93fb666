package app

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/urfave/cli/v2"
)

// plainFlagError says what the parser of flags says, with the flag as it is
// written: the parser has one dash before all names.
func plainFlagError(err error, flags []cli.Flag) error {
	text := err.Error()
	if name, found := strings.CutPrefix(text, "flag provided but not defined: -"); found {
		hint := ""
		if near := cli.SuggestFlag(flags, name, true); alike(strings.TrimLeft(near, "-"), name) {
			hint = "; do you mean " + near + "?"
		}
		for _, file := range []string{"-" + name, "--" + name} {
			if _, err := os.Lstat(file); err == nil {
				hint = "; the file of that name is ./" + file
			}
		}
		return fmt.Errorf("there is no flag %s%s", asFlag(name), hint)
	}
	if name, found := strings.CutPrefix(text, "flag needs an argument: -"); found {
		return fmt.Errorf("%s needs a value", asFlag(name))
	}
	if before, name, found := strings.Cut(text, " for flag -"); found && strings.HasPrefix(text, "invalid ") {
		name, why, _ := strings.Cut(name, ": ")
		return fmt.Errorf("%s: %s: %s", asFlag(name), before, why)
	}
	return errors.New(text)
}

func asFlag(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// alike reports whether a name is another one with a letter or two wrong.
func alike(name, typed string) bool {
	if len(name) < 3 || len(typed) < 3 || name[0] != typed[0] {
		return false
	}
	missing := 0
	for _, c := range typed {
		if at := strings.IndexRune(name, c); at >= 0 {
			name = name[:at] + name[at+1:]
		} else {
			missing++
		}
	}
	return missing+len(name) <= 2
}
