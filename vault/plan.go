package vault

import (
	"fmt"

	"github.com/clipmend/clipmend/vault/books"
)

// An Action is what a plan would do with a file, and after Apply, what was done.
type Action string

// The actions. Only Create, Replace and Remove change a file.
const (
	Create    Action = "create"
	Replace   Action = "replace"
	Remove    Action = "remove" // only in a plan that takes a run back
	Unchanged Action = "unchanged"
	Kept      Action = "kept"     // it is a person's, or a person deleted it; Reason says which
	Conflict  Action = "conflict" // both changed the same words: waits for Resolve, both texts are kept
	Refused   Action = "refused"  // not to be written: a symbolic link, read-only, …
	Failed    Action = "failed"   // reading or writing failed
)

// A Change is what a plan says of one file.
type Change struct {
	Path   string   `json:"path"` // relative to the vault, with slashes
	Action Action   `json:"action"`
	Reason string   `json:"reason,omitempty"` // why nothing is written, or what went wrong, for a person
	Why    []string `json:"why,omitempty"`    // what made the text
	Origin string   `json:"origin,omitempty"`
	Before Hash     `json:"before,omitzero"`  // the file when the plan was made
	After  Hash     `json:"after,omitzero"`   // the file afterwards
	Doubts []Doubt  `json:"doubts,omitempty"` // best guesses in the text
	// Encoding is the one that a Rewrite read the file in.
	Encoding string `json:"encoding,omitempty"`

	text     spooled        // the file afterwards, where it is written
	want     spooled        // what was wanted, where that differs from text
	source   spooled        // the clip as it came in
	base     Hash           // what the text is a change of, to do it again on another
	note     *books.Note    // what the books know afterwards, nil to leave that
	forget   bool           // the books know nothing of the file afterwards
	keepTime bool           // the file keeps its modification time, also where the vault's options do not ask for that
	also     []books.Record // further records, once it is done
}

// Writes reports whether the change touches a file.
func (c *Change) Writes() bool {
	return c.Action == Create || c.Action == Replace || c.Action == Remove
}

// A Plan is what would be written, file by file, and why. Close it after use.
type Plan struct {
	Changes []Change

	vault *Vault
	spool spool
	// rewrite makes a file's text from its present one, in plans of PlanFiles.
	rewrite Rewrite
	// revert is the run that the plan takes back, "" if none.
	revert string
	// keepTimes is set where that run kept the modification times of files.
	keepTimes bool
}

// Close frees what the plan keeps on disk.
func (p *Plan) Close() error { return p.spool.close() }

// Count returns the number of changes with an action.
func (p *Plan) Count(action Action) int {
	count := 0
	for i := range p.Changes {
		if p.Changes[i].Action == action {
			count++
		}
	}
	return count
}

// Writes returns the number of changes that touch a file.
func (p *Plan) Writes() int { return p.Count(Create) + p.Count(Replace) + p.Count(Remove) }

// Texts returns a change's text before, read from disk, and after, nil where
// there is none. For a file that is not written both are the file.
func (p *Plan) Texts(c *Change) (before, after []byte, err error) {
	if !c.Before.Absent() {
		if before, err = p.vault.tree.Read(c.Path); err != nil {
			return nil, nil, err
		}
	}
	if !c.Writes() {
		return before, before, nil
	}
	if c.Action != Remove {
		after, err = p.spool.get(c.text)
	}
	return before, after, err
}

// String is one line: what would happen, to which file, why not.
func (c *Change) String() string {
	line := fmt.Sprintf("%s %s", c.Action, c.Path)
	if c.Reason != "" {
		line += ": " + c.Reason
	}
	return line
}
