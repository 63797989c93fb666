package ingest

import "errors"

// Why a clip could not be read. Errors that readers yield wrap one of these
// where it fits.
var (
	ErrEmpty       = errors.New("empty")
	ErrTooLarge    = errors.New("too large")
	ErrTruncated   = errors.New("ends too early")
	ErrNotClip     = errors.New("not a clip")
	ErrUnsupported = errors.New("not supported")
	ErrBomb        = errors.New("unpacks to far more than it holds")
)

// An Error is what a reader has to say about a record. The batch goes on after
// it.
type Error struct {
	Origin Origin
	Err    error

	// Notice is set where no clip was lost: a file in a folder that is no clip,
	// records that were skipped by design, a digest that does not match a clip
	// that was read all the same. It is worth telling, and no failure.
	Notice bool
}

func (e *Error) Error() string { return e.Origin.String() + ": " + e.Err.Error() }
func (e *Error) Unwrap() error { return e.Err }

// IsNotice reports whether err is an Error that lost nothing.
func IsNotice(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Notice
}
