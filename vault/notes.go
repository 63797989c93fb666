package vault

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strconv"

	"github.com/clipmend/clipmend/vault/books"
)

// A note is what the books know of one note, and where it is.
type note struct {
	path string
	books.Note
}

// notes is the journal, replayed.
type notes struct {
	byPath map[string]*note
	byKey  map[string]*note // also notes that are gone and whose path has another note
	runs   []Run
	// open holds the last intent of each path that was neither carried out nor
	// dropped; temps every temporary file of a run that did not end.
	open  map[string]books.Record
	temps map[string]books.Record
	// rescued holds texts of a person's that found no file.
	rescued []books.Record
	doubts  map[string][]books.Doubt // by path
	root    string                   // identity of the vault's folder in the last run
	bad     []error
}

// readNotes replays the journal at path. A missing journal is an empty one.
func readNotes(path string) (*notes, error) {
	n := &notes{
		byPath: map[string]*note{},
		byKey:  map[string]*note{},
		open:   map[string]books.Record{},
		temps:  map[string]books.Record{},
		doubts: map[string][]books.Doubt{},
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return n, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	for record, err := range books.Parse(file) {
		if err != nil {
			if !errors.Is(err, books.ErrBadLine) {
				return nil, err
			}
			n.bad = append(n.bad, err)
			continue
		}
		n.replay(record)
	}
	return n, nil
}

// replay follows one record.
func (n *notes) replay(r books.Record) {
	switch r.Op {
	case books.OpRun:
		n.root = r.Root
		if len(n.runs) > 0 && n.runs[len(n.runs)-1].ID == r.Run { // another plan of the run
			n.runs[len(n.runs)-1].Ended = false
			return
		}
		n.runs = append(n.runs, Run{ID: r.Run, Time: r.Time, Verb: r.Verb, keepsTimes: r.Times})
	case books.OpIntent:
		n.open[r.Path] = r
		n.temps[r.Temp] = r
	case books.OpDone:
		n.done(r.Path)
	case books.OpDropped:
		delete(n.temps, n.open[r.Path].Temp)
		delete(n.open, r.Path)
	case books.OpNote:
		n.set(r.Path, r.Note)
	case books.OpLeft:
		n.temps[r.Temp] = r
	case books.OpRescued:
		n.rescued = append(n.rescued, r)
	case books.OpSettled:
		n.rescued = slices.DeleteFunc(n.rescued, func(kept books.Record) bool { return kept.Path == r.Path && kept.After == r.After })
	case books.OpDoubts:
		if len(r.Doubts) == 0 {
			delete(n.doubts, r.Path)
			return
		}
		n.doubts[r.Path] = r.Doubts
	case books.OpEnd:
		clear(n.temps)
		if len(n.runs) > 0 {
			n.runs[len(n.runs)-1].Ended = true
		}
	}
}

// done carries out the open intent of a path in the books.
func (n *notes) done(path string) {
	intent, found := n.open[path]
	if !found {
		return
	}
	delete(n.open, path)
	if len(n.runs) > 0 {
		n.runs[len(n.runs)-1].Changes++
	}
	switch {
	case intent.After.Absent():
		n.set(path, nil)
	case intent.Note != nil:
		n.set(path, intent.Note)
	}
}

// set says what is known of a path, nil to forget it. A key belongs to one
// note: a note that is found under another path has moved.
func (n *notes) set(path string, known *books.Note) {
	if old := n.byPath[path]; old != nil {
		delete(n.byPath, path)
		// The keys of a note that a person deleted outlive its path.
		if !old.Gone || known == nil {
			n.dropKeys(old)
		}
	}
	if known == nil {
		return
	}
	entry := &note{path: path, Note: *known}
	for _, key := range known.Keys {
		if old := n.byKey[key]; old != nil && n.byPath[old.path] == old {
			delete(n.byPath, old.path)
			n.dropKeys(old)
		}
		n.byKey[key] = entry
	}
	n.byPath[path] = entry
}

func (n *notes) dropKeys(old *note) {
	for _, key := range old.Keys {
		if n.byKey[key] == old {
			delete(n.byKey, key)
		}
	}
}

// find returns the note with the first of the keys that is known.
func (n *notes) find(keys []string) *note {
	for _, key := range keys {
		if found := n.byKey[key]; found != nil {
			return found
		}
	}
	return nil
}

// nextRun returns the number of the next run.
func (n *notes) nextRun() string {
	last := 0
	for _, run := range n.runs {
		if number, err := strconv.Atoi(run.ID); err == nil {
			last = max(last, number)
		}
	}
	return strconv.Itoa(last + 1)
}
