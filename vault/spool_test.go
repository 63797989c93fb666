package vault

import (
	"os"
	"runtime"
	"testing"
)

func TestSpoolLeavesNothing(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	t.Setenv("TMP", os.Getenv("TMPDIR"))
	var s spool
	ref, err := s.put([]byte("a note"))
	if err != nil {
		t.Fatal(err)
	}
	left := func() int {
		files, err := os.ReadDir(os.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		return len(files)
	}
	if runtime.GOOS != "windows" && left() != 0 {
		t.Error("a run that is killed here leaves a file")
	}
	if got, err := s.get(ref); err != nil || string(got) != "a note" {
		t.Errorf("%q, %v", got, err)
	}
	if err := s.close(); err != nil || left() != 0 {
		t.Errorf("%d files are left: %v", left(), err)
	}
}
