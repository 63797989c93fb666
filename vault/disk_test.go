//go:build linux

package vault

import (
	"fmt"
	"math/rand/v2"
	"os"
	"syscall"
	"testing"
)

// TestFullDisk fills a disk of a few hundred kilobytes with the notes, or with
// the books. Every note is whole then, and with room again the work is finished.
func TestFullDisk(t *testing.T) {
	const count, size = 30, 4000
	pages := func(word string) []Wanted {
		wanted := make([]Wanted, count)
		for i := range wanted {
			text := make([]byte, 0, size) // hard to compress, so that the books fill too
			random := rand.New(rand.NewPCG(uint64(i), uint64(len(word))))
			for len(text) < size {
				text = append(text, byte('a'+random.IntN(26)))
			}
			wanted[i] = page(fmt.Sprint("Note ", i), fmt.Sprint("https://a.example/", i), word+"\n"+string(text)+"\n")
		}
		return wanted
	}
	old, next := pages("old"), pages("newer")
	for _, full := range []string{"vault", "books"} {
		t.Run(full, func(t *testing.T) {
			b := newBench(t)
			disk := map[string]string{"vault": b.dir, "books": b.state}[full]
			if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=16m"); err != nil {
				t.Skipf("no small disk can be mounted: %v", err)
			}
			t.Cleanup(func() { _ = syscall.Unmount(disk, 0) })
			b.must(old...)
			stopped := 0
			for room := 0; room < 240; room += 40 {
				b.fill(disk, room)
				if !b.tryAll(next) {
					stopped++
				}
				for i := range old {
					got := b.files()[fmt.Sprintf("Clippings/Note %d.md", i)]
					if got != string(old[i].Text) && got != string(next[i].Text) {
						t.Fatalf("with %d KiB free note %d holds %d bytes", room, i, len(got))
					}
				}
			}
			if stopped == 0 {
				t.Error("the disk was never full")
			}
			os.Remove(disk + "/.ballast")
			b.must(next...)
			if !b.tryAll(next) {
				t.Error("the work is not finished")
			}
			t.Logf("%d runs met a full disk", stopped)
		})
	}
}

// fill leaves about free KiB on the small disk at dir.
func (b *bench) fill(dir string, free int) {
	b.t.Helper()
	name := dir + "/.ballast"
	os.Remove(name)
	var stat syscall.Statfs_t
	if err := syscall.Statfs(dir, &stat); err != nil {
		b.t.Fatal(err)
	}
	size := max(0, int(stat.Bavail)*int(stat.Bsize)-free<<10)
	if err := os.WriteFile(name, make([]byte, size), 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// tryAll runs on a disk that may be full and reports whether all was done.
func (b *bench) tryAll(wanted []Wanted) bool {
	b.t.Helper()
	v, err := b.open()
	if err != nil {
		return false
	}
	defer v.Close()
	plan, err := v.Plan(b.t.Context(), each(wanted))
	if err != nil {
		return false
	}
	defer plan.Close()
	report, err := v.Apply(b.t.Context(), plan, nil)
	return err == nil && report.Count(Failed)+report.Count(Refused) == 0
}
