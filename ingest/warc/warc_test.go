package warc_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/warc"
	"github.com/clipmend/clipmend/internal/cputime"
)

// record makes a record; a header line in fields replaces none, so a second
// Content-Length lies.
func record(kind, block string, fields ...string) string {
	length := fmt.Sprintf("Content-Length: %d", len(block))
	contentType := "application/http; msgtype=response"
	for _, f := range fields {
		if strings.HasPrefix(f, "Content-Length") {
			length = ""
		}
		if strings.HasPrefix(f, "Content-Type") {
			contentType = ""
		}
	}
	lines := []string{"WARC/1.0", "WARC-Type: " + kind, "WARC-Target-URI: <https://site.test/>", "WARC-Date: 2026-01-02T03:04:05Z"}
	if contentType != "" {
		lines = append(lines, "Content-Type: "+contentType)
	}
	if length != "" {
		lines = append(lines, length)
	}
	return strings.Join(append(lines, fields...), "\r\n") + "\r\n\r\n" + block + "\r\n\r\n"
}

func page(body string, fields ...string) string {
	return strings.Join(append([]string{"HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8"}, fields...), "\r\n") + "\r\n\r\n" + body
}

func zip(texts ...string) string {
	var b bytes.Buffer
	for _, text := range texts {
		z := gzip.NewWriter(&b)
		z.Write([]byte(text))
		z.Close()
	}
	return b.String()
}

func read(text string, limits ingest.Limits) []string {
	var got []string
	for c, err := range warc.Read(strings.NewReader(text), ingest.Origin{Path: "w"}, limits) {
		switch {
		case ingest.IsNotice(err):
			got = append(got, "notice "+err.Error())
		case err != nil:
			got = append(got, err.Error())
		default:
			got = append(got, fmt.Sprintf("%s %s %s", c.Origin.Record, c.URL, c.Body))
		}
	}
	return got
}

func TestRead(t *testing.T) {
	a, b := record("response", page("<p>a")), record("response", page("<p>b"))
	const gotA, gotB = "record 1 https://site.test/ <p>a", "record 2 https://site.test/ <p>b"
	for name, test := range map[string]struct {
		in   string
		want []string
	}{
		"plain":        {a + b, []string{gotA, gotB}},
		"gzip":         {zip(a, b), []string{gotA, gotB}},
		"one member":   {zip(a + b), []string{gotA, gotB}},
		"split member": {zip(a[:150], a[150:200], a[200:]+b), []string{gotA, gotB}},
		"chunked":      {record("response", page("2\r\n<p\r\n2\r\n>a\r\n0\r\n\r\n", "Transfer-Encoding: chunked")), []string{gotA}},
		"not chunked":  {record("response", page("<p>a", "Transfer-Encoding: chunked")), []string{gotA}},
		"wrong chunks": {record("response", page("4\r\n<p>a\r\nzz\r\n", "Transfer-Encoding: chunked")), []string{gotA + "zz\r\n", "notice w: record 1: warc: damaged chunks"}},
		"coded":        {record("response", page(zip("<p>a"), "Content-Encoding: gzip")), []string{gotA}},
		"revisit":      {a + record("revisit", ""), []string{gotA, "notice w: 1 revisit record skipped: the page is in an earlier record"}},
		"redirect":     {record("response", "HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\n\r\n<p>moved"), []string{"notice w: not a clip: no page among 1 records"}},
		"resource":     {record("resource", "<p>a", "Content-Type: text/html"), []string{gotA}},
		"digest":       {record("response", page("<p>a"), "WARC-Payload-Digest: sha1:AAAA"), []string{gotA, "notice w: record 1: warc: the payload does not match its digest"}},
		"sound digest": {record("resource", "", "Content-Type: text/html", "WARC-Block-Digest: sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"), []string{"w: record 1: warc: empty"}},
		"no length":    {record("response", page("<p>x"), "Content-Length: soon") + b, []string{`w: record 1: warc: Content-Length "soon"`, "notice w: record 1: warc: 63 bytes that belong to no record", gotB}},
		"length short": {record("response", page("<p>a and more"), "Content-Length: 63") + b, []string{gotA, "notice w: record 1: warc: 11 bytes that belong to no record", gotB}},
		"length long":  {record("response", page("<p>a"), "Content-Length: 99999") + b, []string{gotA, "notice w: record 1: warc: the record is shorter than it says: ends too early", gotB}},
		"not a warc":   {"hello", []string{"w: record 0: warc: 5 bytes that belong to no record"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := read(test.in, ingest.Limits{})
			if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
				t.Errorf("got:\n%q\nwant:\n%q", got, test.want)
			}
		})
	}
}

// Whatever is damaged, the record after it is read.
func TestBrokenMember(t *testing.T) {
	a, b := zip(record("response", page(strings.Repeat("<p>a</p>", 9)))), zip(record("response", page("<p>b")))
	got := strings.Join(read(a[:len(a)-40]+strings.Repeat("\xff", 60)+b, ingest.Limits{}), "\n")
	if !strings.Contains(got, "https://site.test/ <p>b") || !strings.Contains(got, "w: record 1: ") {
		t.Errorf("got %s", got)
	}
}

func TestBomb(t *testing.T) {
	head := record("response", "", "Content-Length: 8000000000")
	bomb := zip(head + strings.Repeat("\x00", 100<<20))
	cputime.Within(t, 2*time.Second, func() {
		if len(read(bomb, ingest.Limits{})) == 0 {
			t.Error("nothing is said of it")
		}
	})
}

func FuzzRead(f *testing.F) {
	a := record("response", page("<p>a"))
	f.Add(a + record("revisit", ""))
	f.Add(zip(a, a))
	f.Add(record("response", page("2\r\n<p\r\n", "Transfer-Encoding: chunked"), "Content-Length: 99") + a)
	f.Fuzz(func(t *testing.T, text string) {
		read(text, ingest.Limits{Clip: 1 << 16})
	})
}

// A file in which every length lies is read once, not once a record.
func TestLiesAreLinear(t *testing.T) {
	lie := record("response", page("<p>a"), "Content-Length: 60000000")
	other := record("metadata", "x: y", "Content-Length: 60000000")
	for name, one := range map[string]string{"page": lie, "other": other} {
		n := 4 << 20 / len(one) // read once a record, these were 40 GB
		cputime.Within(t, 5*time.Second, func() {
			if got := read(strings.Repeat(one, n), ingest.Limits{}); len(got) < n {
				t.Errorf("%s: %d results of %d records", name, len(got), n)
			}
		})
	}
}

// An archive as the body of a record is no lie.
func TestArchiveInside(t *testing.T) {
	inner := record("response", page("<p>inner"))
	got := read(record("resource", "<pre>\r\n\r\n"+inner, "Content-Type: text/html")+record("response", page("<p>b")), ingest.Limits{})
	if len(got) != 2 || !strings.Contains(got[0], "inner") || !strings.Contains(got[1], "<p>b") {
		t.Errorf("got %q", got)
	}
}

func Example() {
	const archive = "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://site.test/\r\n" +
		"Content-Type: text/html\r\nContent-Length: 9\r\n\r\n<p>Kilns.\r\n\r\n"
	for clip, err := range warc.Read(strings.NewReader(archive), ingest.Origin{Path: "crawl.warc"}, ingest.Limits{}) {
		fmt.Printf("%s %s %s %v", clip.Origin, clip.URL, clip.Body, err)
	}
	// Output: crawl.warc: record 1 https://site.test/ <p>Kilns. <nil>
}
