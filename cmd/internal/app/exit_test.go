package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestExitCodes holds the codes that --help promises.
func TestExitCodes(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_STATE_HOME", filepath.Join(dir, "state"))
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "config"))
	vault, good := filepath.Join(dir, "vault"), filepath.Join(dir, "good.md")
	if err := os.WriteFile(good, []byte("# Good\n\nText.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	missing := filepath.Join(dir, "missing.md")
	for _, tt := range []struct {
		args []string
		want int
	}{
		{[]string{"clip", good, "--vault", vault}, exitDone},
		{[]string{"clip", good, missing, "--vault", vault}, exitPartial},
		{[]string{"clip", missing, "--vault", vault}, exitFailed},
		{[]string{"clip", good}, exitUsage},
		{[]string{"clip", good, "--no-such-flag"}, exitUsage},
		{[]string{"clip", good, "--vault", vault, "-j", "-3"}, exitUsage},
		{[]string{"facts", good, "--where", "nothing"}, exitUsage},
		{[]string{"no-such-verb"}, exitUsage},
		{[]string{"detect", good, missing}, exitPartial},
		{[]string{"fix", dir}, exitFailed},
		{[]string{"clean", good, "--max-changes", "lots"}, exitUsage},
		{[]string{"clean", missing}, exitFailed},
		{[]string{"status", "--vault", vault}, exitDone},
		{[]string{"--help"}, exitDone},
	} {
		var out, errw bytes.Buffer
		got := Main(append([]string{"clipmend"}, tt.args...), strings.NewReader(""), &out, &errw)
		if got != tt.want {
			t.Errorf("clipmend %s: exit code %d, want %d\n%s", strings.Join(tt.args, " "), got, tt.want, errw.String())
		}
	}
}
