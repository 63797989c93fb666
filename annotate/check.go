package annotate

import (
	"errors"
	"fmt"
	"strings"

	"github.com/clipmend/clipmend/annotate/packs"
)

// CheckPack reads the examples of a pack and returns an error for each fact
// that the engine does not find in its text.
func CheckPack(p *packs.Pack) error {
	e := NewEngine(p)
	var errs []error
	for _, ex := range p.Examples {
		found := map[string]bool{}
		for _, f := range e.Annotate([]byte(ex.Text)) {
			found[f.line()] = true
		}
		for _, want := range ex.Facts {
			if !found[want] {
				errs = append(errs, &packs.Error{File: ex.File, Line: ex.Line, Err: fmt.Errorf("example: %q is not found in %q", want, ex.Text)})
			}
		}
	}
	return errors.Join(errs...)
}

// line is a fact as the examples of packs write it: "thing | attribute | value".
func (f Fact) line() string {
	value := f.Value.String()
	switch {
	case f.Relation != "":
		value = f.Relation + " " + f.Other
	case f.Benchmark != "":
		value = f.Benchmark + " " + value
	}
	if f.Negated {
		value = "not " + value
	}
	return strings.Join([]string{f.Model, f.Attribute, value}, " | ")
}
