package app

import (
	"context"
	"errors"
	"fmt"
)

// The exit codes, as --help states them.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitPartial     = 3 // some clips failed, the rest is done
	exitConflicts   = 4 // conflicts wait for a decision
	exitInterrupted = 130
)

// usageError is a mistake in the command line.
type usageError struct{ error }

func usagef(format string, args ...any) error {
	return usageError{fmt.Errorf(format, args...)}
}

// conflictsError says how many notes wait for a decision.
type conflictsError int

func (n conflictsError) Error() string {
	return fmt.Sprintf("%d %s for a decision: see clipmend review", int(n), plural(int(n), "note waits", "notes wait"))
}

// exitCode maps what a verb returned to the code of the process.
func exitCode(err error) int {
	if err == nil {
		return exitDone
	}
	if errors.Is(err, context.Canceled) {
		return exitInterrupted
	}
	if _, ok := errors.AsType[usageError](err); ok {
		return exitUsage
	}
	if _, ok := errors.AsType[conflictsError](err); ok {
		return exitConflicts
	}
	if p, ok := errors.AsType[partialError](err); ok && p.done > 0 {
		return exitPartial
	}
	return exitFailed
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
