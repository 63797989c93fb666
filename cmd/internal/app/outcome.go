package app

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"

	"github.com/urfave/cli/v2"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/normalize"
	"github.com/clipmend/clipmend/vault"
	"github.com/clipmend/clipmend/vault/books"
	"github.com/clipmend/clipmend/vault/merge"
	"github.com/clipmend/clipmend/vault/models"
)

// An outcome is what a clip was made into, but for its text, of which the hash
// is enough to see that nothing changed. It is the same for the same clip, the
// same program and the same options, as long as the models in it have the same
// notes. Of the vault's state it says nothing: the plan compares it with that as
// if it had just been made.
type outcome struct {
	Title  string             `json:"title"`
	URL    string             `json:"url,omitempty"`
	Text   vault.Hash         `json:"text"`
	Why    []string           `json:"why,omitempty"`
	Doubts []vault.Doubt      `json:"doubts,omitempty"`
	Taken  []string           `json:"taken,omitempty"`
	Files  []outcomeFile      `json:"files,omitempty"`
	Models []string           `json:"models,omitempty"` // that it names, in their order
	Notes  map[string]string  `json:"notes,omitempty"`  // those of the models whose notes were asked for
	Stated []models.Statement `json:"stated,omitempty"`
}

// An outcomeFile is a file that is stored beside a note.
type outcomeFile struct {
	Name      string     `json:"name"`
	MediaType string     `json:"type,omitempty"`
	Hash      vault.Hash `json:"hash"`
}

// A clipMark tells a clip, and what decides its note, from others.
type clipMark struct{ clip, state merge.Hash }

// outcomes remembers what clips were made into. Nil remembers nothing.
type outcomes struct {
	memory *books.Memory
	means  merge.Hash // the program, the options and the pack
	anew   bool       // remember, but do not recall
}

// recall opens what is remembered of the vault's clips under the options of a
// run. Nothing is, where it cannot be told what program this is.
func (r *run) recall(c *cli.Context, o normalize.Options) {
	program, err := program()
	if err != nil {
		return
	}
	o.Target = nil // that is, the folders
	means, err := json.Marshal([]any{
		program, fmt.Sprintf("%+v", o), r.pack, r.marks, r.folder, r.files, c.String("images"), c.Bool("allow-private"),
		c.String("reader"), c.String("reader-model"),
	})
	if err != nil {
		return
	}
	if memory, err := r.vault.Memory(); err == nil { // the run can do without
		r.memory = &outcomes{memory, sha256.Sum256(means), c.Bool("again")}
	}
}

// program is the hash of the program's own file: the rules, the models of
// characters and the packs are all in it.
var program = sync.OnceValues(func() (hash merge.Hash, err error) {
	path, err := os.Executable()
	if err != nil {
		return hash, err
	}
	file, err := os.Open(path)
	if err != nil {
		return hash, err
	}
	defer file.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, file)
	return merge.Hash(sum.Sum(nil)), err
})

// markOf returns the mark of a clip, nil if it cannot be remembered. InPlace says
// that it is a note of the vault.
func (o *outcomes) markOf(clip ingest.Clip, inPlace bool) *clipMark {
	if o == nil || clip.Origin.Path == "" || clip.Origin.Path == "-" {
		return nil
	}
	body := merge.HashOf(clip.Body)
	clip.Body = nil
	clip.Attachments = slices.Clone(clip.Attachments)
	for i := range clip.Attachments { // their hashes stay
		clip.Attachments[i].Data = nil
	}
	rest, err := json.Marshal([]any{clip, body, inPlace, o.means})
	if err != nil {
		return nil
	}
	origin := fmt.Sprintf("%s\x00%d", clip.Origin, clip.Origin.Offset)
	return &clipMark{merge.HashOf([]byte(origin)), merge.HashOf(rest)}
}

// find returns what was made of the same clip before, nil if that is not known.
func (o *outcomes) find(clip ingest.Clip, inPlace bool) (*clipMark, *outcome) {
	if o == nil || o.anew {
		return nil, nil
	}
	mark := o.markOf(clip, inPlace)
	if mark == nil {
		return nil, nil
	}
	value := o.memory.Get(mark.clip, mark.state)
	before := &outcome{}
	if value == nil || json.Unmarshal(value, before) != nil {
		return nil, nil
	}
	return mark, before
}

// keep remembers what a clip was made into.
func (o *outcomes) keep(mark *clipMark, made *outcome) error {
	if o == nil || mark == nil {
		return nil
	}
	value, err := json.Marshal(made)
	if err != nil {
		return err
	}
	return o.memory.Put(mark.clip, mark.state, value)
}
