// Package books keeps what the vault has to remember outside of the notes: a
// journal of what was done, the texts by content, and a lock.
//
// The journal only grows, a line a record, each with a checksum: a line that a
// crash tore is skipped and reported, the rest is read. Texts are kept under
// their SHA-256 and checked against it whenever they are read. Nothing is
// durable until Sync says so.
package books

import (
	"time"

	"github.com/clipmend/clipmend/vault/merge"
)

// Op says what a record records.
type Op string

// The kinds of records.
const (
	OpRun     Op = "run"     // a run begins: Run, Time, Verb
	OpIntent  Op = "intent"  // a file is about to change: Path, Temp, Before, After, Note, Previous
	OpDone    Op = "done"    // the last intent for Path was carried out
	OpDropped Op = "dropped" // the last intent for Path was not carried out
	OpNote    Op = "note"    // what is known of Path from now on: Note, nil to forget it
	OpRescued Op = "rescued" // a text of a person's that found no file: Path, After
	OpSettled Op = "settled" // a rescued text was dealt with: Path, After
	OpDoubts  Op = "doubts"  // the repairs in Path that are worth a person's look from now on: Doubts
	OpLeft    Op = "left"    // Temp still holds a displaced file that a program has open
	OpEnd     Op = "end"     // the run is over
)

// A Record is one line of the journal.
type Record struct {
	Op       Op         `json:"op"`
	Run      string     `json:"run,omitempty"`
	Time     time.Time  `json:"time,omitzero"`
	Verb     string     `json:"verb,omitempty"`
	Root     string     `json:"root,omitempty"`  // identity of the vault's folder, in a run record
	Times    bool       `json:"times,omitempty"` // the run keeps modification times, in a run record
	Path     string     `json:"path,omitempty"`
	Temp     string     `json:"temp,omitempty"` // temporary file, in an intent; holds the displaced file afterwards
	Before   merge.Hash `json:"before,omitzero"`
	After    merge.Hash `json:"after,omitzero"`
	Why      []string   `json:"why,omitempty"`
	Note     *Note      `json:"note,omitempty"`
	Previous *Note      `json:"previous,omitempty"`
	Doubts   []Doubt    `json:"doubts,omitempty"`
}

// A Doubt is a repair that is a best guess. It is found again by the text around
// it, which is of one line.
type Doubt struct {
	Rule       string   `json:"rule"`
	Left       string   `json:"left,omitempty"`
	Was        string   `json:"was"`
	Now        string   `json:"now"`
	Right      string   `json:"right,omitempty"`
	Confidence float64  `json:"confidence"`
	Other      []string `json:"other,omitempty"` // further readings
}

// A Note is what the books know of one note.
type Note struct {
	Keys     []string   `json:"keys,omitempty"`    // by which it is found again: "id:…", "url:…", …
	Base     merge.Hash `json:"base,omitzero"`     // the text that was last wanted and dealt with
	Disk     merge.Hash `json:"disk,omitzero"`     // the file as it was left
	Source   merge.Hash `json:"source,omitzero"`   // the clip's bytes as they came in
	Gone     bool       `json:"gone,omitempty"`    // a person deleted it
	Conflict *Conflict  `json:"conflict,omitzero"` // waits for a person's decision
}

// A Conflict is a text that could not be joined with a person's. All three are
// kept among the blobs.
type Conflict struct {
	Base   merge.Hash `json:"base,omitzero"`
	Ours   merge.Hash `json:"ours,omitzero"`
	Theirs merge.Hash `json:"theirs,omitzero"`
}
