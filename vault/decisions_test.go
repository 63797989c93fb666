package vault

import (
	"errors"
	"testing"

	"github.com/clipmend/clipmend/vault/books"
)

// act opens the vault, applies what plan returns, and closes it.
func (b *bench) act(plan func(v *Vault) (*Plan, error)) Report {
	b.t.Helper()
	v, err := b.open()
	if err != nil {
		b.t.Fatal(err)
	}
	defer v.Close()
	p, err := plan(v)
	if err != nil {
		b.t.Fatal(err)
	}
	defer p.Close()
	report, err := v.Apply(b.t.Context(), p, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return report
}

func (b *bench) status() (Status, map[string][]Doubt) {
	b.t.Helper()
	v, err := Open(b.dir, Options{State: b.state, ReadOnly: true})
	if err != nil {
		b.t.Fatal(err)
	}
	defer v.Close()
	return v.Status(), v.Doubts()
}

func TestPlansOfOneVaultAreOneRun(t *testing.T) {
	b := newBench(t)
	one, two := page("One", "https://a.example/1", "one"), page("Two", "https://a.example/2", "two")
	v, err := b.open()
	if err != nil {
		t.Fatal(err)
	}
	for _, wanted := range [][]Wanted{{one}, {two}, {page("One", "https://a.example/1", "ONE")}} {
		plan, err := v.Plan(t.Context(), each(wanted))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := v.Apply(t.Context(), plan, nil); err != nil {
			t.Fatal(err)
		}
		plan.Close()
	}
	if runs := v.Status().Runs; len(runs) != 1 || runs[0].Changes != 3 || !runs[0].Ended {
		t.Errorf("runs %+v", runs)
	}
	v.Close()
	b.undo("")
	b.want(map[string]string{})
}

// TestUndoTakesDecisionsBack holds that what was decided waits again, also
// where the decision changed no file.
func TestUndoTakesDecisionsBack(t *testing.T) {
	mine, ours := head+"mine\n", head+"new\n"
	for _, decided := range []string{mine, ours, head + "both\n"} {
		b := newBench(t)
		b.must(page("One", "https://a.example/1", "old\n"))
		b.write("Clippings/One.md", mine)
		b.must(page("One", "https://a.example/1", "new\n"))
		before, _ := b.status()
		b.act(func(v *Vault) (*Plan, error) { return v.PlanResolve("Clippings/One.md", []byte(decided)) })
		b.want(map[string]string{"Clippings/One.md": decided})
		if now, _ := b.status(); len(now.Conflicts) != 0 {
			t.Fatalf("%q: it still waits", decided)
		}
		b.undo("")
		b.want(map[string]string{"Clippings/One.md": mine})
		if now, _ := b.status(); len(now.Conflicts) != 1 || now.Conflicts[0] != before.Conflicts[0] {
			t.Errorf("%q: %+v waits, want %+v", decided, now.Conflicts, before.Conflicts)
		}
		b.undo("")
		b.want(map[string]string{"Clippings/One.md": decided})
		if now, _ := b.status(); len(now.Conflicts) != 0 {
			t.Errorf("%q: it waits after the undoing was undone", decided)
		}
	}
}

func TestDoubts(t *testing.T) {
	const note = "Clippings/One.md"
	d := Doubt{Rule: "r", Left: "the ", Was: "c?t", Now: "cat", Right: " sat", Confidence: 0.6, Other: []string{"cot"}}
	w := page("One", "https://a.example/1", "the cat sat\n")
	w.Doubts = []Doubt{d, {Was: "x", Now: "nowhere"}}
	for _, test := range []struct{ reading, text string }{{"cat", "the cat sat\n"}, {"c?t", "the c?t sat\n"}, {"cot", "the cot sat\n"}} {
		b := newBench(t)
		b.must(w)
		if _, doubts := b.status(); len(doubts[note]) != 1 {
			t.Fatalf("%+v", doubts)
		}
		b.act(func(v *Vault) (*Plan, error) { return v.PlanDoubt(note, d, test.reading) })
		b.want(map[string]string{note: head + test.text})
		if _, doubts := b.status(); len(doubts) != 0 {
			t.Errorf("%s: %+v stands", test.reading, doubts)
		}
		b.undo("")
		b.want(map[string]string{note: string(w.Text)})
		if _, doubts := b.status(); len(doubts[note]) != 1 {
			t.Errorf("%s: undone, but %+v", test.reading, doubts)
		}
	}

	t.Run("a person wrote there", func(t *testing.T) {
		b := newBench(t)
		b.must(w)
		b.write(note, head+"the dog sat\n")
		if _, doubts := b.status(); len(doubts) != 0 {
			t.Errorf("%+v stands", doubts)
		}
		v, err := b.open()
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		if _, err := v.PlanDoubt(note, d, "cat"); !errors.Is(err, ErrNoDoubt) {
			t.Errorf("%v", err)
		}
	})
	t.Run("notes that are rewritten in place", func(t *testing.T) {
		b := newBench(t)
		b.write("a.md", "the c?t sat\n")
		b.act(func(v *Vault) (*Plan, error) {
			return v.PlanFiles(t.Context(), v.Notes("."), func(string, []byte) (Rewritten, error) {
				return Rewritten{Text: []byte("the cat sat\n"), Doubts: []Doubt{d}}, nil
			})
		})
		if _, doubts := b.status(); len(doubts["a.md"]) != 1 {
			t.Errorf("%+v", doubts)
		}
		b.undo("")
		if status, doubts := b.status(); len(doubts) != 0 || len(status.Runs) != 2 {
			t.Errorf("undone, but %+v", doubts)
		}
	})
}

func TestRescued(t *testing.T) {
	b := newBench(t)
	v, err := b.open()
	if err != nil {
		t.Fatal(err)
	}
	hash, err := v.blobs.Put([]byte("mine"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(v.rescue(books.Record{Path: "a/One.md"}, hash), v.Close()); err != nil {
		t.Fatal(err)
	}
	keep := true
	for range 2 {
		b.act(func(v *Vault) (*Plan, error) { return v.PlanRescued("a/One.md", hash, keep) })
		if status, _ := b.status(); len(status.Rescued) != 0 {
			t.Errorf("%v waits", status.Rescued)
		}
		if keep {
			b.want(map[string]string{"a/One (kept).md": "mine"})
		}
		b.undo("")
		b.want(map[string]string{})
		if status, _ := b.status(); status.Rescued["a/One.md"] != hash {
			t.Errorf("undone, but %v waits", status.Rescued)
		}
		keep = false
	}
}
