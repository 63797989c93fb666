package app

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// flagsFirst moves the flags of a verb before its arguments, because the
// parser stops at the first argument and people write `clip page.html --vault
// notes`. Everything after "--" stays as it is; "-" alone is an argument.
func flagsFirst(args []string, commands []*cli.Command, global []cli.Flag) []string {
	if len(args) < 2 {
		return args
	}
	out := []string{args[0]}
	rest := args[1:]

	var flags, operands []string
	known := global
	for len(rest) > 0 {
		arg := rest[0]
		rest = rest[1:]
		switch {
		case arg == "--":
			operands = append(operands, rest...)
			return slices.Concat(out, flags, []string{"--"}, operands)
		case !isFlag(arg):
			if cmd := verb(commands, arg); cmd != nil && len(operands) == 0 {
				out = slices.Concat(out, flags, []string{arg})
				flags, known, commands = nil, cmd.Flags, cmd.Subcommands
				continue
			}
			operands = append(operands, arg)
		default:
			if letters, value, ok := joinedValue(known, arg); ok {
				flags = append(flags, letters, value)
				continue
			}
			flags = append(flags, arg)
			if takesValue(known, arg) && len(rest) > 0 {
				flags = append(flags, rest[0])
				rest = rest[1:]
			}
		}
	}
	return slices.Concat(out, flags, operands)
}

func isFlag(arg string) bool { return len(arg) > 1 && arg[0] == '-' }

func verb(commands []*cli.Command, name string) *cli.Command {
	i := slices.IndexFunc(commands, func(c *cli.Command) bool { return c.HasName(name) })
	if i < 0 {
		return nil
	}
	return commands[i]
}

// takesValue reports whether the next argument is the value of this flag. Of
// joined short flags (-nj 4) the last one decides.
func takesValue(known []cli.Flag, arg string) bool {
	if strings.Contains(arg, "=") {
		return false
	}
	name := strings.TrimLeft(arg, "-")
	if !strings.HasPrefix(arg, "--") && len(name) > 1 {
		if f := flagNamed(known, name); f == nil {
			name = name[len(name)-1:]
		}
	}
	f := flagNamed(known, name)
	if f == nil {
		return false
	}
	_, isBool := f.(*cli.BoolFlag)
	return !isBool
}

// joinedValue takes the value off short flags that it is joined to, as in -j4
// and -nj4, which the parser does not know.
func joinedValue(known []cli.Flag, arg string) (letters, value string, ok bool) {
	if strings.HasPrefix(arg, "--") || strings.Contains(arg, "=") || flagNamed(known, arg[1:]) != nil {
		return "", "", false
	}
	for i := 1; i < len(arg); i++ {
		f := flagNamed(known, arg[i:i+1])
		if f == nil {
			return "", "", false
		}
		if _, isBool := f.(*cli.BoolFlag); !isBool {
			return arg[:i+1], arg[i+1:], i+1 < len(arg)
		}
	}
	return "", "", false
}

func flagNamed(known []cli.Flag, name string) cli.Flag {
	i := slices.IndexFunc(known, func(f cli.Flag) bool { return slices.Contains(f.Names(), name) })
	if i < 0 {
		return nil
	}
	return known[i]
}
