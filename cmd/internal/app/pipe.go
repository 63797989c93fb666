package app

import (
	"errors"
	"io"
	"os/signal"
	"syscall"
)

// outliveReader keeps a run that writes into a vault going when nobody reads
// its output any more, as in `clipmend clip ... | head`: what it has begun it
// ends, and the rest of its words is dropped.
func (s *session) outliveReader() {
	if _, done := s.out.(untilClosed); !done {
		signal.Ignore(syscall.SIGPIPE)
		s.out = untilClosed{s.out}
	}
}

// untilClosed drops what is written after the reader has gone.
type untilClosed struct{ w io.Writer }

func (u untilClosed) Write(p []byte) (int, error) {
	n, err := u.w.Write(p)
	if errors.Is(err, syscall.EPIPE) {
		return len(p), nil
	}
	return n, err
}
