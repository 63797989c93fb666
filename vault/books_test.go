package vault

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestLostJournal(t *testing.T) {
	b := newBench(t)
	one, two := page("One", "https://a.example/1", "one"), page("Two", "https://a.example/2", "two")
	b.must(one, two)
	b.write("Clippings/Two.md", "---\nsource: https://a.example/2\n---\nmine")
	b.write("Clippings/.clipmend-LOST.tmp", "a displaced text that somebody wrote")
	v, err := b.open()
	if err != nil {
		t.Fatal(err)
	}
	journal := filepath.Join(v.Books(), "journal")
	if err := errors.Join(v.Close(), os.Remove(journal)); err != nil {
		t.Fatal(err)
	}

	v, err = b.open()
	if err != nil {
		t.Fatal(err)
	}
	if findings, err := v.Doctor(t.Context(), true); err != nil || len(findings) != 2 || !findings[0].Mended || !findings[1].Mended {
		t.Errorf("doctor finds %v, %v", findings, err)
	}
	if findings, err := v.Doctor(t.Context(), false); err != nil || len(findings) != 0 {
		t.Errorf("doctor still finds %v, %v", findings, err)
	}
	status := v.Status()
	rescued, _ := v.Text(status.Rescued["Clippings/.clipmend-LOST.tmp"])
	if status.Notes != 1 || string(rescued) != "a displaced text that somebody wrote" {
		t.Errorf("%d notes found again, rescued %q", status.Notes, rescued)
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}

	files := b.files()
	b.must(page("Other title", "https://a.example/1", "changed"), page("Two", "https://a.example/2", "changed"))
	b.want(files)
	b.must(one)
	b.must(page("One", "https://a.example/1", "changed"))
	files["Clippings/One.md"] = head + "changed"
	b.want(files)
}

func TestReadOnly(t *testing.T) {
	b := newBench(t)
	b.must(page("One", "https://a.example/1", "one"))
	held, err := b.open() // reading does not wait for it
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	fresh := filepath.Join(t.TempDir(), "state")
	for _, state := range []string{b.state, fresh} {
		v, err := Open(b.dir, Options{State: state, ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		plan, err := v.Plan(t.Context(), each([]Wanted{page("Two", "https://a.example/2", "two")}))
		if err != nil || plan.Writes() != 1 {
			t.Fatalf("%v, %v", plan, err)
		}
		if _, err := v.Apply(t.Context(), plan, nil); !errors.Is(err, ErrReadOnly) {
			t.Errorf("applied: %v", err)
		}
		if _, err := v.Doctor(t.Context(), true); !errors.Is(err, ErrReadOnly) {
			t.Errorf("mended: %v", err)
		}
		if err := errors.Join(plan.Close(), v.Close()); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(fresh); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("reading made books: %v", err)
	}
	b.want(map[string]string{"Clippings/One.md": head + "one"})
}

func TestLocate(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{"vault/.obsidian", "vault/a/b", "plain/c"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"vault/a/b/note.md", "plain/c/note.md"} {
		if err := os.WriteFile(filepath.Join(root, file), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct{ path, dir, inside string }{
		{"vault", "vault", "."},
		{"vault/a/b", "vault", "a/b"},
		{"vault/a/b/note.md", "vault", "a/b/note.md"},
		{"plain/c", "plain/c", "."},
		{"plain/c/note.md", "plain/c", "note.md"},
	} {
		dir, inside, err := Locate(filepath.Join(root, test.path))
		if err != nil || dir != filepath.Join(root, test.dir) || inside != test.inside {
			t.Errorf("%s is %q in %q, %v", test.path, inside, dir, err)
		}
	}
	if _, _, err := Locate(filepath.Join(root, "missing")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing: %v", err)
	}
}
