package books

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/clipmend/clipmend/vault/merge"
)

func TestJournalSurvivesATornLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal")
	write := func(run string) {
		j, err := OpenJournal(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(j.Append(Record{Op: OpRun, Run: run}), j.Sync(), j.Close()); err != nil {
			t.Fatal(err)
		}
	}
	write("1")
	file, _ := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	file.WriteString("deadbeef {\"op\":\"ru")
	file.Close()
	write("2")
	text, _ := os.ReadFile(path)
	var runs []string
	bad := 0
	for r, err := range Parse(bytes.NewReader(text)) {
		if err != nil {
			bad++
			continue
		}
		runs = append(runs, r.Run)
	}
	if bad != 1 || len(runs) != 2 || runs[0] != "1" || runs[1] != "2" {
		t.Errorf("%d bad lines, runs %q", bad, runs)
	}
}

func TestBlobs(t *testing.T) {
	dir := t.TempDir()
	blobs, err := OpenBlobs(dir)
	if err != nil {
		t.Fatal(err)
	}
	hash, err := blobs.Put([]byte("text"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(blobs.path(hash), nil, 0o600); err != nil { // a crash tore it
		t.Fatal(err)
	}
	if _, err := blobs.Get(hash); !errors.Is(err, ErrDamaged) {
		t.Errorf("a torn blob: %v", err)
	}
	if _, err := blobs.Put([]byte("text")); err != nil {
		t.Fatal(err)
	}
	if text, err := blobs.Get(hash); err != nil || string(text) != "text" {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := blobs.Get(merge.HashOf([]byte("other"))); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing blob: %v", err)
	}
}

func TestLockSaysWhoHoldsIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	first, err := Acquire(t.Context(), path, Holder{PID: 7, Host: "here", Verb: "clip"}, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Acquire(t.Context(), path, Holder{}, 20*time.Millisecond)
	if locked, ok := errors.AsType[*LockedError](err); !ok || locked.Holder.PID != 7 {
		t.Errorf("%v", err)
	}
	first.Unlock()
	if _, err := Acquire(t.Context(), path, Holder{}, 0); err != nil {
		t.Error(err)
	}
}

func FuzzParse(f *testing.F) {
	line, _ := appendLine(nil, Record{Op: OpNote, Path: "a.md", Note: &Note{Keys: []string{"id:1"}}})
	f.Add(line)
	f.Add([]byte("00000000 {}\n\n\xff"))
	f.Fuzz(func(t *testing.T, text []byte) {
		for r, err := range Parse(bytes.NewReader(text)) {
			if err != nil {
				continue
			}
			line, err := appendLine(nil, r)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := parseLine(bytes.TrimSuffix(line, []byte("\n"))); err != nil {
				t.Fatalf("%q: %v", line, err)
			}
		}
	})
}
