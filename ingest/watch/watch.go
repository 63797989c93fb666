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

// Changed yields the paths of the regular files below dirs that were made or
// changed and are at rest, all that are at once, in order, again and again until
// ctx is done or the caller stops. New folders are followed; folders and files
// with a dot, and those that [Ignored] knows, are not, nor are symbolic links.
// What is removed is not told. Paths begin with the folder as it was given. If
// the system loses count of the changes, every file is told again. One of dirs
// that goes away is an error that wraps [ErrGone]; when it is there again, it is
// followed, and all that is in it is told. After other errors, too, the watching
// goes on, unless a folder cannot be followed at the start.
func Changed(ctx context.Context, dirs []string, o Options) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		events, err := fsnotify.NewWatcher()
		if err != nil {
			yield(nil, fmt.Errorf("watch: %w", err))
			return
		}
		defer events.Close()
		if o.Quiet == 0 {
			o.Quiet = 500 * time.Millisecond
		}
		f := &follower{dirs: cleaned(dirs), quiet: o.Quiet, events: events, due: map[string]time.Time{}, followed: map[string]bool{}, roots: map[string]fs.FileInfo{}}
		for _, dir := range f.dirs {
			if err := f.follow(dir, false); err != nil {
				yield(nil, fmt.Errorf("watch: %w", err))
				return
			}
		}
		if o.Ready != nil {
			o.Ready()
		}
		f.run(ctx, yield)
	}
}

// ErrGone is wrapped where a folder that should be followed is not there any more.
var ErrGone = errors.New("the folder is gone; it is followed again when it is back")

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
	for _, end := range []string{"~", ".swp", ".swx", ".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", "___jb_tmp___", "___jb_old___", ".bak", ".!sync", ".icloud", ".lock"} {
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

func cleaned(dirs []string) []string {
	clean := make([]string, len(dirs))
	for i, dir := range dirs {
		clean[i] = filepath.Clean(dir)
	}
	return clean
}

// A follower knows the files that changed and are not at rest yet.
type follower struct {
	dirs     []string
	quiet    time.Duration
	events   *fsnotify.Watcher
	due      map[string]time.Time
	next     time.Time // when the first of due may be at rest
	followed map[string]bool
	roots    map[string]fs.FileInfo // what dirs were when they were followed, nil for one that is gone
}

// follow adds a folder and those below it. With touch, the files in them count
// as changed: they may have come before the folder was followed.
func (f *follower) follow(dir string, touch bool) error {
	if slices.Contains(f.dirs, dir) {
		info, err := os.Stat(dir)
		if err != nil {
			return err
		}
		f.roots[dir] = info
	}
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && path == dir:
			return err
		case err != nil:
			return nil // removed meanwhile, or not ours to read
		case path != dir && Ignored(path) && entry.IsDir():
			return fs.SkipDir
		case entry.IsDir():
			f.followed[path] = true
			return f.events.Add(path)
		case touch:
			f.touch(path)
		}
		return nil
	})
}

func (f *follower) touch(path string) {
	if Ignored(path) {
		return
	}
	rests := time.Now().Add(f.quiet)
	if len(f.due) == 0 {
		f.next = rests
	}
	f.due[path] = rests
}

func (f *follower) run(ctx context.Context, yield func([]string, error) bool) {
	looks := time.NewTicker(2 * f.quiet)
	defer looks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case event, open := <-f.events.Events:
			if !open {
				return
			}
			if err := f.take(event); err != nil && !yield(nil, err) {
				return
			}
		case err, open := <-f.events.Errors:
			if !open {
				return
			}
			if !f.mishap(err, yield) {
				return
			}
		case <-looks.C:
			if !f.look(yield) {
				return
			}
		case <-f.wake():
			if !f.tell(ctx, yield) {
				return
			}
		}
	}
}

// look finds out which folders went away and which are there again. A folder that
// was moved is gone, even though the system goes on telling of it.
func (f *follower) look(yield func([]string, error) bool) bool {
	for _, dir := range f.dirs {
		info, err := os.Stat(dir)
		there, known := err == nil && info.IsDir(), f.roots[dir]
		switch {
		case !there && known != nil:
			f.forget(dir)
			f.roots[dir] = nil
			if !yield(nil, fmt.Errorf("watch: %s: %w", dir, ErrGone)) {
				return false
			}
		case there && (known == nil || !os.SameFile(known, info)):
			f.forget(dir)
			if err := f.follow(dir, true); err != nil && !yield(nil, fmt.Errorf("watch: %w", err)) {
				return false
			}
		}
	}
	return true
}

// forget stops following a folder and all below it.
func (f *follower) forget(dir string) {
	if !f.followed[dir] {
		return
	}
	for path := range f.followed {
		if path == dir || strings.HasPrefix(path, dir+string(filepath.Separator)) {
			delete(f.followed, path)
			_ = f.events.Remove(path) // the system has forgotten it already if it fails
		}
	}
	maps.DeleteFunc(f.due, func(path string, _ time.Time) bool { return strings.HasPrefix(path, dir+string(filepath.Separator)) })
}

// wake fires when the first file may be at rest, never if none is waiting.
func (f *follower) wake() <-chan time.Time {
	if len(f.due) == 0 {
		return nil
	}
	return time.After(time.Until(f.next))
}

func (f *follower) take(event fsnotify.Event) error {
	switch {
	case event.Has(fsnotify.Remove), event.Has(fsnotify.Rename):
		delete(f.due, event.Name)
		f.forget(event.Name) // a folder that was moved is followed by its new name
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
func (f *follower) mishap(err error, yield func([]string, error) bool) bool {
	if !errors.Is(err, fsnotify.ErrEventOverflow) {
		return yield(nil, fmt.Errorf("watch: %w", err))
	}
	for _, dir := range f.dirs {
		if f.roots[dir] == nil {
			continue
		}
		if err := f.follow(dir, true); err != nil && !yield(nil, fmt.Errorf("watch: %w", err)) {
			return false
		}
	}
	return true
}

// tell yields the files that are at rest.
func (f *follower) tell(ctx context.Context, yield func([]string, error) bool) bool {
	var rested []string
	now := time.Now()
	for _, path := range slices.Sorted(maps.Keys(f.due)) {
		if f.due[path].After(now) {
			continue
		}
		delete(f.due, path)
		if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
			continue
		}
		rested = append(rested, path)
	}
	f.next = now.Add(f.quiet / 2) // the files of a burst are told together
	return ctx.Err() == nil && (len(rested) == 0 || yield(rested, nil))
}
