package merge

import (
	"bytes"
	"testing"
)

func checkDiff(t *testing.T, a, b []byte) {
	t.Helper()
	var joinedA, joinedB []byte
	for _, p := range Diff(a, b) {
		joinedA, joinedB = append(joinedA, p.A...), append(joinedB, p.B...)
		if p.Same != bytes.Equal(p.A, p.B) {
			t.Fatalf("%q and %q are said to be the same: %v", p.A, p.B, p.Same)
		}
	}
	if !bytes.Equal(joinedA, a) || !bytes.Equal(joinedB, b) {
		t.Fatalf("%q and %q, of %q and %q", joinedA, joinedB, a, b)
	}
}

func TestDiff(t *testing.T) {
	pieces := Diff([]byte("one\ntwo words\nthree\n"), []byte("one\ntwo birds\nthree\nfour\n"))
	changed := 0
	for _, p := range pieces {
		if p.Same {
			continue
		}
		if changed++; string(p.A)+"|"+string(p.B) != [...]string{"words|birds", "|four\n"}[changed-1] {
			t.Errorf("%q became %q", p.A, p.B)
		}
	}
	if changed != 2 {
		t.Errorf("%d changes", changed)
	}
	if Diff(nil, nil) != nil {
		t.Error("two empty texts differ")
	}
}

func FuzzDiff(f *testing.F) {
	f.Add([]byte("a\nb c\n"), []byte("a\nb d\r\n"))
	f.Add([]byte("\xff x"), []byte(""))
	f.Fuzz(func(t *testing.T, a, b []byte) { checkDiff(t, a, b) })
}

func TestDraft(t *testing.T) {
	for _, test := range []struct{ base, ours, theirs, want string }{
		{"a\nx\nold\ny\nc\n", "A\nx\nnew\ny\nc\n", "a\nx\nmine\ny\nC\n", "A\nx\nmine\nnew\ny\nC\n"},
		{"old", "new", "mine", "mine\nnew"},
		{"a\n", "b\n", "a\n", "b\n"},
	} {
		if got := Draft([]byte(test.base), []byte(test.ours), []byte(test.theirs)); string(got) != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}
