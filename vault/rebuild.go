package vault

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/clipmend/clipmend/vault/books"
	"github.com/clipmend/clipmend/vault/merge"
)

// lostJournal finds books that have texts and no journal. With mend, the notes
// on disk whose bytes are among the texts and that say in their properties what
// they are, go into a new journal. They count as a person's: nothing tells what
// was last wanted of them, so they are replaced by no clip until one wants
// exactly what is there.
func (v *Vault) lostJournal(ctx context.Context, mend bool) ([]Finding, error) {
	hasTexts := false
	for _, err := range v.blobs.All() {
		if hasTexts = err == nil; hasTexts {
			break
		}
	}
	if len(v.notes.runs) > 0 || !hasTexts {
		return nil, nil
	}
	x, err := v.scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("vault: doctor: %w", err)
	}
	found := v.recognise(x)
	finding := Finding{What: fmt.Sprintf("the journal is lost: %d notes can be found again, earlier runs cannot be undone", len(found))}
	if mend {
		err = v.rewriteJournal(found)
		finding.Mended = err == nil
	}
	return []Finding{finding}, err
}

// recognise makes a record of each note that the books have a text of.
func (v *Vault) recognise(x *index) []books.Record {
	keys := map[string][]string{}
	for key, path := range x.byKey {
		keys[path] = append(keys[path], key)
	}
	var found []books.Record
	for path, of := range keys {
		text, err := v.tree.Read(path)
		if hash := merge.HashOf(text); err == nil && v.blobs.Has(hash) {
			slices.Sort(of)
			found = append(found, books.Record{Op: books.OpNote, Path: path, Note: &books.Note{Keys: of, Disk: hash}})
		}
	}
	return found
}

func (v *Vault) rewriteJournal(notes []books.Record) error {
	run := books.Record{Op: books.OpRun, Run: v.notes.nextRun(), Time: time.Now().UTC(), Verb: "doctor", Root: rootIdentity(v.dir)}
	for _, r := range slices.Concat([]books.Record{run}, notes, []books.Record{{Op: books.OpEnd}}) {
		r.Run = run.Run
		v.notes.replay(r)
		if err := v.journal.Append(r); err != nil {
			return err
		}
	}
	return v.journal.Sync()
}
