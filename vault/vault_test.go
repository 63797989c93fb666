package vault

import (
	"errors"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/vault/merge"
)

// A bench is a vault folder with its books, for one test.
type bench struct {
	t          *testing.T
	dir, state string
	before     func(op, name string) error
}

func newBench(t *testing.T) *bench {
	t.Helper()
	return &bench{t: t, dir: t.TempDir(), state: t.TempDir()}
}

func (b *bench) open() (*Vault, error) {
	return Open(b.dir, Options{State: b.state, Verb: "test", Before: b.before})
}

// must opens, plans, applies and closes.
func (b *bench) must(wanted ...Wanted) Report {
	b.t.Helper()
	v, err := b.open()
	if err != nil {
		b.t.Fatal(err)
	}
	defer v.Close()
	plan, err := v.Plan(b.t.Context(), each(wanted))
	if err != nil {
		b.t.Fatal(err)
	}
	defer plan.Close()
	report, err := v.Apply(b.t.Context(), plan, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return report
}

func (b *bench) undo(run string) Report {
	b.t.Helper()
	v, err := b.open()
	if err != nil {
		b.t.Fatal(err)
	}
	defer v.Close()
	plan, err := v.PlanUndo(b.t.Context(), run)
	if err != nil {
		b.t.Fatal(err)
	}
	defer plan.Close()
	report, err := v.Apply(b.t.Context(), plan, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return report
}

func (b *bench) write(name, text string) {
	b.t.Helper()
	path := filepath.Join(b.dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
		b.t.Fatal(err)
	}
}

// files returns every file of the vault by its name.
func (b *bench) files() map[string]string {
	b.t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(b.dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(b.dir, path)
		found[filepath.ToSlash(name)] = string(text)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return found
}

func (b *bench) want(files map[string]string) {
	b.t.Helper()
	got := b.files()
	for name, text := range files {
		if got[name] != text {
			b.t.Errorf("%s holds %q, want %q", name, got[name], text)
		}
	}
	for name := range got {
		if _, wanted := files[name]; !wanted {
			b.t.Errorf("there is a file %s", name)
		}
	}
}

func each(wanted []Wanted) iter.Seq2[Wanted, error] {
	return func(yield func(Wanted, error) bool) {
		for _, w := range wanted {
			if !yield(w, nil) {
				return
			}
		}
	}
}

func page(title, url, text string) Wanted {
	return Wanted{Folder: "Clippings", Title: title, URL: url, Text: []byte("---\nsource: " + url + "\n---\n" + text), Source: []byte("raw " + text)}
}

const head = "---\nsource: https://a.example/1\n---\n"

func TestClipAgain(t *testing.T) {
	one := page("One", "https://a.example/1", "first\n\nmiddle\n\nlast\n")
	note := "Clippings/One.md"
	tests := []struct {
		name   string
		change func(b *bench)
		again  Wanted
		action Action
		files  map[string]string
	}{
		{"nothing changed", func(*bench) {}, one, Unchanged, map[string]string{note: string(one.Text)}},
		{
			"tracking parameters are no difference",
			func(*bench) {},
			Wanted{Folder: "Clippings", Title: "Another", URL: "http://A.example/1/?utm_source=x", Text: one.Text},
			Unchanged,
			map[string]string{note: string(one.Text)},
		},
		{
			"the page changed", func(*bench) {},
			page("One", "https://a.example/1", "FIRST\n\nmiddle\n\nlast\n"), Replace,
			map[string]string{note: head + "FIRST\n\nmiddle\n\nlast\n"},
		},
		{
			"a person edited",
			func(b *bench) { b.write(note, head+"first\n\nmiddle\n\nmine\n") },
			one, Kept,
			map[string]string{note: head + "first\n\nmiddle\n\nmine\n"},
		},
		{
			"both changed",
			func(b *bench) { b.write(note, head+"first\n\nmiddle\n\nmine\n") },
			page("One", "https://a.example/1", "FIRST\n\nmiddle\n\nlast\n"), Replace,
			map[string]string{note: head + "FIRST\n\nmiddle\n\nmine\n"},
		},
		{
			"both changed the same word",
			func(b *bench) { b.write(note, head+"first\n\nmiddle\n\nmine\n") },
			page("One", "https://a.example/1", "first\n\nmiddle\n\ntheirs\n"), Conflict,
			map[string]string{note: head + "first\n\nmiddle\n\nmine\n"},
		},
		{
			"deleted", func(b *bench) { os.Remove(filepath.Join(b.dir, note)) },
			one, Kept,
			map[string]string{},
		},
		{
			"moved",
			func(b *bench) { b.write("Kept/Mine.md", string(one.Text)); os.Remove(filepath.Join(b.dir, note)) },
			page("One", "https://a.example/1", "new\n"), Replace,
			map[string]string{"Kept/Mine.md": head + "new\n"},
		},
		{
			"another page of that title", func(*bench) {},
			page("one", "https://a.example/2", "x"), Create,
			map[string]string{note: string(one.Text), "Clippings/one 2.md": "---\nsource: https://a.example/2\n---\nx"},
		},
		{
			"a vault without its books",
			func(b *bench) { b.state = b.t.TempDir(); b.write(note, head+"edited") },
			one, Kept,
			map[string]string{note: head + "edited"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(t)
			b.must(one)
			test.change(b)
			report := b.must(test.again)
			if report.Changes[0].Action != test.action {
				t.Errorf("%v, want %s", &report.Changes[0], test.action)
			}
			b.want(test.files)
			twice := b.must(test.again)
			if plan := (Plan{Changes: twice.Changes}); plan.Writes() != 0 {
				t.Errorf("the second time: %v", &twice.Changes[0])
			}
			b.want(test.files)

			late := newBench(t)
			late.must(one)
			test.change(late)
			if report := late.must(made(test.again)); report.Changes[0].Action != test.action {
				t.Errorf("made when needed: %v, want %s", &report.Changes[0], test.action)
			}
			late.want(test.files)
		})
	}
}

// made is a Wanted whose text is made when it is needed.
func made(w Wanted) Wanted {
	text := w.Text
	w.Hash, w.Text, w.Make = merge.HashOf(text), nil, func() ([]byte, error) { return text, nil }
	return w
}

// TestMadeOtherwise: a text that is not the one whose hash was given is not
// written.
func TestMadeOtherwise(t *testing.T) {
	b := newBench(t)
	w := made(page("One", "https://a.example/1", "x"))
	w.Hash = merge.HashOf([]byte("another"))
	if report := b.must(w); report.Changes[0].Action != Failed {
		t.Errorf("%v", &report.Changes[0])
	}
	b.want(nil)
}

func TestUndo(t *testing.T) {
	b := newBench(t)
	old := page("One", "https://a.example/1", "first\n\nmiddle\n\nlast\n")
	b.must(old)
	b.must(page("One", "https://a.example/1", "FIRST\n\nmiddle\n\nlast\n"), page("Two", "https://a.example/2", "x"))
	b.undo("")
	b.want(map[string]string{"Clippings/One.md": string(old.Text)})
	b.undo("") // takes the undoing back
	b.want(map[string]string{
		"Clippings/One.md": head + "FIRST\n\nmiddle\n\nlast\n",
		"Clippings/Two.md": "---\nsource: https://a.example/2\n---\nx",
	})
	b.write("Clippings/One.md", head+"FIRST\n\nmiddle\n\nmine\n")
	b.undo("2")
	b.want(map[string]string{"Clippings/One.md": head + "first\n\nmiddle\n\nmine\n"})
}

func TestPlanFiles(t *testing.T) {
	b := newBench(t)
	b.write("a.md", "x\n")
	b.write("b.md", "clean\n")
	b.write("link/target.md", "x\n")
	b.write("locked.md", "x\n")
	os.Symlink("link/target.md", filepath.Join(b.dir, "soft.md"))
	os.Link(filepath.Join(b.dir, "a.md"), filepath.Join(b.dir, "hard.md"))
	os.Chmod(filepath.Join(b.dir, "locked.md"), 0o444)
	v, err := b.open()
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	plan, err := v.PlanFiles(t.Context(), v.Notes("."), func(_ string, text []byte) (Rewritten, error) {
		return Rewritten{Text: []byte(strings.ReplaceAll(string(text), "x", "y")), Why: []string{"x-to-y"}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	defer plan.Close()
	report, err := v.Apply(t.Context(), plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]Action{}
	for _, c := range report.Changes {
		got[c.Path] = c.Action
	}
	for path, action := range map[string]Action{
		"a.md": Refused, "hard.md": Refused, "b.md": Unchanged, "link/target.md": Replace, "soft.md": Kept, "locked.md": Refused,
	} {
		if got[path] != action {
			t.Errorf("%s: %q, want %s", path, got[path], action)
		}
	}
}

var errBroken = errors.New("the disk is broken")

// TestBrokenDisk fails every step in turn, for good, as a crash would.
func TestBrokenDisk(t *testing.T) {
	old := []Wanted{page("One", "https://a.example/1", "old\n"), page("Two", "https://a.example/2", "old\n")}
	next := []Wanted{page("One", "https://a.example/1", "new\n"), page("Two", "https://a.example/2", "new\n"), page("Three", "https://a.example/3", "new\n")}
	for stop := 1; ; stop++ {
		b := newBench(t)
		b.must(old...)
		steps := 0
		b.before = func(string, string) error {
			if steps++; steps >= stop {
				return errBroken
			}
			return nil
		}
		v, err := b.open()
		if err != nil {
			t.Fatal(err)
		}
		plan, err := v.Plan(t.Context(), each(next))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = v.Apply(t.Context(), plan, nil)
		plan.Close()
		v.Close()
		for name, text := range b.files() {
			if !strings.Contains(name, ".clipmend-") && !strings.HasSuffix(text, "old\n") && !strings.HasSuffix(text, "new\n") {
				t.Fatalf("step %d: %s holds %q", stop, name, text)
			}
		}
		b.before = nil
		b.must(next...)
		b.want(map[string]string{
			"Clippings/One.md": string(next[0].Text), "Clippings/Two.md": string(next[1].Text), "Clippings/Three.md": string(next[2].Text),
		})
		if steps < stop {
			return
		}
	}
}

func TestResolve(t *testing.T) {
	b := newBench(t)
	b.must(page("One", "https://a.example/1", "old\n"))
	b.write("Clippings/One.md", head+"mine\n")
	next := page("One", "https://a.example/1", "new\n")
	b.must(next)
	v, err := b.open()
	if err != nil {
		t.Fatal(err)
	}
	waiting := v.Status().Conflicts
	if len(waiting) != 1 {
		t.Fatalf("%d conflicts wait", len(waiting))
	}
	ours, err := v.Text(waiting[0].Ours)
	if err != nil || string(ours) != string(next.Text) {
		t.Fatalf("ours is %q, %v", ours, err)
	}
	plan, err := v.PlanResolve("Clippings/One.md", []byte(head+"mine and new\n"))
	if err != nil {
		t.Fatal(err)
	}
	defer plan.Close()
	if _, err := v.Apply(t.Context(), plan, nil); err != nil {
		t.Fatal(err)
	}
	if left := v.Status().Conflicts; len(left) != 0 {
		t.Errorf("%v waits still", left)
	}
	findings, err := v.Doctor(t.Context(), false)
	if err != nil || len(findings) != 0 {
		t.Errorf("doctor finds %v, %v", findings, err)
	}
	v.Close()
	if report := b.must(next); report.Changes[0].Action != Kept {
		t.Errorf("clipped again: %v", &report.Changes[0])
	}
	b.want(map[string]string{"Clippings/One.md": head + "mine and new\n"})
}
