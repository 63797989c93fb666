package app

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/urfave/cli/v2"
)

// Help is as wide as a terminal usually is. What an option does stands in a column
// of its own, below the option if that is long.
const (
	helpWidth  = 80
	helpColumn = 27
)

// helpOf returns the template of a verb's help, which is all text: the library's
// says of each switch that it is false by default.
func helpOf(v *cli.Command) string {
	var b strings.Builder
	b.WriteString("NAME:\n   clipmend " + v.Name + " - " + v.Usage + "\n\n")
	b.WriteString("USAGE:\n   " + strings.TrimSpace("clipmend "+v.Name+" [options] "+v.ArgsUsage) + "\n\n")
	b.WriteString("DESCRIPTION:\n" + indented(v.Description, "   ") + "\n")
	for _, g := range flagGroups(v.Flags) {
		b.WriteString("\n" + g.title + ":\n")
		for _, f := range g.flags {
			b.WriteString(flagHelp(f))
		}
	}
	return "{{" + strconv.Quote(b.String()) + "}}"
}

// A flagGroup is the flags that stand under one title.
type flagGroup struct {
	title string
	flags []cli.Flag
}

// flagGroups puts the flags that several verbs have below those of the verb.
func flagGroups(flags []cli.Flag) []flagGroup {
	shared := []flagGroup{
		{"OPTIONS FOR PROPERTIES", styleFlags()},
		{"OPTIONS FOR RULES", ruleFlags()},
		{"OPTIONS FOR A SECOND READER OF FACTS", readerFlags()},
		{"OPTIONS OF ALL VERBS", commonFlags()},
	}
	groups := []flagGroup{{title: "OPTIONS"}}
	for _, g := range shared {
		groups = append(groups, flagGroup{title: g.title})
	}
	for _, f := range flags {
		at := 1 + slices.IndexFunc(shared, func(g flagGroup) bool { return flagNamed(g.flags, f.Names()[0]) != nil })
		groups[at].flags = append(groups[at].flags, f)
	}
	last := &groups[len(groups)-1]
	last.flags = append(last.flags, &cli.BoolFlag{Name: "help", Aliases: []string{"h"}, Usage: "show this"})
	return slices.DeleteFunc(groups, func(g flagGroup) bool { return len(g.flags) == 0 })
}

// flagHelp is what the help says of one flag.
func flagHelp(f cli.Flag) string {
	of, ok := f.(cli.DocGenerationFlag)
	if !ok {
		return ""
	}
	placeholder, usage := splitUsage(of.GetUsage())
	left := "   " + strings.Join(dashed([]cli.Flag{f}, false), ", ")
	if of.TakesValue() {
		left += " " + placeholder
		if value := strings.Trim(of.GetDefaultText(), `"`); value != "" {
			usage += " (default: " + value + ")"
		}
	}
	if _, many := f.(*cli.StringSliceFlag); many {
		usage += "; may be repeated"
	}
	for _, env := range of.GetEnvVars() {
		usage += " [$" + env + "]"
	}
	indent := strings.Repeat(" ", helpColumn)
	right := strings.TrimLeft(indented(wrapped(usage, helpWidth-helpColumn), indent), " ")
	if n := utf8.RuneCountInString(left); n < helpColumn-1 {
		return left + indent[n:] + right + "\n"
	}
	return left + "\n" + indent + right + "\n"
}

// splitUsage returns the word in backquotes, which stands for the value, and the
// usage without the quotes, or without the word where that follows a colon.
func splitUsage(usage string) (placeholder, plain string) {
	before, rest, _ := strings.Cut(usage, "`")
	placeholder, after, _ := strings.Cut(rest, "`")
	if before, found := strings.CutSuffix(before, ": "); found {
		return placeholder, before + after
	}
	return placeholder, before + placeholder + after
}

// wrapped breaks text into lines of at most so many characters.
func wrapped(text string, width int) string {
	var b strings.Builder
	n := 0
	for word := range strings.FieldsSeq(text) {
		size := utf8.RuneCountInString(word)
		switch {
		case n == 0:
		case n+1+size > width:
			b.WriteString("\n")
			n = 0
		default:
			b.WriteString(" ")
			n++
		}
		b.WriteString(word)
		n += size
	}
	return b.String()
}

// indented puts an indent before each line that is not empty.
func indented(text, indent string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = indent + line
		}
	}
	return strings.Join(lines, "\n")
}
