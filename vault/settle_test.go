//go:build linux

package vault

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// stopAt applies next to a vault whose disk fails for good at the first step op,
// and returns the name of the temporary file that is left.
func (b *bench) stopAt(op string, next Wanted) (temp string) {
	b.t.Helper()
	broken := false
	b.before = func(step, _ string) error {
		if broken = broken || step == op; broken {
			return errBroken
		}
		return nil
	}
	v, err := b.open()
	if err != nil {
		b.t.Fatal(err)
	}
	plan, err := v.Plan(b.t.Context(), each([]Wanted{next}))
	if err != nil {
		b.t.Fatal(err)
	}
	_, _ = v.Apply(b.t.Context(), plan, nil)
	b.before = nil
	if err := errors.Join(plan.Close(), v.Close()); err != nil {
		b.t.Fatal(err)
	}
	for name := range b.files() {
		if strings.Contains(name, ".clipmend-") {
			temp = filepath.Join(b.dir, name)
		}
	}
	if temp == "" {
		b.t.Fatal("no temporary file is left")
	}
	return temp
}

// TestStopped stops a run and lets somebody do something to the files before the
// vault is opened again.
func TestStopped(t *testing.T) {
	const note = "Clippings/One.md"
	old, next := page("One", "https://a.example/1", "old\n\nlast\n"), page("One", "https://a.example/1", "new\n\nlast\n")
	mine, joined := head+"old\n\nmine\n", head+"new\n\nmine\n"
	tests := []struct {
		name, step string
		meanwhile  func(path, temp string) error
		files      map[string]string // nil: only what the books keep is looked at
		rescued    string
	}{
		{
			"a file was displaced, then written to", "remove",
			func(_, temp string) error { return os.WriteFile(temp, []byte(mine), 0o644) },
			map[string]string{note: joined},
			"",
		},
		{
			"an exchange by links was stopped in the middle", "exchange",
			func(path, temp string) error {
				kept := strings.Replace(temp, ".clipmend-", ".clipmend-kept-", 1)
				return errors.Join(os.Link(path, kept), os.Rename(temp, path), os.WriteFile(kept, []byte(mine), 0o644))
			},
			map[string]string{note: joined},
			"",
		},
		{
			"an exchange by links was stopped at its first step", "exchange",
			func(path, temp string) error {
				return os.Link(path, strings.Replace(temp, ".clipmend-", ".clipmend-kept-", 1))
			},
			map[string]string{note: string(old.Text)},
			"",
		},
		{
			"the note became a link, and the displaced file was written to", "remove",
			func(path, temp string) error {
				return errors.Join(os.Remove(path), os.Symlink("nowhere", path), os.WriteFile(temp, []byte(mine), 0o644))
			},
			nil, mine,
		},
		{
			"the note was removed, and the displaced file was written to", "remove",
			func(path, temp string) error {
				return errors.Join(os.Remove(path), os.WriteFile(temp, []byte(mine), 0o644))
			},
			map[string]string{},
			mine,
		},
		{
			"what was displaced is a link", "remove",
			func(path, temp string) error {
				return errors.Join(os.Remove(temp), os.Symlink("elsewhere.md", temp), os.WriteFile(filepath.Dir(path)+"/elsewhere.md", []byte(mine), 0o644))
			},
			map[string]string{note: mine, "Clippings/elsewhere.md": mine},
			"",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(t)
			b.must(old)
			temp := b.stopAt(test.step, next)
			if err := test.meanwhile(filepath.Join(b.dir, note), temp); err != nil {
				t.Fatal(err)
			}
			v, err := b.open()
			if err != nil {
				t.Fatal(err)
			}
			defer v.Close()
			if test.files != nil {
				b.want(test.files)
			}
			if text, _ := v.Text(v.Status().Rescued[note]); string(text) != test.rescued {
				t.Errorf("rescued %q, want %q", text, test.rescued)
			}
		})
	}
}

// TestPersonAgainstOurs holds that a text which wins over ours leaves a conflict
// to decide, so that the clip's change is not forgotten.
func TestPersonAgainstOurs(t *testing.T) {
	b := newBench(t)
	b.must(page("One", "https://a.example/1", "old\n"))
	next := page("One", "https://a.example/1", "new\n")
	temp := b.stopAt("remove", next)
	if err := os.WriteFile(temp, []byte(head+"mine\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	report := b.must(next)
	b.want(map[string]string{"Clippings/One.md": head + "mine\n"})
	if report.Changes[0].Action != Conflict {
		t.Errorf("%v, want a conflict", &report.Changes[0])
	}
}

// TestUndoneMeanwhile holds that a note which is taken back while somebody
// writes to it stays, with what they wrote.
func TestUndoneMeanwhile(t *testing.T) {
	b := newBench(t)
	b.must(page("One", "https://a.example/1", "old\n"))
	path := filepath.Join(b.dir, "Clippings/One.md")
	b.before = func(step, _ string) error {
		if step == "withdraw" {
			return os.WriteFile(path, []byte(head+"mine\n"), 0o644)
		}
		return nil
	}
	b.undo("")
	b.want(map[string]string{"Clippings/One.md": head + "mine\n"})
}
