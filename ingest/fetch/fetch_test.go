package fetch_test

import (
	"compress/gzip"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/fetch"
)

func server(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/page", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/HTML; charset=Shift_JIS")
		w.Write([]byte("<p>" + strings.SplitN(r.UserAgent(), "/", 2)[0]))
	})
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/page", http.StatusFound) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/file", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "file:///etc/hosts", http.StatusFound)
	})
	mux.HandleFunc("/slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		z.Write(make([]byte, 1<<20))
		z.Close()
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

func TestGet(t *testing.T) {
	base := server(t)
	o := fetch.Options{AllowPrivate: true, Size: 1 << 16}
	for _, path := range []string{"/page", "/moved"} {
		p, err := fetch.Get(t.Context(), base+path, o)
		if err != nil || p.URL != base+"/page" || p.MediaType != "text/html" || p.Charset != "Shift_JIS" || string(p.Body) != "<p>clipmend" {
			t.Errorf("%s: %+v, %v", path, p, err)
		}
	}
	for path, want := range map[string]string{
		"/loop": "more than 10 redirects", "/file": `scheme "file"`, "/bomb": "64 KiB", "/none": "404",
	} {
		if _, err := fetch.Get(t.Context(), base+path, o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q in it", path, err, want)
		}
	}
}

// Only the page that never comes has little time: on a busy machine others need
// some, which told nothing about them.
func TestGetGivesUp(t *testing.T) {
	o := fetch.Options{AllowPrivate: true, Timeout: 200 * time.Millisecond}
	if _, err := fetch.Get(t.Context(), server(t)+"/slow", o); err == nil || !strings.Contains(err.Error(), "deadline") {
		t.Errorf("got %v, want a deadline that is over", err)
	}
}

func TestPrivateIsRefused(t *testing.T) {
	base := server(t)
	for _, address := range []string{base + "/page", strings.Replace(base, "127.0.0.1", "localhost", 1) + "/page"} {
		if _, err := fetch.Get(t.Context(), address, fetch.Options{}); !errors.Is(err, fetch.ErrPrivate) {
			t.Errorf("%s: %v", address, err)
		}
	}
	if _, err := fetch.Get(t.Context(), "ftp://site.test/", fetch.Options{}); !errors.Is(err, ingest.ErrUnsupported) {
		t.Error(err)
	}
}

func TestPublic(t *testing.T) {
	for address, want := range map[string]bool{
		"8.8.8.8": true, "2606:4700::1": true,
		"127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false, "169.254.169.254": false,
		"100.64.0.1": false, "224.0.0.1": false, "0.0.0.0": false, "255.255.255.255": false, "198.18.0.1": false,
		"::1": false, "::": false, "fe80::1%eth0": false, "fc00::1": false, "ff02::1": false, "::ffff:127.0.0.1": false,
		"64:ff9b::7f00:1": false, "2002:7f00:1::": false, "::127.0.0.1": false, "2001:db8::1": false,
	} {
		if got := fetch.Public(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %v, want %v", address, got, want)
		}
	}
}

// A server may answer anything: the page is within the limit, or there is an
// error.
func FuzzGet(f *testing.F) {
	f.Add("text/html; charset=\"x", "gzip", []byte("\x1f\x8b\x08\x00"))
	f.Add("", "br,zstd", []byte("x"))
	var contentType, coding string
	var body []byte
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("Content-Encoding", coding)
		w.Write(body)
	}))
	f.Cleanup(s.Close)
	f.Fuzz(func(t *testing.T, ct, ce string, b []byte) {
		contentType, coding, body = ct, ce, b
		p, err := fetch.Get(t.Context(), s.URL, fetch.Options{AllowPrivate: true, Size: 1 << 12, Timeout: 5 * time.Second})
		if len(p.Body) > 1<<12 || err != nil && p.Body != nil {
			t.Errorf("%d bytes, %v", len(p.Body), err)
		}
	})
}

func ExamplePublic() {
	fmt.Println(fetch.Public(netip.MustParseAddr("93.184.216.34")), fetch.Public(netip.MustParseAddr("::ffff:169.254.169.254")))
	// Output: true false
}
