package app

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// outliveReader keeps a run that writes into a vault going when nobody reads
// its output any more, as in `clipmend clip ... | head`: what it has begun it
// ends, and the rest of its words is dropped.
func (s *session) outliveReader() {
	s.writes.Store(true)
	if _, done := s.out.(untilClosed); !done {
		signal.Ignore(syscall.SIGPIPE)
		s.out = untilClosed{s.out}
	}
}

// endSoon ends a run that was interrupted, where it writes into no vault, if it
// does not end by itself: nothing else gets it out of waiting for input.
func (s *session) endSoon() {
	time.Sleep(300 * time.Millisecond)
	if !s.writes.Load() {
		if temp := s.unfinished.Load(); temp != nil {
			os.Remove(*temp) // it is gone or has its name if the run came to its end meanwhile
		}
		fmt.Fprintln(s.err, "clipmend: interrupted")
		os.Exit(exitInterrupted)
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
