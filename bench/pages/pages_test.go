// Package pages compares the whole way from a page's bytes to Markdown with
// engines that stop at the text. PAGES names a folder of HTML files, searched
// with its subfolders; without it a page made here is used.
package pages

import (
	"bytes"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	readability "codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"github.com/clipmend/clipmend/normalize/page"
)

const sample = `<!doctype html><title>Bricks</title><nav><a href="/">Home</a></nav><article><h1>Bricks</h1>
<p>Fire the bricks slowly, over two days, and let the kiln cool before you open it, or the bricks will crack.</p>
</article><footer>All rights reserved</footer>`

func sources(b testing.TB) (pages [][]byte, size int64) {
	b.Helper()
	if os.Getenv("PAGES") == "" {
		return [][]byte{[]byte(sample)}, int64(len(sample))
	}
	for _, name := range files(b) {
		src, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		pages, size = append(pages, src), size+int64(len(src))
	}
	return pages, size
}

// files names the pages in the folder that PAGES names.
func files(b testing.TB) (names []string) {
	b.Helper()
	err := filepath.WalkDir(os.Getenv("PAGES"), func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasPrefix(filepath.Ext(name), ".htm") {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return names
}

func run(b *testing.B, convert func(src []byte)) {
	pages, size := sources(b)
	b.SetBytes(size)
	b.ReportAllocs()
	start := cpu(b)
	for b.Loop() {
		for _, src := range pages {
			convert(src)
		}
	}
	// CPU time tells more than the clock's on a machine that others use.
	b.ReportMetric(float64(len(pages)*b.N)/(cpu(b)-start), "pages/cpu-s")
}

// cpu is the CPU time that the process has used, in seconds.
func cpu(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	sec := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	return sec(u.Utime) + sec(u.Stime)
}

func BenchmarkClipmend(b *testing.B) {
	run(b, func(src []byte) {
		if _, err := page.Convert(src, page.Options{URL: "https://example.org/page"}); err != nil {
			b.Fatal(err)
		}
	})
}

func BenchmarkParseAlone(b *testing.B) {
	run(b, func(src []byte) { _, _ = html.Parse(bytes.NewReader(src)) })
}

// The others' failures on single pages are no concern here.

func BenchmarkReadability(b *testing.B) {
	address := &url.URL{Scheme: "https", Host: "example.org", Path: "/page"}
	run(b, func(src []byte) {
		if a, err := readability.FromReader(bytes.NewReader(src), address); err == nil && a.Node != nil {
			_ = a.RenderText(&strings.Builder{})
		}
	})
}

func BenchmarkTrafilatura(b *testing.B) {
	address := &url.URL{Scheme: "https", Host: "example.org", Path: "/page"}
	run(b, func(src []byte) {
		_, _ = trafilatura.Extract(bytes.NewReader(src), trafilatura.Options{OriginalURL: address})
	})
}
