package fetch_test

import (
	"fmt"
	"iter"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/fetch"
)

func links(addresses ...string) iter.Seq2[ingest.Clip, error] {
	return func(yield func(ingest.Clip, error) bool) {
		for i, a := range addresses {
			if !yield(ingest.Clip{Origin: ingest.Origin{Path: fmt.Sprint(i)}, URL: a, Extent: ingest.Link, Title: "T", Body: []byte("link")}, nil) {
				return
			}
		}
	}
}

func TestLinks(t *testing.T) {
	base := server(t)
	o := fetch.Options{AllowPrivate: true}
	var got []string
	for c, err := range fetch.Links(t.Context(), links(base+"/page", "place:x", base+"/none", base+"/moved"), o, time.Millisecond) {
		if err != nil {
			got = append(got, fmt.Sprint(ingest.IsNotice(err), strings.ReplaceAll(err.Error(), base, "")))
			continue
		}
		got = append(got, fmt.Sprint(c.Extent, " ", strings.TrimPrefix(c.URL, base), " ", c.Title, " ", string(c.Body)))
	}
	want := []string{
		"0 /page T <p>clipmend", "2 place:x T link", "2 /none T link",
		"true2: /none: only the link is kept: fetch: status 404 Not Found", "0 /page T <p>clipmend",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got:\n%s", strings.Join(got, "\n"))
	}
}

// One host is never asked for two pages at once, nor without a pause.
func TestLinksArePolite(t *testing.T) {
	const pause = 20 * time.Millisecond
	var now atomic.Int32
	var last atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if now.Add(1) > 1 {
			t.Error("two at once")
		}
		if d := time.Duration(time.Now().UnixNano() - last.Load()); d < pause {
			t.Errorf("again after %v", d)
		}
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte("<p>x"))
		last.Store(time.Now().UnixNano())
		now.Add(-1)
	}))
	defer s.Close()
	n := 0
	for range fetch.Links(t.Context(), links(s.URL+"/1", s.URL+"/2", s.URL+"/3"), fetch.Options{AllowPrivate: true}, pause) {
		n++
	}
	if n != 3 {
		t.Error(n)
	}
}
