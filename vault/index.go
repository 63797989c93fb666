package vault

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"io/fs"
	"strings"

	"github.com/clipmend/clipmend/vault/merge"
)

// headSize is how much of a note is read to find its id and source.
const headSize = 64 << 10

// An index finds the notes on disk, whoever wrote them.
type index struct {
	byKey  map[string]string // the first path in order
	byFold map[string]string // name as some system sees it → path
	sizes  map[int64][]string
}

// scan reads the head of every note in the vault. Folders whose name begins
// with a dot are not entered, links are not followed.
func (v *Vault) scan(ctx context.Context) (*index, error) {
	x := &index{byKey: map[string]string{}, byFold: map[string]string{}, sizes: map[int64][]string{}}
	tree := v.tree.FS()
	err := fs.WalkDir(tree, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			if path == "." {
				return err
			}
			return nil // a folder that cannot be read holds no note that can be told
		}
		if strings.HasPrefix(entry.Name(), ".") && path != "." {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		x.byFold[foldName(path)] = path
		if !entry.Type().IsRegular() || !strings.HasSuffix(path, extension) {
			return ctx.Err()
		}
		if info, err := entry.Info(); err == nil {
			x.sizes[info.Size()] = append(x.sizes[info.Size()], path)
		}
		for _, key := range v.headKeys(tree, path) {
			if x.byKey[key] == "" {
				x.byKey[key] = path
			}
		}
		return ctx.Err()
	})
	return x, err
}

// headKeys returns the keys that a note's own properties give.
func (v *Vault) headKeys(tree fs.FS, path string) []string {
	file, err := tree.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	return propertyKeys(io.LimitReader(file, headSize), v.idProperty())
}

func (v *Vault) idProperty() string {
	if v.options.IDProperty == "" {
		return "id"
	}
	return v.options.IDProperty
}

// propertyKeys reads the id and source of a note from its frontmatter, in the
// first column. It is only for finding notes again: a value that takes a YAML
// parser to read is not found.
func propertyKeys(r io.Reader, idProperty string) []string {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 4096), headSize)
	if !lines.Scan() || strings.TrimRight(strings.TrimPrefix(lines.Text(), "\ufeff"), " \t\r") != "---" {
		return nil
	}
	var keys []string
	for lines.Scan() {
		line := bytes.TrimRight(lines.Bytes(), " \t\r")
		if string(line) == "---" || string(line) == "..." {
			return keys
		}
		name, value, found := strings.Cut(string(line), ":")
		value = strings.Trim(strings.TrimSpace(value), `"'`)
		switch {
		case !found || value == "":
		case name == idProperty:
			keys = append(keys, "id:"+value)
		case name == "source" || name == "url":
			keys = append(keys, "url:"+CanonicalURL(value))
		}
	}
	return nil // no end: not a frontmatter
}

// findMoved returns where a note of the books is now: the note with its id or
// address, or else the file with its bytes.
func (v *Vault) findMoved(x *index, known *note, free func(path string) bool) string {
	for _, key := range known.Keys {
		if path := x.byKey[key]; path != "" && free(path) {
			return path
		}
	}
	text, err := v.blobs.Get(known.Disk)
	if err != nil || len(text) == 0 {
		return ""
	}
	for _, path := range x.sizes[int64(len(text))] {
		if !free(path) {
			continue
		}
		if there, err := v.tree.Read(path); err == nil && merge.HashOf(there) == known.Disk {
			return path
		}
	}
	return ""
}
