package books

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// A Holder says who holds a lock.
type Holder struct {
	PID   int       `json:"pid"`
	Host  string    `json:"host"`
	Verb  string    `json:"verb,omitempty"`
	Since time.Time `json:"since"`
}

// A LockedError says that another process is at work on the vault.
type LockedError struct{ Holder Holder }

func (e *LockedError) Error() string {
	if e.Holder.PID == 0 {
		return "another clipmend is at work on this vault"
	}
	return fmt.Sprintf("another clipmend is at work on this vault: %s, process %d on %s, since %s",
		e.Holder.Verb, e.Holder.PID, e.Holder.Host, e.Holder.Since.Format(time.DateTime))
}

// A Lock is held until Unlock, or until the process ends, however it ends.
type Lock struct{ file *os.File }

// errHeld is what tryLock returns where another process holds the lock.
var errHeld = errors.New("lock is held")

// Acquire takes the lock file at path for holder. If another process has it,
// Acquire tries again until wait is over, then returns a *LockedError.
func Acquire(ctx context.Context, path string, holder Holder, wait time.Duration) (*Lock, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	deadline := time.Now().Add(wait)
	for {
		err = tryLock(file)
		if err == nil {
			return hold(file, holder)
		}
		if !errors.Is(err, errHeld) {
			file.Close()
			return nil, fmt.Errorf("lock: %w", err)
		}
		if !time.Now().Before(deadline) {
			defer file.Close()
			return nil, &LockedError{Holder: readHolder(file)}
		}
		select {
		case <-ctx.Done():
			file.Close()
			return nil, ctx.Err()
		case <-time.After(min(50*time.Millisecond, time.Until(deadline)+time.Millisecond)):
		}
	}
}

func hold(file *os.File, holder Holder) (*Lock, error) {
	text, err := json.Marshal(holder)
	if err == nil {
		err = file.Truncate(0)
	}
	if err == nil {
		_, err = file.WriteAt(text, 0)
	}
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("lock: %w", err)
	}
	return &Lock{file: file}, nil
}

// readHolder reads who holds the lock; the zero Holder if that cannot be read.
func readHolder(file *os.File) Holder {
	var holder Holder
	text, err := io.ReadAll(io.NewSectionReader(file, 0, 4096))
	if err != nil || json.Unmarshal(text, &holder) != nil {
		return Holder{}
	}
	return holder
}

// Unlock gives the lock back.
func (l *Lock) Unlock() error { return l.file.Close() }
