package app

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/urfave/cli/v2"

	"github.com/clipmend/clipmend/normalize"
)

// completing is what the shells' scripts put behind the words of a line, to ask
// what the last one may become. It runs nothing, whatever the words are.
const completing = "--generate-bash-completion"

// complete prints what the last of words, which may be empty, can become.
func (s *session) complete(words []string, app *cli.App) error {
	if len(words) == 0 {
		words = []string{""}
	}
	last := words[len(words)-1]
	for _, offer := range offers(words[:len(words)-1], last, app) {
		if strings.HasPrefix(offer, last) {
			if _, err := fmt.Fprintln(s.out, offer); err != nil {
				return err
			}
		}
	}
	return nil
}

// offers lists what can follow the words before. Where that is a file, or
// anything, it lists nothing.
func offers(before []string, last string, app *cli.App) []string {
	help := &cli.BoolFlag{Name: "help", Aliases: []string{"h"}}
	known := append(slices.Clone(app.Flags), help, &cli.BoolFlag{Name: "version", Aliases: []string{"v"}})
	var of *cli.Command
	for len(before) > 0 {
		word := before[0]
		before = before[1:]
		switch {
		case word == "--":
			return nil
		case isFlag(word) && takesValue(known, word):
			if len(before) > 0 && before[0] == "=" { // bash makes three words of --mtime=keep
				before = before[1:]
			}
			if len(before) == 0 {
				return values(flagOf(known, word))
			}
			before = before[1:]
		case of == nil && !isFlag(word):
			if of = verb(app.Commands, word); of == nil {
				return nil
			}
			known = append(slices.Clone(of.Flags), help)
		}
	}
	if name, _, found := strings.Cut(last, "="); found && isFlag(last) {
		var joined []string
		for _, v := range values(flagNamed(known, strings.TrimLeft(name, "-"))) {
			joined = append(joined, name+"="+v)
		}
		return joined
	}
	switch {
	case strings.HasPrefix(last, "-"):
		return dashed(known, strings.HasPrefix(last, "--"))
	case of != nil:
		return alternatives(of.ArgsUsage)
	}
	var names []string
	for _, c := range app.Commands {
		names = append(names, c.Name)
	}
	return names
}

// dashed lists the names of flags as they are written, or the long ones alone.
func dashed(flags []cli.Flag, long bool) []string {
	var names []string
	for _, f := range flags {
		for _, name := range f.Names() {
			switch {
			case utf8.RuneCountInString(name) > 1:
				names = append(names, "--"+name)
			case !long:
				names = append(names, "-"+name)
			}
		}
	}
	return names
}

// flagOf is the flag that takes the value behind a word such as --mtime or -nj.
func flagOf(known []cli.Flag, word string) cli.Flag {
	name := strings.TrimLeft(word, "-")
	if f := flagNamed(known, name); f != nil {
		return f
	}
	return flagNamed(known, name[len(name)-1:])
}

// values lists what a flag takes, as far as that is a list.
func values(f cli.Flag) []string {
	of, ok := f.(cli.DocGenerationFlag)
	if !ok {
		return nil
	}
	_, usage, _ := strings.Cut(of.GetUsage(), "`")
	usage, _, _ = strings.Cut(usage, "`")
	if usage != "RULE" {
		return alternatives(usage)
	}
	var rules []string
	for _, r := range normalize.Rules() {
		rules = append(rules, r.ID)
	}
	return rules
}

// alternatives lists the words of "now|keep", and nothing of a word such as FILE.
func alternatives(usage string) []string {
	if !strings.Contains(usage, "|") {
		return nil
	}
	return strings.Split(usage, "|")
}
