package merge

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestMerge(t *testing.T) {
	tests := []struct {
		name, base, ours, theirs, want string
		conflict                       bool
	}{
		{name: "far apart", base: "a\nb\nc\nd\n", ours: "A\nb\nc\nd\n", theirs: "a\nb\nc\nD\n", want: "A\nb\nc\nD\n"},
		{name: "the same change on both sides", base: "a\nb\n", ours: "a\nB\n", theirs: "a\nB\n", want: "a\nB\n"},
		{
			name: "a mended apostrophe and a new clause on one line",
			base: "It’s itâ€™s here\n", ours: "It’s it’s here\n", theirs: "It’s itâ€™s here, I think\n",
			want: "It’s it’s here, I think\n",
		},
		{name: "neighbouring lines", base: "one\ntwo\n", ours: "one!\ntwo\n", theirs: "one\ntwo?\n", want: "one!\ntwo?\n"},
		{name: "carriage returns stay", base: "a\r\nb\r\n", ours: "a\r\nb\r\nc\r\n", theirs: "A\r\nb\r\n", want: "A\r\nb\r\nc\r\n"},
		{name: "no last line feed", base: "a\nb", ours: "A\nb", theirs: "a\nb\nmine", want: "A\nb\nmine"},
		{name: "ideographs are words", base: "他说你好吗\n", ours: "他说您好吗\n", theirs: "他说你好吗？真的\n", want: "他说您好吗？真的\n"},
		{name: "one word, two ways", base: "see red\n", ours: "see blue\n", theirs: "see green\n", conflict: true},
		{name: "deleted here, changed there", base: "a\nb\nc\n", ours: "a\nc\n", theirs: "a\nB\nc\n", conflict: true},
		{name: "two insertions at one place", base: "a\n", ours: "a\nx\n", theirs: "a\ny\n", conflict: true},
		{name: "emptied by both", base: "a\n", ours: "", theirs: "", want: ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, conflicts := Merge([]byte(test.base), []byte(test.ours), []byte(test.theirs))
			if (conflicts != nil) != test.conflict {
				t.Fatalf("conflicts %q", conflicts)
			}
			if string(got) != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// mutate changes about one token in n of a text.
func mutate(r *rand.Rand, text string, n int) string {
	var out strings.Builder
	for piece := range strings.SplitAfterSeq(text, " ") {
		switch r.IntN(n) {
		case 0:
			out.WriteString("new ")
		case 1:
		case 2:
			out.WriteString(piece + "more\n")
		default:
			out.WriteString(piece)
		}
	}
	return out.String()
}

func TestMergeProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		base := mutate(r, strings.Repeat("one two three\nfour five\n six ", 1+r.IntN(12)), 4)
		ours, theirs := mutate(r, base, 3+r.IntN(40)), mutate(r, base, 3+r.IntN(40))
		checkProperties(t, []byte(base), []byte(ours), []byte(theirs))
	}
}

// checkProperties holds what must be true of any three texts.
func checkProperties(t *testing.T, base, ours, theirs []byte) {
	t.Helper()
	for _, side := range [][]byte{ours, theirs} {
		for _, three := range [][3][]byte{{base, base, side}, {base, side, base}, {base, side, side}} {
			got, conflicts := Merge(three[0], three[1], three[2])
			if conflicts != nil || !bytes.Equal(got, side) {
				t.Fatalf("Merge(%q, %q, %q) = %q, %q", three[0], three[1], three[2], got, conflicts)
			}
		}
	}
	merged, conflicts := Merge(base, ours, theirs)
	swapped, swappedConflicts := Merge(base, theirs, ours)
	if !bytes.Equal(merged, swapped) || len(conflicts) != len(swappedConflicts) {
		t.Fatalf("sides matter: %q and %q for %q, %q, %q", merged, swapped, base, ours, theirs)
	}
	if (merged == nil) == (conflicts == nil) {
		t.Fatalf("merged %q with conflicts %q", merged, conflicts)
	}
	for _, c := range conflicts {
		if bytes.Equal(c.Ours, c.Theirs) || bytes.Equal(c.Base, c.Ours) || bytes.Equal(c.Base, c.Theirs) {
			t.Fatalf("%q is no conflict", c)
		}
	}
}

func TestMatchRises(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		a, b := make([]int, r.IntN(60)), make([]int, r.IntN(60))
		for i := range a {
			a[i] = r.IntN(20)
		}
		for i := range b {
			b[i] = r.IntN(20)
		}
		last := -1
		for i, j := range match(a, b) {
			if j < 0 {
				continue
			}
			if j <= last || a[i] != b[j] {
				t.Fatalf("match(%v, %v): %d with %d", a, b, i, j)
			}
			last = j
		}
	}
}

func FuzzMerge(f *testing.F) {
	f.Add([]byte("a\nb\n"), []byte("a\nB\n"), []byte("a\nb\nc"))
	f.Add([]byte("x y z"), []byte("x Y z"), []byte("X y z"))
	f.Add([]byte("\xff\r\n\x00"), []byte(""), []byte("\n"))
	f.Fuzz(func(t *testing.T, base, ours, theirs []byte) {
		checkProperties(t, base, ours, theirs)
	})
}

func BenchmarkMerge(b *testing.B) {
	for _, size := range []int{3 << 10, 300 << 10} {
		b.Run(fmt.Sprintf("%dKiB", size>>10), func(b *testing.B) {
			r := rand.New(rand.NewPCG(5, 6))
			base := strings.Repeat("some words on a line of text\nand others on the next\n", size/52)
			ours, theirs := []byte(mutate(r, base, 90)), []byte(mutate(r, base, 90))
			b.SetBytes(int64(len(base)))
			b.ReportAllocs()
			for b.Loop() {
				Merge([]byte(base), ours, theirs)
			}
		})
	}
}

func ExampleMerge() {
	base := []byte("# Itâ€™s a title\n\nA line.\n")
	mended := []byte("# It’s a title\n\nA line.\n")
	edited := []byte("# Itâ€™s a title\n\nA line that I changed.\n")
	text, conflicts := Merge(base, mended, edited)
	fmt.Printf("%s%d conflicts\n", text, len(conflicts))
	// Output:
	// # It’s a title
	//
	// A line that I changed.
	// 0 conflicts
}
