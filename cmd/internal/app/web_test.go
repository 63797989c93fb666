package app

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// site answers with a page of some length and a picture, and forgets the rest.
func site(t *testing.T) string {
	t.Helper()
	var dot bytes.Buffer
	if err := png.Encode(&dot, image.NewGray(image.Rect(0, 0, 9, 9))); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/kilns", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write([]byte(`<!doctype html><title>How kilns work</title><article><h1>How kilns work</h1><p>` +
			strings.Repeat("A kiln is an oven that reaches temperatures which turn clay into stone. ", 9) +
			`</p><p><img src="/dot.png" alt="dot"><img src="/gone.png" alt="gone"></p></article>`))
	})
	mux.HandleFunc("/dot.png", func(w http.ResponseWriter, _ *http.Request) { w.Write(dot.Bytes()) })
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

func runIn(t *testing.T, args ...string) (code int, out string) {
	t.Helper()
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	var b bytes.Buffer
	code = Main(append([]string{"clipmend"}, args...), strings.NewReader(""), &b, &b)
	return code, b.String()
}

// An address, with its pictures saved; one that cannot be had stays a link.
func TestClipSavesPictures(t *testing.T) {
	base, vault := site(t), t.TempDir()
	if code, out := runIn(t, "clip", base+"/kilns", "--vault", vault); code != exitFailed || !strings.Contains(out, "a private address") {
		t.Errorf("code %d: %s", code, out)
	}
	code, out := runIn(t, "clip", base+"/kilns", "--vault", vault, "--allow-private", "--images", "save", "--no-facts")
	text, _ := os.ReadFile(filepath.Join(vault, "Clippings", "How kilns work.md"))
	files, _ := filepath.Glob(filepath.Join(vault, "Clippings", "attachments", "*.png"))
	if code != 0 || len(files) != 1 || !strings.Contains(string(text), "![dot](attachments/"+filepath.Base(files[0])+")") ||
		!strings.Contains(string(text), "![gone]("+base+"/gone.png)") || !strings.Contains(out, "picture "+base+"/gone.png: fetch: status 404") {
		t.Errorf("code %d, files %v: %s\n%s", code, files, out, text)
	}
}

// The pages behind bookmarks; a bookmark whose page is gone is kept.
func TestClipFetchesBookmarks(t *testing.T) {
	base, vault := site(t), t.TempDir()
	list := filepath.Join(t.TempDir(), "bookmarks.html")
	err := os.WriteFile(list, []byte(`<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><A HREF="`+base+`/kilns" TAGS="clay">Kilns</A><DT><A HREF="`+
		strings.Replace(base, "127.0.0.1", "localhost", 1)+`/gone">Gone page</A></DL>`), 0o644)
	if err != nil {
		t.Fatal(err)
	}
	code, out := runIn(t, "clip", list, "--vault", vault, "--allow-private", "--fetch", "--no-facts")
	page, _ := os.ReadFile(filepath.Join(vault, "Clippings", "How kilns work.md"))
	if code != 0 || !strings.Contains(string(page), "turn clay into stone") || !strings.Contains(string(page), "- clay") {
		t.Errorf("code %d: %s\n%s", code, out, page)
	}
	link, _ := os.ReadFile(filepath.Join(vault, "Clippings", "Gone page.md"))
	if !strings.Contains(string(link), "/gone>)") || !strings.Contains(out, "only the link is kept: fetch: status 404") {
		t.Errorf("%s\n%s", out, link)
	}
}
