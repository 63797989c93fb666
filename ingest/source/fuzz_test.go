package source_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/source"
)

func ExampleOpen() {
	o := source.Options{Stdin: strings.NewReader("<!doctype html><title>Kilns</title><p>Hot."), URL: "https://site.test/"}
	for clip, err := range source.Open(context.Background(), []string{"-"}, o) {
		fmt.Println(clip.Origin, clip.MediaType, clip.URL, err)
	}
	// Output: - text/html https://site.test/ <nil>
}

// Whatever is read, something is said of it, within the limits.
func FuzzOpen(f *testing.F) {
	for _, seed := range []string{
		"", "text", "<p>x", "---\na: b\n---\nx", "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 1\r\n\r\nx", "PK\x03\x04", "\x1f\x8b\x08",
		"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n\n<p>x\n--b--", "<en-export><note><content>x</content></note>",
		`{"blocks":[{"block_id":"a","block_type":2}]}`, "url,title,tags\nhttps://a.test/,x,y\n", "filedesc://", "<\x00p\x00>\x00",
		"<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><A HREF=\"https://a.test/\">x</A></DL>",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		o := source.Options{Stdin: strings.NewReader(string(data)), Limits: ingest.Limits{Clip: 1 << 16, Attachments: 1 << 16, Records: 100}}
		n := 0
		for c := range source.Open(t.Context(), []string{"-"}, o) {
			if n++; len(c.Body) > 1<<18 {
				t.Errorf("a body of %d bytes", len(c.Body))
			}
		}
		if n == 0 {
			t.Error("nothing in silence")
		}
	})
}
