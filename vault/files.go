package vault

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/clipmend/clipmend/vault/merge"
	"github.com/clipmend/clipmend/vault/place"
)

// A Rewrite makes a file's new text from the present one. It may be called again
// for a path if the file changes meanwhile, so it must depend on its arguments
// alone. It must not change or keep text.
type Rewrite func(path string, text []byte) (Rewritten, error)

// Rewritten is a file's new text, and what is to be said of it.
type Rewritten struct {
	Text   []byte
	Why    []string // what made it, rule by rule
	Doubts []Doubt  // best guesses in it, for a person to look at
	// Encoding is the one that the file was read in, "" if it is not told.
	Encoding string
}

// A Refusal is an error of a [Rewrite] that lets a file be for a reason: the
// file is Refused.
type Refusal string

func (r Refusal) Error() string { return string(r) }

// PlanFiles plans to rewrite files where they lie. Paths are relative to the
// vault's folder, with slashes. A file that rewrite fails on is Failed; the
// others go on.
func (v *Vault) PlanFiles(ctx context.Context, paths iter.Seq2[string, error], rewrite Rewrite) (*Plan, error) {
	plan := &Plan{vault: v, rewrite: rewrite}
	for at, err := range paths {
		if err == nil && ctx.Err() != nil {
			plan.Close()
			return nil, ctx.Err()
		}
		if err != nil {
			plan.Changes = append(plan.Changes, Change{Path: at, Action: Failed, Reason: err.Error()})
			continue
		}
		plan.Changes = append(plan.Changes, plan.file(at))
	}
	return plan, nil
}

// file plans one file.
func (p *Plan) file(at string) Change {
	change := Change{Path: at, Origin: at}
	text, hash, err := p.vault.readNow(at)
	if err == nil && hash.Absent() {
		err = &fs.PathError{Op: "read", Path: at, Err: fs.ErrNotExist}
	}
	if errors.Is(err, place.ErrSymlink) { // what it leads to may be a note of its own
		change.Action, change.Reason = Kept, place.ErrSymlink.Error()
		return change
	}
	if err != nil {
		return refusal(change, err)
	}
	change.Before, change.After, change.base = hash, hash, hash
	rewritten, err := p.rewrite(at, text)
	change.Encoding = rewritten.Encoding
	switch {
	case err != nil:
		return refusal(change, err)
	case bytes.Equal(rewritten.Text, text):
		change.Action = Unchanged
		return change
	}
	if err := p.vault.tree.Writable(at); err != nil {
		return refusal(change, err)
	}
	change.Action, change.Why, change.Doubts, change.After = Replace, rewritten.Why, rewritten.Doubts, merge.HashOf(rewritten.Text)
	if change.text, err = p.spool.put(rewritten.Text); err != nil {
		change.Action, change.Reason = Failed, err.Error()
	}
	return change
}

// Notes yields the paths of the Markdown files below dir, as Files does.
func (v *Vault) Notes(dir string) iter.Seq2[string, error] {
	return v.Files(dir, func(name string) bool { return strings.HasSuffix(name, extension) })
}

// Files yields the paths of the files below dir, "." for all, whose names are
// wanted, in lexical order, leaving out what begins with a dot and the copies
// that sync services make of files in dispute. A folder that is not there has
// none.
func (v *Vault) Files(dir string, wanted func(name string) bool) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		_ = fs.WalkDir(v.tree.FS(), dir, func(at string, entry fs.DirEntry, err error) error {
			hidden := err == nil && at != "." && strings.HasPrefix(entry.Name(), ".")
			switch {
			case at == dir && errors.Is(err, fs.ErrNotExist):
				return fs.SkipAll
			case err != nil:
				if !yield(at, err) {
					return fs.SkipAll
				}
			case entry.IsDir() && hidden:
				return fs.SkipDir
			case entry.IsDir() || hidden || !wanted(entry.Name()) || inDispute(entry.Name()):
			case !yield(at, nil):
				return fs.SkipAll
			}
			return nil
		})
	}
}

// inDispute reports whether a name is that of the copy which a sync service makes
// of a file that was changed in two places: a person has to compare it first.
func inDispute(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, ".sync-conflict-") || strings.Contains(name, "conflicted copy") || strings.Contains(name, "_conflict-")
}

// Locate finds the vault that a file or folder is in: the nearest folder above
// it with an .obsidian folder, or else the folder itself, or the file's. It
// returns the vault's folder and the path in it, with slashes, "." for all.
func Locate(path string) (dir, inside string, err error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", "", err
	}
	info, err := os.Stat(absolute)
	if err != nil {
		return "", "", err
	}
	dir = absolute
	if !info.IsDir() {
		dir = filepath.Dir(absolute)
	}
	for up := dir; ; up = filepath.Dir(up) {
		settings, err := os.Stat(filepath.Join(up, ".obsidian"))
		if err == nil && settings.IsDir() {
			dir = up
			break
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) {
			return "", "", fmt.Errorf("vault: %w", err)
		}
		if up == filepath.Dir(up) {
			break
		}
	}
	relative, err := filepath.Rel(dir, absolute)
	return dir, filepath.ToSlash(relative), err
}
