//go:build linux

package vault

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain lets the test binary be the process that is killed.
func TestMain(m *testing.M) {
	if os.Getenv("CLIPMEND_VICTIM") != "" {
		victim()
		return
	}
	os.Exit(m.Run())
}

const victimNotes = 12

func victimPages(text string) []Wanted {
	pages := make([]Wanted, victimNotes)
	for i := range pages {
		pages[i] = page(fmt.Sprint("Note ", i), fmt.Sprint("https://a.example/", i), strings.Repeat(text+"\n", 40))
	}
	return pages
}

// victim writes the new texts and kills itself at the step that it is told.
func victim() {
	stop, _ := strconv.Atoi(os.Getenv("CLIPMEND_VICTIM"))
	steps := 0
	before := func(string, string) error {
		if steps++; steps == stop {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		}
		return nil
	}
	v, err := Open(os.Getenv("CLIPMEND_VICTIM_DIR"), Options{State: os.Getenv("CLIPMEND_VICTIM_STATE"), Before: before})
	if err != nil {
		panic(err)
	}
	plan, err := v.Plan(context.Background(), each(victimPages("new")))
	if err != nil {
		panic(err)
	}
	if _, err := v.Apply(context.Background(), plan, nil); err != nil {
		panic(err)
	}
	fmt.Println("steps", steps)
}

func (b *bench) runVictim(step int, after time.Duration) (output string) {
	b.t.Helper()
	command := exec.CommandContext(b.t.Context(), os.Args[0])
	command.Env = append(os.Environ(), fmt.Sprint("CLIPMEND_VICTIM=", step), "CLIPMEND_VICTIM_DIR="+b.dir, "CLIPMEND_VICTIM_STATE="+b.state)
	var out strings.Builder
	command.Stdout = &out
	if err := command.Start(); err != nil {
		b.t.Fatal(err)
	}
	if after > 0 {
		time.AfterFunc(after, func() { _ = command.Process.Kill() })
	}
	_ = command.Wait() // being killed is the point
	return out.String()
}

// checkSurvivor holds that every note is whole after a kill, and that the next
// run finishes the work and leaves nothing behind.
func (b *bench) checkSurvivor() {
	b.t.Helper()
	oldPages, newPages := victimPages("old"), victimPages("new")
	for name, text := range b.files() {
		if strings.Contains(name, ".clipmend-") {
			continue
		}
		i, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(name, "Clippings/Note "), ".md"))
		if err != nil || text != string(oldPages[i].Text) && text != string(newPages[i].Text) {
			b.t.Fatalf("%s is torn: %q", name, text)
		}
	}
	b.must(newPages...)
	want := map[string]string{}
	for i, p := range newPages {
		want[fmt.Sprintf("Clippings/Note %d.md", i)] = string(p.Text)
	}
	b.want(want)
}

// TestKills kills a run at its steps and at random moments; CLIPMEND_KILLS says
// how often.
func TestKills(t *testing.T) {
	kills, err := strconv.Atoi(os.Getenv("CLIPMEND_KILLS"))
	if err != nil {
		kills = 10
	}
	for i := range kills {
		b := newBench(t)
		b.must(victimPages("old")...)
		if i%2 == 0 {
			b.runVictim(1+(i/2)*max(1, 160/kills)%160, 0)
		} else {
			b.runVictim(1<<30, time.Duration(rand.IntN(60_000))*time.Microsecond)
		}
		b.checkSurvivor()
	}
	t.Logf("%d kills", kills)
}

// TestScale measures a vault of CLIPMEND_SCALE notes of 3 KB.
func TestScale(t *testing.T) {
	count, err := strconv.Atoi(os.Getenv("CLIPMEND_SCALE"))
	if err != nil {
		t.Skip("CLIPMEND_SCALE is not set to a number of notes")
	}
	b := newBench(t)
	many := func(word string) func(func(Wanted, error) bool) {
		return func(yield func(Wanted, error) bool) {
			for i := range count {
				w := page(fmt.Sprint("Note ", i), fmt.Sprint("https://a.example/", i), fmt.Sprint(i, word)+strings.Repeat(" some words of text", 150))
				if !yield(w, nil) {
					return
				}
			}
		}
	}
	for _, step := range []struct{ name, word string }{{"all new", "a"}, {"nothing to do", "a"}, {"all changed", "b"}} {
		start := time.Now()
		v, err := b.open()
		if err != nil {
			t.Fatal(err)
		}
		plan, err := v.Plan(t.Context(), many(step.word))
		if err != nil {
			t.Fatal(err)
		}
		planned := time.Since(start)
		if _, err := v.Apply(t.Context(), plan, nil); err != nil {
			t.Fatal(err)
		}
		writes := plan.Count(Create) + plan.Count(Replace)
		plan.Close()
		v.Close()
		t.Logf("%s: %d notes, %d written, %v (plan %v)", step.name, count, writes, time.Since(start).Round(time.Millisecond), planned.Round(time.Millisecond))
	}
	compareScale(t, b.dir)
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if strings.HasPrefix(line, "VmHWM") {
			t.Logf("most memory: %s", strings.TrimSpace(line))
		}
	}
}

// compareScale times what else looks at every file of a folder.
func compareScale(t *testing.T, dir string) {
	copied := t.TempDir()
	timed := func(what string, name string, args ...string) {
		start := time.Now()
		if out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput(); err != nil {
			t.Logf("%s: %v %s", what, err, out)
			return
		}
		t.Logf("%s: %v", what, time.Since(start).Round(time.Millisecond))
	}
	timed("rsync -c, all new", "rsync", "-rc", dir+"/", copied)
	timed("rsync -c, nothing to do", "rsync", "-rc", dir+"/", copied)
	timed("git init", "git", "-C", copied, "init", "-q")
	timed("git add, all new", "git", "-C", copied, "add", ".")
	timed("git status, nothing to do", "git", "-C", copied, "status", "--short")
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		t.Logf("load: %s", strings.TrimSpace(string(load)))
	}
}
