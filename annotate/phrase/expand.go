package phrase

import (
	"errors"
	"fmt"
	"strings"
)

// MaxForms bounds how many forms one written phrase may stand for.
const MaxForms = 256

// ErrSyntax reports a phrase whose brackets do not fit or that stands for too many forms.
var ErrSyntax = errors.New("bad phrase")

// Expand returns the forms that a written phrase stands for: "(a|b)" is a
// choice, "(s)" is optional, and a hyphen between letters stands for itself and
// for nothing, so that "pre-train(ed|ing)" finds "pretrained" too.
func Expand(written string) ([]string, error) {
	forms := []string{""}
	for rest := written; rest != ""; {
		open := strings.IndexAny(rest, "()")
		if open < 0 {
			forms = grow(forms, rest)
			break
		}
		end := strings.IndexByte(rest, ')')
		if rest[open] == ')' || end < 0 || strings.IndexByte(rest[open+1:end], '(') >= 0 {
			return nil, fmt.Errorf("%w: %q: brackets", ErrSyntax, written)
		}
		choices := strings.Split(rest[open+1:end], "|")
		if len(choices) == 1 {
			choices = append(choices, "")
		}
		if len(forms)*len(choices) > MaxForms {
			return nil, fmt.Errorf("%w: %q: more than %d forms", ErrSyntax, written, MaxForms)
		}
		forms = grow(grow(forms, rest[:open]), choices...)
		rest = rest[end+1:]
	}
	return hyphens(forms, written)
}

// hyphens adds the forms without each hyphen.
func hyphens(forms []string, written string) ([]string, error) {
	var out []string
	for _, f := range forms {
		parts := strings.Split(f, "-")
		if len(parts) > 5 || len(out) > MaxForms {
			return nil, fmt.Errorf("%w: %q: too many hyphens", ErrSyntax, written)
		}
		joined := []string{parts[0]}
		for _, p := range parts[1:] {
			joined = grow(joined, "-"+p, p)
		}
		out = append(out, joined...)
	}
	return out, nil
}

// grow returns each form continued by each choice.
func grow(forms []string, choices ...string) []string {
	out := make([]string, 0, len(forms)*len(choices))
	for _, f := range forms {
		for _, c := range choices {
			out = append(out, f+c)
		}
	}
	return out
}
