// Package vault keeps notes on disk as Obsidian expects them and never loses a
// person's edit: every write is planned, compared with what is there, and can
// be taken back.
//
// A [Vault] is a folder and its books. [Vault.Plan] compares the notes that are
// wanted with what was last written and with what is there now, and says what
// it would do; [Vault.Apply] does it. Nothing else writes notes.
//
//	v, err := vault.Open(dir, vault.Options{})
//	plan, err := v.Plan(ctx, wanted)
//	report, err := v.Apply(ctx, plan, nil)
//
// What is promised:
//
//   - A file that the books do not know, or that was changed since, is a
//     person's. It is joined with what is wanted if that loses nothing, and left
//     alone otherwise. A note that a person deleted stays deleted.
//   - A crash at any moment leaves each note whole, old or new; the next Open
//     mends the rest.
//   - A program that saves a note while it is being replaced wins: its text is
//     found in the displaced file, and ours is done again on it.
//   - Every text that was replaced, and every clip as it came in, is kept in the
//     books, so that [Vault.PlanUndo] gives back the exact bytes.
//
// The books lie outside the vault, so that no sync service copies or merges
// them. A vault without books is a folder of a person's files.
package vault

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/clipmend/clipmend/vault/books"
	"github.com/clipmend/clipmend/vault/merge"
	"github.com/clipmend/clipmend/vault/place"
)

// Hash is the SHA-256 of a file's bytes; the zero Hash stands for no file.
type Hash = merge.Hash

// Options says how to open a vault. The zero value works.
type Options struct {
	// State is the folder for the books of all vaults, "" for [StateDir].
	State string
	// ReadOnly opens without a lock and without writing anything, the books
	// included: for plans that are only shown.
	ReadOnly bool
	// Verb names the work, for the journal and for another process that waits.
	Verb string
	// Wait is how long to wait for another process that is at work on the
	// vault; then Open returns a *books.LockedError.
	Wait time.Duration
	// IDProperty is the property that identifies a note, "" for "id".
	IDProperty string
	// KeepTimes has files that are replaced keep their modification times.
	KeepTimes bool
	// Before, if set, is called before every step that changes the vault's
	// folder; an error stands for the step's failure. Tests of crashes and bad
	// disks use it.
	Before func(op, name string) error
}

// A Vault is an open vault, for one goroutine.
type Vault struct {
	dir     string // absolute, without symbolic links
	state   string // folder of this vault's books
	options Options
	tree    *place.Tree
	lock    *books.Lock
	journal *books.Journal
	blobs   *books.Blobs
	notes   *notes
	memory  *books.Memory // nil until it is asked for
	run     string        // the run that this vault's plans belong to, "" before the first
}

// StateDir returns the folder where the system wants programs to keep what they
// must remember: $XDG_STATE_HOME or ~/.local/state on Linux, the cache's sister
// folders on macOS and Windows, each with /clipmend.
func StateDir() (string, error) {
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "clipmend"), nil
	}
	return systemStateDir()
}

// Open opens the vault in an existing folder, with its books, and mends what a
// run that was stopped left behind.
func Open(dir string, o Options) (*Vault, error) {
	return OpenContext(context.Background(), dir, o)
}

// ErrStateInside is wrapped where the books would be kept in the vault.
var ErrStateInside = errors.New("is inside the vault, where sync services would copy it")

// OpenContext is [Open] with a context that ends the waiting for another process.
func OpenContext(ctx context.Context, dir string, o Options) (*Vault, error) {
	v := &Vault{options: o}
	err := v.locate(dir)
	if err == nil {
		v.tree, err = place.Open(v.dir, o.Before)
	}
	if err == nil {
		err = v.openBooks(ctx)
	}
	if err == nil && !o.ReadOnly {
		err = v.recover()
	}
	if err == nil {
		err = v.forgetOldRoot()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("vault: %w", err), v.Close())
	}
	return v, nil
}

// Dir returns the vault's folder, absolute and without symbolic links.
func (v *Vault) Dir() string { return v.dir }

// Books returns the folder of the vault's books.
func (v *Vault) Books() string { return v.state }

// locate finds the folders of the vault and of its books.
func (v *Vault) locate(dir string) error {
	absolute, err := filepath.Abs(dir)
	if err == nil {
		v.dir, err = filepath.EvalSymlinks(absolute)
	}
	if err != nil {
		return err
	}
	state := v.options.State
	if state == "" {
		if state, err = StateDir(); err != nil {
			return err
		}
	}
	if state, err = filepath.Abs(state); err != nil {
		return err
	}
	if inside(v.dir, state) {
		return fmt.Errorf("the state folder %s %w", state, ErrStateInside)
	}
	v.state = filepath.Join(state, "vaults", vaultID(v.dir))
	return nil
}

// inside reports whether path is dir or below it.
func inside(dir, path string) bool {
	relative, err := filepath.Rel(dir, path)
	return err == nil && relative != ".." && !strings.HasPrefix(relative, ".."+string(filepath.Separator))
}

// vaultID names a vault's books: readable, and different for every folder.
func vaultID(dir string) string {
	name := strings.Map(func(r rune) rune {
		if r < 128 && (r == '-' || r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z') {
			return r
		}
		return -1
	}, filepath.Base(dir))
	return name[:min(len(name), 32)] + "-" + merge.HashOf([]byte(dir)).String()[:16]
}

// openBooks reads the journal and, unless read-only, takes the lock first.
func (v *Vault) openBooks(ctx context.Context) error {
	var err error
	if v.blobs, err = books.OpenBlobs(filepath.Join(v.state, "blobs")); err != nil {
		return err
	}
	if !v.options.ReadOnly {
		if err := os.MkdirAll(filepath.Join(v.state, "blobs"), 0o700); err != nil {
			return err
		}
		host, _ := os.Hostname()
		holder := books.Holder{PID: os.Getpid(), Host: host, Verb: v.options.Verb, Since: time.Now()}
		if v.lock, err = books.Acquire(ctx, filepath.Join(v.state, "lock"), holder, v.options.Wait); err != nil {
			return err
		}
	}
	if v.notes, err = readNotes(v.journalPath()); err != nil {
		return err
	}
	if !v.options.ReadOnly {
		v.journal, err = books.OpenJournal(v.journalPath())
	}
	return err
}

func (v *Vault) journalPath() string { return filepath.Join(v.state, "journal") }

// Close closes the books and gives the lock back.
func (v *Vault) Close() error {
	var errs []error
	if v.memory != nil {
		errs = append(errs, v.memory.Close())
	}
	if v.journal != nil {
		errs = append(errs, v.journal.Close())
	}
	if v.tree != nil {
		errs = append(errs, v.tree.Close())
	}
	if v.lock != nil {
		errs = append(errs, v.lock.Unlock())
	}
	return errors.Join(errs...)
}
