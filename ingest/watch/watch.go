// Package watch tells which files of some folders were changed, once they are
// at rest: a save of three steps is one change. It reads no file.
package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Options says how to follow. The zero value works.
type Options struct {
	// Quiet is how long a file must be left alone before it is told, 0 for
	// half a second. A file that never rests is never told.
	Quiet time.Duration
	// Ready, if not nil, is called once when every folder is followed: what is
	// changed from then on is told.
	Ready func()
}

// Changed yields the path of each regular file below dirs that was made or
// changed, again and again until ctx is done or the caller stops. New folders
// are followed; folders and files with a dot, and those that [Ignored] knows,
// are not, nor are symbolic links. What is removed is not told. Paths begin with
// the folder as it was given. If the system loses count of the changes, every
// file is told again. An error comes with the path it is about, "" if none, and
// the watching goes on unless a folder cannot be followed at the start.
func Changed(ctx context.Context, dirs []string, o Options) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		events, err := fsnotify.NewWatcher()
		if err != nil {
			yield("", fmt.Errorf("watch: %w", err))
			return
		}
		defer events.Close()
		if o.Quiet == 0 {
			o.Quiet = 500 * time.Millisecond
		}
		f := &follower{dirs: dirs, quiet: o.Quiet, events: events, due: map[string]time.Time{}}
		for _, dir := range dirs {
			if err := f.follow(dir, false); err != nil {
				yield("", fmt.Errorf("watch: %w", err))
				return
			}
		}
		if o.Ready != nil {
			o.Ready()
		}
		f.run(ctx, yield)
	}
}

// Ignored reports whether a name is that of an editor's or a browser's temporary
// file, a hidden file, or the copy that a sync service makes of a file in
// dispute.
func Ignored(name string) bool {
	name = strings.ToLower(filepath.Base(name))
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#") {
		return true
	}
	if name == "4913" { // Vim makes it to try whether it may write
		return true
	}
	for _, end := range []string{"~", ".swp", ".swx", ".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", "___jb_tmp___", "___jb_old___"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	for _, mark := range []string{".sync-conflict-", "conflicted copy", "_conflict-"} {
		if strings.Contains(name, mark) {
			return true
		}
	}
	return false
}

// A follower knows the files that changed and are not at rest yet.
type follower struct {
	dirs   []string
	quiet  time.Duration
	events *fsnotify.Watcher
	due    map[string]time.Time
}

// follow adds a folder and those below it. With touch, the files in them count
// as changed: they may have come before the folder was followed.
func (f *follower) follow(dir string, touch bool) error {
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && path == dir:
			return err
		case err != nil:
			return nil // removed meanwhile, or not ours to read
		case path != dir && Ignored(path) && entry.IsDir():
			return fs.SkipDir
		case entry.IsDir():
			return f.events.Add(path)
		case touch:
			f.touch(path)
		}
		return nil
	})
}

func (f *follower) touch(path string) {
	if !Ignored(path) {
		f.due[path] = time.Now().Add(f.quiet)
	}
}

func (f *follower) run(ctx context.Context, yield func(string, error) bool) {
	for {
		select {
		case <-ctx.Done():
			return
		case event, open := <-f.events.Events:
			if !open {
				return
			}
			if err := f.take(event); err != nil && !yield(event.Name, err) {
				return
			}
		case err, open := <-f.events.Errors:
			if !open {
				return
			}
			if !f.mishap(err, yield) {
				return
			}
		case <-f.wake():
			if !f.tell(ctx, yield) {
				return
			}
		}
	}
}

// wake fires when the first file is at rest, never if none is waiting.
func (f *follower) wake() <-chan time.Time {
	if len(f.due) == 0 {
		return nil
	}
	first := slices.MinFunc(slices.Collect(maps.Values(f.due)), time.Time.Compare)
	return time.After(time.Until(first))
}

func (f *follower) take(event fsnotify.Event) error {
	switch {
	case event.Has(fsnotify.Remove), event.Has(fsnotify.Rename):
		delete(f.due, event.Name)
		return nil
	case Ignored(event.Name):
		return nil
	}
	info, err := os.Lstat(event.Name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && info.IsDir() {
		if !event.Has(fsnotify.Create) {
			return nil
		}
		err = f.follow(event.Name, true)
	} else if err == nil {
		f.touch(event.Name)
	}
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return fmt.Errorf("watch: %w", err)
}

// mishap deals with an error of the system's: after lost events every file may
// have changed.
func (f *follower) mishap(err error, yield func(string, error) bool) bool {
	if !errors.Is(err, fsnotify.ErrEventOverflow) {
		return yield("", fmt.Errorf("watch: %w", err))
	}
	for _, dir := range f.dirs {
		if err := f.follow(dir, true); err != nil && !yield(dir, fmt.Errorf("watch: %w", err)) {
			return false
		}
	}
	return true
}

// tell yields the files that are at rest, in order.
func (f *follower) tell(ctx context.Context, yield func(string, error) bool) bool {
	now := time.Now()
	for _, path := range slices.Sorted(maps.Keys(f.due)) {
		if f.due[path].After(now) {
			continue
		}
		delete(f.due, path)
		if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
			continue
		}
		if ctx.Err() != nil || !yield(path, nil) {
			return false
		}
	}
	return true
}
