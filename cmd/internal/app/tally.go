package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/vault"
)

// A tally counts what became of the clips of a run.
type tally struct {
	done, failed, conflicts int
	kept                    bool // what failed is a note of a person's, which is as it was
}

// count reports a clip that failed. A notice is told, and counts as nothing
// lost; so does what an interruption left undone.
func (t *tally) count(s *session, err error) {
	if errors.Is(err, context.Canceled) {
		return // the run says once that it was interrupted
	}
	if !ingest.IsNotice(err) {
		t.failed++
	}
	s.report(err)
}

// add counts the changes of a plan as they turned out.
func (t *tally) add(changes []vault.Change) {
	for i := range changes {
		switch changes[i].Action {
		case vault.Failed, vault.Refused:
			t.failed++
		case vault.Conflict:
			t.conflicts++
		default:
			t.done++
		}
	}
}

// verdict is nil when nothing failed.
func (t tally) verdict() error {
	if t.failed == 0 {
		return nil
	}
	return partialError{t}
}

// partialError is the verdict on a run in which clips failed. They have been
// reported one by one.
type partialError struct{ tally }

func (e partialError) Error() string {
	if e.kept && e.done > 0 {
		return fmt.Sprintf("%d %s left as before, for the reasons above", e.failed, plural(e.failed, "note was", "notes were"))
	}
	if e.done == 0 {
		return fmt.Sprintf("nothing done: %d failed", e.failed)
	}
	return fmt.Sprintf("%d done, %d failed", e.done, e.failed)
}
