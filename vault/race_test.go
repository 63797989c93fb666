package vault

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// races is how many races TestEditors runs with each editor; CLIPMEND_RACES
// sets another number.
func races(t *testing.T) int {
	n, err := strconv.Atoi(os.Getenv("CLIPMEND_RACES"))
	if err != nil {
		return 40
	}
	t.Logf("%d races an editor", n)
	return n
}

func spin(d time.Duration) {
	for start := time.Now(); time.Since(start) < d; {
	}
}

// TestEditors lets editors save while notes are rewritten. What they saved must
// be there afterwards, whole.
func TestEditors(t *testing.T) {
	editors := map[string]func(path string, text []byte, pause time.Duration) error{
		"in place": func(path string, text []byte, pause time.Duration) error {
			file, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC|os.O_CREATE, 0o644)
			if err != nil {
				return err
			}
			defer file.Close()
			spin(pause)
			_, err = file.Write(text)
			return err
		},
		"by renaming": func(path string, text []byte, pause time.Duration) error {
			spin(pause)
			if err := os.WriteFile(path+"~", text, 0o644); err != nil {
				return err
			}
			return os.Rename(path+"~", path)
		},
	}
	const original = "It's x here\nlast line\n"
	rewrite := func(_ string, text []byte) (Rewritten, error) {
		return Rewritten{Text: bytes.ReplaceAll(text, []byte(" x "), []byte(" y "))}, nil
	}
	for name, save := range editors {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			v, err := b.open()
			if err != nil {
				t.Fatal(err)
			}
			defer v.Close()
			path, lost := filepath.Join(b.dir, "note.md"), 0
			for range races(t) {
				b.write("note.md", original)
				delay, pause := time.Duration(rand.IntN(1500))*time.Microsecond, time.Duration(rand.IntN(80))*time.Microsecond
				var editor sync.WaitGroup
				var saved error
				editor.Go(func() {
					spin(delay)
					saved = save(path, []byte(original+"MY EDIT\n"), pause)
				})
				one := func(yield func(string, error) bool) { yield("note.md", nil) }
				plan, err := v.PlanFiles(t.Context(), one, rewrite)
				if err != nil {
					t.Fatal(err)
				}
				_, err = v.Apply(t.Context(), plan, nil)
				plan.Close()
				editor.Wait()
				if err != nil || saved != nil {
					t.Fatal(err, saved)
				}
				text, _ := os.ReadFile(path)
				if !strings.Contains(string(text), "MY EDIT") || !strings.Contains(string(text), "last line") {
					lost++
				}
			}
			if lost > 0 {
				t.Errorf("%d edits lost", lost)
			}
		})
	}
}
