package app

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// `clipmend clip … | head -1` left the notes about models unwritten.
func TestOutputThatNobodyReads(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_STATE_HOME", filepath.Join(dir, "state"))
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "config"))
	vault := filepath.Join(dir, "vault")
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	r.Close()
	args := []string{"clipmend", "clip", "../../../testdata/feishu-deepseek-notes.md", "--vault", vault}
	if code := Main(args, strings.NewReader(""), w, io.Discard); code != exitDone {
		t.Errorf("ended with code %d", code)
	}
	if _, err := os.Stat(filepath.Join(vault, "Models.md")); err != nil {
		t.Error(err)
	}
}
