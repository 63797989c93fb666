package vault

import (
	"os"
	"runtime"
	"testing"
)

func TestFolderMadeAnew(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells a folder made anew")
	}
	b := newBench(t)
	one := page("One", "https://a.example/1", "text\n")
	b.must(one)
	if err := os.RemoveAll(b.dir); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(b.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		b.must(one)
		b.want(map[string]string{"Clippings/One.md": string(one.Text)})
	}
}
