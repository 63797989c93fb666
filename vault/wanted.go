package vault

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/clipmend/clipmend/vault/merge"
	"github.com/clipmend/clipmend/vault/place"
)

// A Wanted is a note as the caller wants it to be.
type Wanted struct {
	// Path is where the note goes: relative, with slashes. If it is "", the
	// name is made from Folder and Title, and a number is added if the name
	// belongs to another note. A note that is known already stays where it is,
	// wherever a person moved it.
	Path   string
	Folder string
	Title  string

	Text []byte // the whole file

	// Make, if not nil, makes the text when it is needed, and Hash is its hash:
	// for a text that is known to be as before. Text is nil then.
	Make func() ([]byte, error)
	Hash Hash

	// What identifies the note, so that the page clipped again finds it. Where
	// both are "", Source and Origin do. A note of the vault whose own file is
	// the Origin is itself, whatever it says of an address.
	ID  string // value of the id property
	URL string // address of the page

	Origin string    // where the clip was found, for messages; "-" or "" identify nothing
	Saved  time.Time // when it was clipped: of two clips of a page, the later counts
	Why    []string  // what made the text, rule by rule, for the plan
	Source []byte    // the clip's bytes as they came in; kept in the books
	Doubts []Doubt   // best guesses in the text, for a person to look at
	Revive bool      // write the note again even though a person deleted it
}

// check says what is wrong with a Wanted.
func (w *Wanted) check() error {
	switch {
	case len(w.Text) > place.MaxFile:
		return fmt.Errorf("%s: %w", w.Origin, place.ErrTooLarge)
	case w.Path != "":
		return place.CheckName(w.Path)
	case w.Folder != "":
		return place.CheckName(w.Folder)
	}
	return nil
}

// hash returns the hash of the text.
func (w *Wanted) hash() Hash {
	if w.Make != nil {
		return w.Hash
	}
	return merge.HashOf(w.Text)
}

// text returns the text, which is made only now if it was not.
func (w *Wanted) text() ([]byte, error) {
	if w.Make == nil {
		return w.Text, nil
	}
	text, err := w.Make()
	if err == nil && merge.HashOf(text) != w.Hash {
		err = fmt.Errorf("%s: the text is not the one that was announced", w.Origin)
	}
	return text, err
}

// keys returns what the note can be found by, the surest first.
func (w *Wanted) keys() []string {
	var keys []string
	if w.ID != "" {
		keys = append(keys, "id:"+w.ID)
	}
	if w.URL != "" {
		keys = append(keys, "url:"+CanonicalURL(w.URL))
	}
	if keys != nil {
		return keys
	}
	if w.Path != "" {
		return []string{"path:" + w.Path}
	}
	if w.Origin != "" && w.Origin != "-" {
		keys = append(keys, "origin:"+absolute(w.Origin))
	}
	content := w.hash()
	if w.Source != nil {
		content = merge.HashOf(w.Source)
	}
	return append(keys, "content:"+content.String())
}

// absolute makes the path of a file the same from every working folder, so that
// two folders' index.html are two pages. An address stays as it is.
func absolute(origin string) string {
	if strings.Contains(origin, "://") {
		return origin
	}
	if full, err := filepath.Abs(origin); err == nil {
		return full
	}
	return origin
}

// ownNote returns the path of the note that a clip was read from, "" if it does
// not come from a note of the vault.
func (v *Vault) ownNote(origin string) string {
	if origin == "" || origin == "-" || !strings.HasSuffix(origin, extension) {
		return ""
	}
	full, err := filepath.EvalSymlinks(absolute(origin))
	if err != nil || !inside(v.dir, full) {
		return ""
	}
	relative, err := filepath.Rel(v.dir, full)
	if at := filepath.ToSlash(relative); err == nil && place.CheckName(at) == nil {
		return at
	}
	return ""
}
